// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/promptforge/refusal_of.hpp"
#include "systems/system_database.hpp"

#include <optimizations.hpp>
#include <projects.hpp>
#include <prompts.hpp>

using namespace promptforge;
using app::refusal;
using forge_db::timestamp;
using tests::refusal_of;

namespace {

/// A chain of folders below each other: at depths 0 to `deepest`.
std::vector<ProjectId> chain(forge_db::sqlite::write_session& s, int deepest) {
  std::vector<ProjectId> ids;
  for (int depth = 0; depth <= deepest; ++depth) {
    NewProject next{.name = "level " + std::to_string(depth)};
    if (!ids.empty()) next.parent_id = ids.back();
    ids.push_back(app::projects{s}.create(next).id);
  }
  return ids;
}

std::string id_text(ProjectId const& id) { return forge_db::uuid_text(id.value()); }

}  // namespace

TEST_CASE("ProjectRepository.create: nine levels, and not ten") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const ids = chain(s, 8);
    CHECK(projects.get_by_id(ids.back())->depth == 8);
    CHECK_THROWS_WITH(projects.create({.name = "x", .parent_id = ids.back()}), "Maximum folder depth (8) exceeded");
    CHECK(refusal_of([&] { projects.create({.name = "x", .parent_id = ids.back()}); }) == refusal::too_deep);
    CHECK(refusal_of([&] { projects.create({.name = "x", .parent_id = ProjectId{forge_db::uuid_v4()}}); }) ==
          refusal::target_not_found);
    CHECK(projects.create({.name = "x", .parent_id = ids[0], .depth = 7}).depth == 1);
  });
}

TEST_CASE("ProjectRepository.create: a name once among siblings, roots among them") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "Alpha"});
    projects.create({.name = "Alpha", .parent_id = root.id});
    CHECK(refusal_of([&] { projects.create({.name = "Alpha"}); }) == refusal::name_taken);
    CHECK(refusal_of([&] { projects.create({.name = "Alpha", .parent_id = root.id}); }) == refusal::name_taken);
    projects.archive(root.id);
    CHECK(refusal_of([&] { projects.create({.name = "Alpha"}); }) == refusal::name_taken);
    CHECK(projects.list().total == 2);
  });
}

TEST_CASE("ProjectRepository.create: a deleted sibling gives its name up, and keeps everything else") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "Alpha"});
    auto const nested = projects.create({.name = "In", .parent_id = root.id});
    auto const other = projects.create({.name = "Beta"});
    projects.soft_delete(projects.create({.name = "In", .parent_id = other.id}).id);
    projects.soft_delete(nested.id);
    auto const before = *projects.get_by_id(nested.id);
    auto const again = projects.create({.name = "In", .parent_id = root.id});
    CHECK(again.id != nested.id);
    auto const after = *projects.get_by_id(nested.id);
    CHECK(after.name == "In (" + id_text(nested.id) + ")");
    CHECK(after.status == project_status::deleted);
    CHECK(after.updated_at == before.updated_at);
    projects.soft_delete(again.id);
    projects.create({.name = "In", .parent_id = root.id});  // and again

    projects.soft_delete(root.id);
    CHECK(refusal_of([&] { projects.create({.name = "x", .parent_id = root.id}); }) == refusal::target_not_found);
    projects.create({.name = "Alpha"});
    CHECK(projects.get_by_id(root.id)->name == "Alpha (" + id_text(root.id) + ")");
  });
}

TEST_CASE("ProjectRepository.create: what is refused leaves deleted rows their names") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const ids = chain(s, 8);
    projects.soft_delete(ids[8]);
    auto const lost = ids[7];
    s.execute(forge_db::update<Project>()
                  .set(promptforge::projects::name = "gone", promptforge::projects::status = project_status::deleted)
                  .where(promptforge::projects::id == lost));
    CHECK(refusal_of([&] { projects.move_project(ids[0], ids[6]); }) == refusal::below_itself);
    auto const wide = projects.create({.name = "gone"});
    projects.create({.name = "below", .parent_id = wide.id});
    projects.create({.name = "lower", .parent_id = projects.get_children(wide.id).folders[0].id});
    CHECK(refusal_of([&] { projects.move_project(wide.id, ids[6]); }) == refusal::too_deep);
    CHECK(projects.get_by_id(lost)->name == "gone");
  });
}

TEST_CASE("ProjectRepository.update: unset stays, null clears, a value is written; updated_at is now in any case") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const old = timestamp::from_unix_us(1);
    app::context profile;
    profile.language = "C++";
    auto const made = projects.create(
        {.name = "Alpha", .description = "About", .context_profile = app::context_json(profile), .updated_at = old});
    auto row = projects.update(made.id, {});
    CHECK(row.name == "Alpha");
    CHECK(row.description == "About");
    CHECK(row.context_profile == app::context_json(profile));
    CHECK(row.updated_at > old);
    profile.language = "C";
    row = projects.update(made.id, {.name = "Beta", .description = forge_db::null, .profile = profile});
    CHECK(row.name == "Beta");
    CHECK_FALSE(row.description);
    CHECK(row.context_profile->text() == R"({"language": "C"})");
    CHECK_FALSE(projects.update(made.id, {.profile = app::context{}}).context_profile);
    projects.update(made.id, {.profile = profile});
    CHECK_FALSE(projects.update(made.id, {.profile = forge_db::null}).context_profile);
  });
}

TEST_CASE("ProjectRepository.update: names of siblings differ; deleted projects are gone, and give names up") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const alpha = projects.create({.name = "Alpha"});
    auto const beta = projects.create({.name = "Beta"});
    CHECK(refusal_of([&] { projects.update(beta.id, {.name = "Alpha"}); }) == refusal::name_taken);
    CHECK(projects.get_by_id(beta.id)->name == "Beta");
    projects.soft_delete(alpha.id);
    CHECK(refusal_of([&] { projects.update(alpha.id, {.description = "x"}); }) == refusal::not_found);
    CHECK(projects.update(beta.id, {.name = "Alpha"}).name == "Alpha");
    CHECK(projects.get_by_id(alpha.id)->name == "Alpha (" + id_text(alpha.id) + ")");
  });
}

TEST_CASE("ProjectRepository.update: optimizations go along with a new name, unless another project may mean them") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    app::optimizations const runs{s};
    auto const alpha = projects.create({.name = "Alpha"}).id;
    auto const prompt = app::prompts{s}.add_prompt(alpha, "one").id;
    auto const linked = runs.create({.raw_prompt = "one", .project = "Alpha", .prompt_id = prompt}).id;
    auto const moved_away = runs.create({.raw_prompt = "one", .project = "Beta", .prompt_id = prompt}).id;
    auto const loose = runs.create({.raw_prompt = "two", .project = "Alpha"}).id;
    auto const name = [&](OptimizationId const& id) { return runs.get_by_id(id)->project; };
    projects.update(alpha, {.description = "x"});
    CHECK(name(linked) == "Alpha");
    projects.update(alpha, {.name = "Omega"});
    CHECK(name(linked) == "Omega");
    CHECK(name(moved_away) == "Beta");
    CHECK(name(loose) == "Omega");
    CHECK(runs.get_by_id(loose)->project_id == alpha);

    auto const twin = projects.create({.name = "Omega", .parent_id = projects.create({.name = "root"}).id}).id;
    projects.update(alpha, {.name = "Alpha"});
    CHECK(name(linked) == "Alpha");
    CHECK(name(loose) == "Omega");  // it may be the twin's
    projects.soft_delete(alpha);
    projects.update(twin, {.name = "Psi"});
    CHECK(name(loose) == "Psi");
  });
}

TEST_CASE("ProjectRepository.archive: the project and all below it that is not deleted") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const ids = chain(s, 5);
    auto const beside = projects.create({.name = "beside", .parent_id = ids[1]});
    projects.soft_delete(ids[4]);
    CHECK(projects.archive(ids[1]).status == project_status::archived);
    auto const status = [&](ProjectId const& id) { return projects.get_by_id(id)->status; };
    CHECK(status(ids[0]) == project_status::active);
    for (int at : {1, 2, 3}) CHECK(status(ids[static_cast<std::size_t>(at)]) == project_status::archived);
    CHECK(status(ids[4]) == project_status::deleted);
    CHECK(status(ids[5]) == project_status::active);  // hidden by the deleted one
    CHECK(status(beside.id) == project_status::archived);
    CHECK(refusal_of([&] { projects.archive(ids[4]); }) == refusal::not_found);
    CHECK(refusal_of([&] { projects.archive(ProjectId{forge_db::uuid_v4()}); }) == refusal::not_found);
  });
}

TEST_CASE("ProjectRepository.unarchive: as archive, the other way") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const ids = chain(s, 2);
    projects.archive(ids[0]);
    CHECK(projects.unarchive(ids[1]).status == project_status::active);
    CHECK(projects.get_by_id(ids[0])->status == project_status::archived);
    CHECK(projects.get_by_id(ids[2])->status == project_status::active);
    projects.soft_delete(ids[2]);
    CHECK(refusal_of([&] { projects.unarchive(ids[2]); }) == refusal::not_found);
    CHECK(projects.get_by_id(ids[2])->status == project_status::deleted);
  });
}

TEST_CASE("ProjectRepository.soft_delete: marks the row and its time, and nothing below it") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const old = timestamp::from_unix_us(1);
    auto const root = projects.create({.name = "Alpha", .updated_at = old});
    auto const below = projects.create({.name = "Below", .parent_id = root.id});
    auto const gone = projects.soft_delete(root.id);
    CHECK(gone.status == project_status::deleted);
    CHECK(gone.updated_at > old);
    CHECK(gone.name == "Alpha");
    CHECK(projects.get_by_id(below.id)->status == project_status::active);
    CHECK(projects.soft_delete(root.id).updated_at == gone.updated_at);  // deleted already
    CHECK_THROWS_AS(projects.soft_delete(ProjectId{forge_db::uuid_v4()}), forge_db::not_found);
  });
}

TEST_CASE("ProjectRepository.move_project: the subtree comes along, with its depths and its time") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const old = timestamp::from_unix_us(1);
    auto const ids = chain(s, 2);
    auto const target = projects.create({.name = "target"});
    auto const moved = projects.create({.name = "moved", .parent_id = ids[2], .updated_at = old});
    auto const leaf = projects.create({.name = "leaf", .parent_id = moved.id});
    CHECK(leaf.depth == 4);
    auto const row = projects.move_project(moved.id, target.id);
    CHECK(row.parent_id == target.id);
    CHECK(row.depth == 1);
    CHECK(row.updated_at > old);
    CHECK(projects.get_by_id(leaf.id)->depth == 2);
    CHECK(projects.move_project(moved.id, std::nullopt).depth == 0);
    CHECK_FALSE(projects.get_by_id(moved.id)->parent_id);
    CHECK(projects.move_project(moved.id, std::nullopt).depth == 0);  // where it is already
    CHECK(projects.get_by_id(leaf.id)->depth == 1);
  });
}

TEST_CASE("ProjectRepository.move_project: what is refused, and in which order") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const nobody = ProjectId{forge_db::uuid_v4()};
    auto const ids = chain(s, 7);
    auto const two = projects.create({.name = "level 1"});
    auto const below = projects.create({.name = "below", .parent_id = two.id});
    auto const why = [&](ProjectId const& id, std::optional<ProjectId> const& target) {
      return refusal_of([&] { projects.move_project(id, target); });
    };
    CHECK(why(nobody, nobody) == refusal::not_found);
    CHECK(why(ids[0], ids[0]) == refusal::into_itself);
    CHECK(why(ids[0], nobody) == refusal::target_not_found);
    CHECK(why(ids[0], ids[3]) == refusal::below_itself);
    CHECK(why(two.id, ids[7]) == refusal::too_deep);  // its child would be at depth 9
    CHECK(projects.move_project(below.id, ids[7]).depth == 8);
    CHECK(why(two.id, ids[0]) == refusal::name_taken);
    CHECK(projects.get_by_id(two.id)->parent_id == std::nullopt);
    projects.soft_delete(below.id);
    CHECK(why(below.id, std::nullopt) == refusal::not_found);
    CHECK(why(two.id, below.id) == refusal::target_not_found);
  });
}

TEST_CASE("ProjectRepository.move_project: deleted folders count as deep as they are; a deleted name is no obstacle") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const ids = chain(s, 7);
    auto const two = projects.create({.name = "two"});
    auto const below = projects.create({.name = "below", .parent_id = two.id});
    projects.soft_delete(below.id);
    CHECK(refusal_of([&] { projects.move_project(two.id, ids[7]); }) == refusal::too_deep);
    auto const former = projects.create({.name = "two", .parent_id = ids[0]});
    projects.soft_delete(former.id);
    CHECK(projects.move_project(two.id, ids[0]).depth == 1);
    CHECK(projects.get_by_id(former.id)->name == "two (" + id_text(former.id) + ")");
    CHECK(projects.get_by_id(below.id)->depth == 2);
  });
}
