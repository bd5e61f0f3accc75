// SPDX-License-Identifier: MIT
//
// What is shown stands in the address behind the #, so that every view has a link: #view=files&app=notes&folder=...
// Everything that comes from the service is put into the page as text, never as HTML.
"use strict";

const views = {
  endpoints: showEndpoints,
  settings: showSettings,
  documents: showDocuments,
  files: showFiles,
  audit: showAudit,
};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map((child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
  return made;
}

function link(text, place) {
  return element("a", { href: "#" + new URLSearchParams(place) }, text);
}

function table(heads, rows) {
  const cells = (kind, row) => element("tr", {}, ...row.map((cell) => element(kind, {}, cell ?? "")));
  if (rows.length === 0) return element("p", { class: "note" }, "Nothing here.");
  return element(
    "table",
    {},
    element("thead", {}, cells("th", heads)),
    element("tbody", {}, ...rows.map((row) => cells("td", row))),
  );
}

function note(text) {
  return element("p", { class: "note" }, text);
}

async function get(...path) {
  const last = path[path.length - 1];
  const query = typeof last === "object" ? path.pop() : {};
  for (const key of Object.keys(query)) if (query[key] == null) delete query[key];
  const parameters = new URLSearchParams(query).toString();
  const address = "/api/kernel/" + path.map(encodeURIComponent).join("/") + (parameters ? "?" + parameters : "");
  const answer = await fetch(address);
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${answer.status}: ${body.detail}`);
  return body;
}

async function showEndpoints() {
  const { endpoints } = await (await fetch("/api/kernel")).json();
  const rows = endpoints.map((each) => [
    each.method,
    element("code", {}, each.path + (each.query.length ? "?" + each.query.join("&") : "")),
    each.summary,
    each.body.join(", "),
    each.capability,
  ]);
  return [
    element("h2", {}, "Endpoints"),
    table(["Method", "Path", "What it does", "Body", "Capability"], rows),
  ];
}

async function showSettings(place) {
  const page = Number(place.page ?? 1);
  const { settings, total, unreadable } = await get("settings", place.app, { page, per_page: 200 });
  return [
    element("h2", {}, "Settings"),
    table(["Key", "Value"], Object.entries(settings).map(([key, value]) => [key, JSON.stringify(value)])),
    ...unreadable.map((key) => note(`The value of ${key} is no JSON.`)),
    ...(page * 200 < total ? [link("More", { ...place, page: page + 1 })] : []),
  ];
}

async function showDocuments(place) {
  if (place.document) return showDocument(place);
  const { app, collection, cursor } = place;
  const page = Number(place.page ?? 1); // of the collections; documents go on by the cursor
  const [below, found] = await Promise.all([
    get("storage", app, "collections", { parent_id: collection, page, per_page: 200 }),
    get("storage", app, "documents", { collection_id: collection, cursor }),
  ]);
  const to = (more) => ({ view: "documents", app, ...more });
  return [
    element("h2", {}, collection ? "Documents of a collection" : "All documents"),
    ...(collection ? [link("All", to({}))] : []),
    table(["Collection"], below.collections.map((each) => [link(each.name, to({ collection: each.id }))])),
    ...(page * 200 < below.total ? [link("More collections", { ...place, page: page + 1 })] : []),
    table(
      ["Document", "Type", "Changed"],
      found.documents.map((each) => [link(each.name, to({ document: each.id })), each.content_type, each.updated_at]),
    ),
    ...(found.next_cursor ? [link("More", { ...place, cursor: found.next_cursor })] : []),
  ];
}

async function showDocument({ app, document: id }) {
  const found = await get("storage", app, "documents", id);
  return [
    link("All documents", { view: "documents", app }),
    element("h2", {}, found.name),
    note(`${found.content_type}, changed ${found.updated_at}`),
    element("pre", {}, found.content),
    ...(found.metadata ? [element("h3", {}, "Metadata"), element("pre", {}, JSON.stringify(found.metadata, null, 2))] : []),
  ];
}

async function showFiles(place) {
  if (place.file) return showFile(place);
  const { app, folder } = place;
  const page = Number(place.page ?? 1);
  const to = (more) => ({ view: "files", app, ...more });
  const [found, above] = await Promise.all([
    get("vfs", app, "children", { parent_id: folder, page, per_page: 200 }),
    folder ? get("vfs", app, "folders", folder, "path") : { path: [] },
  ]);
  const crumbs = above.path.flatMap((each) => [" / ", link(each.name, to({ folder: each.id }))]);
  return [
    element("h2", {}, "Files"),
    element("p", { id: "crumbs" }, link("root", to({})), ...crumbs),
    table(["Folder"], found.folders.map((each) => [link(each.name, to({ folder: each.id }))])),
    table(
      ["File", "Version", "Type", "Changed"],
      found.files.map((each) => [
        link(each.name, to({ file: each.id })),
        each.version,
        each.content_type,
        each.updated_at,
      ]),
    ),
    ...(page * 200 < Math.max(found.total_files, found.total_folders)
      ? [link("More", to({ ...(folder && { folder }), page: page + 1 }))]
      : []),
  ];
}

async function showFile(place) {
  const { app, file, version } = place;
  const page = Number(place.page ?? 1);
  const [now, former] = await Promise.all([
    get("vfs", app, "files", file),
    get("vfs", app, "files", file, "versions", { page, per_page: 200 }),
  ]);
  const shown = former.versions.find((each) => each.id === version) ?? now;
  const to = (more) => ({ view: "files", app, file, ...more });
  const rows = former.versions.map((each) => [
    link(each.version, { ...place, version: each.id }),
    each.change_source,
    each.created_at,
  ]);
  return [
    link("Files", { view: "files", app, ...(now.folder_id && { folder: now.folder_id }) }),
    element("h2", {}, now.name),
    note(shown === now ? `Version ${now.version}, the current one` : `Version ${shown.version}, a former one`),
    element("pre", { id: "file" }, shown.content),
    element("h3", {}, "Versions"),
    table(["Version", "From", "Replaced"], [[link(now.version, to({})), "current", ""], ...rows]),
    ...(page * 200 < former.total ? [link("More", to({ page: page + 1 }))] : []),
  ];
}

async function showAudit(place) {
  const offset = Number(place.offset ?? 0);
  const { logs, total } = await get("audit", place.app, { limit: 100, offset });
  const rows = logs.map((each) => [
    each.timestamp,
    each.action,
    each.resource_type,
    each.resource_id,
    each.details ? JSON.stringify(each.details) : "",
  ]);
  return [
    element("h2", {}, `Audit log, ${total} entries`),
    table(["Time", "Action", "What", "Id", "Details"], rows),
    ...(offset + 100 < total ? [link("Older", { ...place, offset: offset + 100 })] : []),
  ];
}

let drawing = 0;

async function draw() {
  const number = ++drawing;
  const place = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const choice = document.getElementById("app");
  place.app = place.app ?? choice.value;
  choice.value = place.app;
  const view = Object.hasOwn(views, place.view ?? "") ? place.view : "endpoints";
  document.getElementById("views").replaceChildren(
    ...Object.keys(views).map((name) => {
      const made = link(name, { view: name, app: place.app });
      if (name === view) made.setAttribute("aria-current", "page");
      return made;
    }),
  );
  let content = [];
  let failure = "";
  try {
    if (view !== "endpoints" && !place.app) throw new Error("The service was started without apps.");
    content = await views[view](place);
  } catch (problem) {
    failure = problem.message;
  }
  if (number !== drawing) return; // another view was asked for meanwhile
  document.getElementById("content").replaceChildren(...content);
  document.getElementById("failure").textContent = failure;
  document.body.dataset.shows = location.hash;
}

async function start() {
  const choice = document.getElementById("app");
  try {
    const { apps } = await get("apps");
    choice.replaceChildren(
      ...apps.map((app) => element("option", { value: app.id }, `${app.name || app.id} (${app.status})`)),
    );
  } catch (problem) {
    document.getElementById("failure").textContent = problem.message;
  }
  choice.addEventListener("change", () => {
    const view = new URLSearchParams(location.hash.slice(1)).get("view") ?? "endpoints";
    location.hash = "#" + new URLSearchParams({ view, app: choice.value });
  });
  addEventListener("hashchange", draw);
  await draw();
}

start();
