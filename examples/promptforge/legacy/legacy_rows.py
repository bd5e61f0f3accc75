# SPDX-License-Identifier: MIT
"""The rows of a PromptForge file as the earlier program left it: of every kind that such files hold."""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import uuid
from datetime import datetime, timedelta

CANONICAL = (
    "co-star", "risen", "chain-of-thought", "few-shot-scaffolding", "role-task-format", "structured-output",
    "step-by-step", "constraint-injection", "context-enrichment", "persona-assignment",
)  # fmt: skip
ALIASES = ("few-shot", "role-based", "constraint-focused", "structured-enhancement")
NEAR_ALIASES = ("Few-Shot", " few-shot", "role-based ", "custom: mine")
TASKS = ("coding", "writing", "analysis", "translation", "planning", None)
VERBS = ("Write", "Explain", "Fix", "Review", "Translate", "Summarise", "Plan", "Compare")
THINGS = (
    "a poem",
    "the bug",
    "this report",
    "a test plan",
    "die Übersicht",
    "the query",
    "an essay",
    "the API",
    "要約",
)
TAGS = ("draft", "review", "überarbeitet", "urgent", "日本", 'quote"d', "v1")
ODD_TIMES = ("yesterday", "", "2026-13-45 10:00:00", "01/02/2026 10:00")


class Maker:
    def __init__(self, path: str, options: argparse.Namespace) -> None:
        self.rows: int = options.rows
        self.now: datetime = options.now
        self.random = random.Random(options.seed)
        self.db = sqlite3.connect(path)
        self.columns = {
            name: [column[1] for column in self.db.execute(f'PRAGMA table_info("{name}")')]
            for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        }

    # Values

    def id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def time(self, at: datetime, form: int | None = None) -> str:
        """One of the four forms in the field; sometimes one that only a script could write."""
        if form is None:
            form = self.random.choices(range(6), (70, 12, 8, 8, 1, 1))[0]
        if form in (2, 3, 5):
            at = at.replace(microsecond=0)
        whole = at.strftime("%Y-%m-%d %H:%M:%S")
        fraction = f"{whole}.{at.microsecond:06}"
        return (
            fraction, f"{fraction}+00:00", f"{whole}+00:00", whole, fraction.replace(" ", "T") + "Z",
            (at + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02:00"),
        )[form]  # fmt: skip

    def past(self, days: float) -> datetime:
        return self.now - timedelta(seconds=3600 + self.random.random() * days * 86400)

    def maybe(self, value: object, chance: float = 0.5) -> object:
        return value if self.random.random() < chance else None

    def strings(self, pool: tuple[str, ...], most: int) -> str | None:
        chosen = self.random.sample(pool, self.random.randint(0, most))
        return json.dumps(chosen) if chosen else None

    # Rows

    def insert(self, table: str, row: dict[str, object]) -> dict[str, object]:
        """Tables and columns that the file's era does not know yet are left out."""
        if table not in self.columns:
            return row
        known = [name for name in row if name in self.columns[table]]
        marks = ", ".join("?" * len(known))
        names = ", ".join(f'"{name}"' for name in known)
        self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [row[name] for name in known])
        return row

    def project(self, name: str, status: str = "active", at: datetime | None = None, **more: object) -> str:
        at = at or self.past(400)
        row = {
            "id": self.id(),
            "name": name,
            "description": self.maybe(f"All about {name}"),
            "status": status,
        }
        row |= {"context_profile": None, "parent_id": None, "depth": 0}
        row |= {"created_at": self.time(at), "updated_at": self.time(at + timedelta(minutes=5))}
        return str(self.insert("projects", row | more)["id"])

    def prompt(self, project: str | None, content: str, order: int) -> str:
        at = self.past(300)
        row = {"id": self.id(), "content": content, "version": 1, "project_id": project, "order_index": order}
        row |= {"created_at": self.time(at), "updated_at": self.time(at)}
        return str(self.insert("prompts", row)["id"])

    def optimization(self, project: str | None, raw: str, **more: object) -> dict[str, object]:
        pick = self.random
        status = pick.choices(("completed", "error", "cancelled", "pending"), (88, 6, 4, 2))[0]
        scored = status == "completed"
        score = [round(pick.random(), 2) if scored and pick.random() < 0.95 else None for _ in range(7)]
        strategy = pick.choice(CANONICAL if pick.random() < 0.8 else ALIASES)
        at = self.past(365)
        row: dict[str, object] = {
            "id": self.id(), "created_at": self.time(at), "raw_prompt": raw, "project": project,
            "status": status,
            "optimized_prompt": f"{raw} Answer in three parts." if scored else None,
            "task_type": pick.choice(TASKS), "complexity": pick.choice(("low", "medium", "high", None)),
            "weaknesses": self.strings(("vague", "no format", "no example"), 2),
            "strengths": self.strings(("short", "clear goal"), 2),
            "changes_made": self.strings(("added a role", "added steps", "añadido"), 3),
            "framework_applied": strategy if scored else None,
            "clarity_score": score[0], "specificity_score": score[1], "structure_score": score[2],
            "faithfulness_score": score[3], "overall_score": score[4],
            "is_improvement": pick.choice((0, 1, 1, None)) if scored else None,
            "verdict": self.maybe("better", 0.3), "duration_ms": pick.randint(300, 60000) if scored else None,
            "model_used": "model-1", "error_message": "time out" if status == "error" else None,
            "tags": self.strings(TAGS, 3), "title": self.maybe(raw[:40]),
            "strategy_reasoning": self.maybe("fits the task", 0.3), "input_tokens": pick.randint(20, 4000),
            "output_tokens": pick.randint(20, 4000),
            "strategy_confidence": self.maybe(round(pick.random(), 3)),
            "prompt_id": None, "strategy": self.maybe(strategy, 0.7),
            "secondary_frameworks": self.strings(CANONICAL + ALIASES, 2), "version": self.maybe("v2", 0.2),
            "codebase_context_snapshot": self.maybe(json.dumps({"language": "C++"}), 0.1),
            "cache_creation_input_tokens": self.maybe(pick.randint(0, 900), 0.2),
            "conciseness_score": score[5], "framework_adherence_score": score[6],
            "detected_patterns": self.strings(("role", "steps"), 2), "retry_of": None,
        }  # fmt: skip
        return self.insert("optimizations", row | more)

    # The file

    def texts(self, count: int) -> list[str]:
        pick = self.random
        return [f"{pick.choice(VERBS)} {pick.choice(THINGS)} #{pick.randint(1, 400)}" for _ in range(count)]

    def fill(self) -> None:
        names = [f"Project {number:02}" for number in range(1, 41)]
        texts = {name: self.texts(60) for name in [*names, "History A", "History B", "  "]}
        prompts: dict[tuple[str, str], str] = {}
        if "projects" in self.columns:
            for number, name in enumerate(names):
                status = "deleted" if number % 10 == 9 else "archived" if number % 10 == 8 else "active"
                project = self.project(name, status)
                order = 5 if status == "archived" else 0
                for text in dict.fromkeys(texts[name][: self.random.randint(0, 40)]):
                    prompts[name, text] = self.prompt(project, text, order)
                    order += 1
        self.worked_expectations()
        self.odd_rows()
        made = int(self.db.execute("SELECT count(*) FROM optimizations").fetchone()[0])
        previous: list[object] = []
        for number in range(max(0, self.rows - made)):
            project = self.random.choice([*texts, None, ""])
            raw = self.random.choice(texts[project]) if project else self.texts(1)[0]
            if self.random.random() < 0.01:
                raw = ""
            more: dict[str, object] = {}
            if (linked := prompts.get((project or "", raw))) and self.random.random() < 0.5:
                more["prompt_id"] = linked
            if number % 97 == 0:  # still running; most were left behind, some have just begun
                minutes = self.random.choice((0, 5, 20, 31, 45, 600, 40000))
                at = self.now - timedelta(minutes=minutes)
                more |= {"status": "running", "created_at": self.time(at), "overall_score": None}
            if number % 211 == 0 and previous:
                more["retry_of"] = self.random.choice(previous)
            if number < 40:
                more |= {"overall_score": float(self.random.randint(1, 10)), "status": "completed"}
            previous.append(self.optimization(project, raw, **more)["id"])
        self.side_tables()
        self.db.commit()

    def worked_expectations(self) -> None:
        """The four cases that the description of the system works out by hand."""
        day = self.now.replace(month=1, day=1, hour=12, minute=0, second=0, microsecond=0)
        for number, text in ((5, "Write a poem"), (2, "Write a poem"), (3, "Fix the bug"), (1, "")):
            at = day.replace(day=number)
            self.optimization("Alpha", text, created_at=self.time(at, number % 4), status="completed")
        for minutes, title in ((45, "stale"), (20, "fresh")):
            at = self.now - timedelta(minutes=minutes)
            self.optimization(
                None, "Still running", created_at=self.time(at, 0), status="running", title=title
            )
        if "projects" not in self.columns:
            return
        shelf = self.project("Shelf", "archived")
        self.prompt(shelf, "On the shelf", 5)
        for text in ("First orphan", "Second orphan"):
            self.optimization("Shelf", text, status="completed")
        gone = self.project("Gone", "deleted")
        self.prompt(gone, "Kept text", 0)
        self.optimization("Gone", "Kept text", status="completed")
        self.optimization("Gone", "Lost text", status="completed")

    def odd_rows(self) -> None:
        """What no program should have written, and some did. All of it must survive byte for byte."""
        for odd in ODD_TIMES:
            self.optimization("Odd box", f"Odd time: {odd!r}", created_at=odd, status="completed")
        for odd in ("not JSON", '[1, null, "x"]', '{"a": 1}', '"text"', '["open'):
            self.optimization(
                "Odd box", f"Odd list: {odd}", tags=odd, status="completed", secondary_frameworks=odd
            )
        for near in NEAR_ALIASES:
            self.optimization("Odd box", f"Near alias {near}", framework_applied=near, strategy=near)
        self.optimization("Odd box", "NUL\0inside and\r\nlines", status="completed")
        if "prompts" not in self.columns:
            return
        self.optimization("Odd box", "Dangling", prompt_id=self.id(), status="completed")
        self.prompt(self.id(), "Prompt of a project that is not there", 0)
        self.project("Odd profile", context_profile="{not json", updated_at="some day")
        if "parent_id" in self.columns["projects"]:
            self.folders()

    def folders(self) -> None:
        """Later files have folders, and root names that are not unique."""
        parent = self.project("Folder")
        child = self.project("Child", parent_id=parent, depth=1)
        self.project("Child", parent_id=child, depth=2)
        self.prompt(None, "On the desktop", 0)
        for days, status in ((30, "deleted"), (20, "active"), (10, "archived"), (5, "active")):
            self.project("Twins", status, self.now - timedelta(days=days))
        self.project("Twins (2)", at=self.now - timedelta(days=1))
        for text in ("Twin text", "Another twin text"):
            self.optimization("Twins", text, status="completed")

    def side_tables(self) -> None:
        if "prompt_versions" in self.columns:
            prompts = [row[0] for row in self.db.execute("SELECT id FROM prompts ORDER BY rowid LIMIT 200")]
            runs = [
                row[0] for row in self.db.execute("SELECT id FROM optimizations ORDER BY rowid LIMIT 200")
            ]
            for number, (prompt, run) in enumerate(zip(prompts, runs, strict=False)):
                row = {
                    "id": self.id(),
                    "prompt_id": prompt,
                    "version": 1,
                    "content": f"Earlier text {number}",
                }
                row |= {
                    "optimization_id": run if number % 2 else None,
                    "created_at": self.time(self.past(200)),
                }
                self.insert("prompt_versions", row)
                self.db.execute("UPDATE prompts SET version = 2 WHERE id = ?", (prompt,))
        if "workspace_links" in self.columns:
            self.workspaces()
        if "app_usage" in self.columns:
            self.kernel_rows()

    def workspaces(self) -> None:
        at = self.time(self.past(50))
        times = {"created_at": at, "updated_at": at}
        connection = self.id()
        row = {"id": connection, "github_user_id": "42", "github_username": "octo", "token_valid": 1}
        self.insert(
            "github_connections", row | {"access_token_encrypted": "gAAAAA==", "scopes": "repo"} | times
        )
        for (project,) in self.db.execute("SELECT id FROM projects ORDER BY rowid LIMIT 7").fetchall():
            row = {"id": self.id(), "project_id": project, "github_connection_id": connection}
            row |= {"repo_full_name": "octo/repo", "repo_url": "https://github.com/octo/repo"}
            row |= {
                "default_branch": "main",
                "last_synced_at": self.time(self.past(20)),
                "sync_status": "synced",
            }
            row |= {"workspace_context": json.dumps({"language": "Python"}), "sync_source": "github"}
            row |= {"file_tree_snapshot": json.dumps(["a.py", "b/c.py"])}
            self.insert("workspace_links", row | times)
        if "github_oauth_config" in self.columns:
            row = {
                "id": self.id(),
                "client_id": "Iv1.0",
                "client_secret_encrypted": "gAAAAB==",
                "scope": "repo",
            }
            self.insert("github_oauth_config", row | {"redirect_uri": "http://localhost/callback"} | times)

    def kernel_rows(self) -> None:
        at = self.time(self.past(50), 0)
        times = {"created_at": at, "updated_at": at}
        ours: dict[str, object] = {"app_id": "promptforge"}
        for key in ("theme", "language"):
            self.kernel_row("app_settings", ours | times, key=key, value=json.dumps({"is": key}))
        self.kernel_row("app_settings", ours | times, key="broken", value="{not json")
        self.collections(ours | times)
        self.files(ours | times)
        for action, resource in (("update", self.id()), ("reset", None), ("create", "")):
            details = json.dumps({"keys": ["thème"]}) if action == "update" else None
            more = {"resource_type": "settings", "resource_id": resource, "details_json": details}
            self.kernel_row("audit_log", ours, action=action, timestamp=self.time(self.past(50), 0), **more)
        for odd, details in (("yesterday", None), (at, "{not json")):
            more = {"resource_type": "app", "details_json": details}
            self.kernel_row("audit_log", ours, action="enable", timestamp=odd, **more)
        sql = self.db.execute("SELECT sql FROM sqlite_master WHERE name = 'app_usage'").fetchone()[0]
        twice = "UNIQUE" not in sql  # made by the ORM: two concurrent first increments left two rows
        for hour in range(3):
            for _ in range(2 if twice and hour == 1 else 1):
                row = {"resource": "api_calls", "period": f"2026-02-20T{hour:02}", "count": 4 + hour}
                self.kernel_row("app_usage", ours, updated_at=at, **row)

    def kernel_row(self, table: str, common: dict[str, object], **row: object) -> str:
        return str(self.insert(table, {"id": self.id()} | common | row)["id"])

    def collections(self, common: dict[str, object]) -> None:
        outer = self.kernel_row("app_collections", common, name="drafts", parent_id=None)
        inner = self.kernel_row("app_collections", common, name="drafts", parent_id=outer)
        self.kernel_row("app_collections", common, name="of none", parent_id=self.id())
        for number, collection in enumerate((None, outer, inner, inner, self.id())):
            row = {"name": f"document {number // 2}", "content_type": "application/json"}
            row |= {"content": ("{}", "no JSON, which is opaque", "{}\0{}", "", "日本")[number]}
            row |= {"metadata_json": (None, '{"a": "\\u00fc"}', "{}", "{not json", "null")[number]}
            self.kernel_row("app_documents", common, collection_id=collection, **row)

    def files(self, common: dict[str, object]) -> None:
        folder = self.kernel_row("vfs_folders", common, name="notes", parent_id=None, depth=0)
        below = {"parent_id": folder, "depth": 1, "metadata_json": '{"colour": "red"}'}
        inner = self.kernel_row("vfs_folders", common, name="notes", **below)
        for version, where in ((1, None), (3, folder), (2, inner), (1, self.id())):
            row = {"folder_id": where, "version": version, "content": f"text {version}"}
            file = self.kernel_row("vfs_files", common, name="a.txt", content_type="text/plain", **row)
            for number in range(1, version):
                self.former_content(file, number, common["created_at"], (None, "user", "restore")[number])
        self.former_content(self.id(), 1, common["created_at"], None)

    def former_content(self, file: str, version: int, at: object, source: str | None) -> None:
        row = {"file_id": file, "version": version, "content": f"former {version}", "change_source": source}
        self.kernel_row("vfs_file_versions", {}, created_at=at, **row)
