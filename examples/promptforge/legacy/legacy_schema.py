# SPDX-License-Identifier: MIT
"""The earlier PromptForge's schema as it lies in files: ORM models, a list of 42 statements, two rebuilds.

A file of some era was made by `create_all` on that era's models, after which the list of that era ran with
every OperationalError swallowed.  Tables that another process made first were made by the statements instead,
with other type names, DDL defaults and no names for constraints: the two spellings.
"""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

# (statement, the length of the list when the entry first appeared).  Entry n is LIST[n - 1].
LIST: list[tuple[str, int]] = [
    ("ALTER TABLE optimizations ADD COLUMN strategy_reasoning TEXT", 5),
    ("ALTER TABLE optimizations ADD COLUMN input_tokens INTEGER", 22),
    ("ALTER TABLE optimizations ADD COLUMN output_tokens INTEGER", 22),
    ("ALTER TABLE optimizations ADD COLUMN strategy_confidence REAL", 22),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_status ON optimizations(status)", 5),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_overall_score ON optimizations(overall_score)", 5),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_status_created_at ON optimizations(status, created_at)", 5),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_task_type_project ON optimizations(task_type, project)", 5),
    (
        """CREATE TABLE IF NOT EXISTS projects (
            id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT,
            status TEXT NOT NULL DEFAULT 'active',
            created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)""",
        22,
    ),
    (
        """CREATE TABLE IF NOT EXISTS prompts (
            id TEXT PRIMARY KEY, content TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
            project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
            order_index INTEGER NOT NULL DEFAULT 0,
            created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)""",
        22,
    ),
    ("CREATE INDEX IF NOT EXISTS ix_projects_status ON projects(status)", 22),
    ("CREATE INDEX IF NOT EXISTS ix_projects_created_at ON projects(created_at)", 22),
    ("CREATE INDEX IF NOT EXISTS ix_projects_updated_at ON projects(updated_at)", 22),
    ("CREATE INDEX IF NOT EXISTS ix_prompts_project_id ON prompts(project_id)", 22),
    ("CREATE INDEX IF NOT EXISTS ix_prompts_order_index ON prompts(project_id, order_index)", 22),
    (
        """CREATE TABLE IF NOT EXISTS prompt_versions (
            id TEXT PRIMARY KEY, prompt_id TEXT NOT NULL REFERENCES prompts(id) ON DELETE CASCADE,
            version INTEGER NOT NULL, content TEXT NOT NULL,
            optimization_id TEXT REFERENCES optimizations(id) ON DELETE SET NULL,
            created_at TIMESTAMP NOT NULL)""",
        22,
    ),
    ("CREATE INDEX IF NOT EXISTS ix_prompt_versions_prompt_id ON prompt_versions(prompt_id)", 22),
    (
        "CREATE INDEX IF NOT EXISTS ix_prompt_versions_prompt_version ON prompt_versions(prompt_id, version)",
        22,
    ),
    ("ALTER TABLE optimizations ADD COLUMN prompt_id TEXT REFERENCES prompts(id) ON DELETE SET NULL", 22),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_prompt_id ON optimizations(prompt_id)", 22),
    ("ALTER TABLE optimizations ADD COLUMN strategy TEXT", 22),
    ("ALTER TABLE optimizations ADD COLUMN secondary_frameworks TEXT", 22),
    ("ALTER TABLE optimizations ADD COLUMN version TEXT", 27),
    ("ALTER TABLE projects ADD COLUMN context_profile TEXT", 27),
    ("ALTER TABLE optimizations ADD COLUMN codebase_context_snapshot TEXT", 27),
    ("ALTER TABLE optimizations ADD COLUMN cache_creation_input_tokens INTEGER", 27),
    ("ALTER TABLE optimizations ADD COLUMN cache_read_input_tokens INTEGER", 27),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_project_status ON optimizations(project, status)", 30),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_prompt_id_status ON optimizations(prompt_id, status)", 30),
    ("CREATE INDEX IF NOT EXISTS ix_optimizations_status_score ON optimizations(status, overall_score)", 30),
    (
        """CREATE TABLE IF NOT EXISTS github_connections (
            id TEXT PRIMARY KEY, github_user_id TEXT NOT NULL UNIQUE, github_username TEXT NOT NULL,
            access_token_encrypted TEXT NOT NULL, avatar_url TEXT, scopes TEXT,
            token_valid BOOLEAN NOT NULL DEFAULT 1,
            created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)""",
        38,
    ),
    ("CREATE INDEX IF NOT EXISTS ix_github_connections_username ON github_connections(github_username)", 38),
    (
        """CREATE TABLE IF NOT EXISTS workspace_links (
            id TEXT PRIMARY KEY,
            project_id TEXT NOT NULL UNIQUE REFERENCES projects(id) ON DELETE CASCADE,
            github_connection_id TEXT REFERENCES github_connections(id) ON DELETE SET NULL,
            repo_full_name TEXT NOT NULL, repo_url TEXT NOT NULL, default_branch TEXT NOT NULL DEFAULT 'main',
            last_synced_at TIMESTAMP, sync_status TEXT NOT NULL DEFAULT 'pending', sync_error TEXT,
            workspace_context TEXT, dependencies_snapshot TEXT, file_tree_snapshot TEXT,
            sync_source TEXT NOT NULL DEFAULT 'github',
            created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)""",
        38,
    ),
    ("CREATE INDEX IF NOT EXISTS ix_workspace_links_repo ON workspace_links(repo_full_name)", 38),
    ("CREATE INDEX IF NOT EXISTS ix_workspace_links_sync_status ON workspace_links(sync_status)", 38),
    (
        "CREATE INDEX IF NOT EXISTS ix_workspace_links_github_connection "
        "ON workspace_links(github_connection_id)",
        38,
    ),
    ("ALTER TABLE projects ADD COLUMN workspace_synced_at TIMESTAMP", 38),
    ("ALTER TABLE optimizations ADD COLUMN conciseness_score REAL", 42),
    ("ALTER TABLE optimizations ADD COLUMN detected_patterns TEXT", 42),
    ("ALTER TABLE optimizations ADD COLUMN retry_of TEXT", 42),
    ("ALTER TABLE optimizations ADD COLUMN framework_adherence_score REAL", 42),
    (
        """CREATE TABLE IF NOT EXISTS github_oauth_config (
            id TEXT PRIMARY KEY, client_id TEXT NOT NULL, client_secret_encrypted TEXT NOT NULL,
            redirect_uri TEXT NOT NULL DEFAULT '{redirect_uri}',
            scope TEXT NOT NULL DEFAULT 'repo',
            created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)""",
        38,
    ),
]
ERAS = (5, 22, 27, 30, 38, 42)
REDIRECT_OLD = "http://localhost:8000/api/github/callback"
REDIRECT_NEW = "http://localhost:8000/api/apps/promptforge/github/callback"

# What the second rebuilds swap in; `parent_id` and `depth` make projects folders.
REBUILDS = [
    """CREATE TABLE projects_new (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT, context_profile TEXT,
        status TEXT NOT NULL DEFAULT 'active',
        parent_id TEXT REFERENCES projects(id) ON DELETE CASCADE, depth INTEGER NOT NULL DEFAULT 0,
        created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, workspace_synced_at TIMESTAMP,
        UNIQUE(name, parent_id));
    INSERT INTO projects_new (id, name, description, context_profile, status, parent_id, depth, created_at,
        updated_at, workspace_synced_at) SELECT id, name, description, context_profile, status, NULL, 0,
        created_at, updated_at, workspace_synced_at FROM projects;
    DROP TABLE projects; ALTER TABLE projects_new RENAME TO projects;
    CREATE INDEX ix_projects_status ON projects(status);
    CREATE INDEX ix_projects_created_at ON projects(created_at);
    CREATE INDEX ix_projects_updated_at ON projects(updated_at);
    CREATE INDEX ix_projects_parent_id ON projects(parent_id);""",
    """CREATE TABLE prompts_new (
        id TEXT PRIMARY KEY, content TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
        project_id TEXT REFERENCES projects(id) ON DELETE SET NULL,
        order_index INTEGER NOT NULL DEFAULT 0,
        created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
    INSERT INTO prompts_new (id, content, version, project_id, order_index, created_at, updated_at)
        SELECT id, content, version, project_id, order_index, created_at, updated_at FROM prompts;
    DROP TABLE prompts; ALTER TABLE prompts_new RENAME TO prompts;
    CREATE INDEX ix_prompts_project_id ON prompts(project_id);
    CREATE INDEX ix_prompts_order_index ON prompts(project_id, order_index);""",
]

KERNEL: list[str] = [
    """CREATE TABLE IF NOT EXISTS app_settings (id TEXT PRIMARY KEY, app_id TEXT NOT NULL, key TEXT NOT NULL,
        value TEXT NOT NULL DEFAULT '{}', created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL,
        UNIQUE(app_id, key))""",
    "CREATE INDEX IF NOT EXISTS ix_app_settings_app_id ON app_settings(app_id)",
    """CREATE TABLE IF NOT EXISTS app_collections (id TEXT PRIMARY KEY, app_id TEXT NOT NULL,
        name TEXT NOT NULL, parent_id TEXT REFERENCES app_collections(id) ON DELETE CASCADE,
        created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, UNIQUE(app_id, name, parent_id))""",
    "CREATE INDEX IF NOT EXISTS ix_app_collections_app_id ON app_collections(app_id)",
    """CREATE TABLE IF NOT EXISTS app_documents (id TEXT PRIMARY KEY, app_id TEXT NOT NULL,
        collection_id TEXT REFERENCES app_collections(id) ON DELETE CASCADE, name TEXT NOT NULL,
        content_type TEXT NOT NULL DEFAULT 'application/json', content TEXT NOT NULL DEFAULT '{}',
        metadata_json TEXT, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS ix_app_documents_app_id ON app_documents(app_id)",
    "CREATE INDEX IF NOT EXISTS ix_app_documents_collection_id ON app_documents(collection_id)",
    """CREATE TABLE IF NOT EXISTS vfs_folders (id TEXT PRIMARY KEY, app_id TEXT NOT NULL, name TEXT NOT NULL,
        parent_id TEXT REFERENCES vfs_folders(id) ON DELETE CASCADE, depth INTEGER NOT NULL DEFAULT 0,
        metadata_json TEXT, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL,
        UNIQUE(app_id, name, parent_id))""",
    "CREATE INDEX IF NOT EXISTS ix_vfs_folders_app_id ON vfs_folders(app_id)",
    """CREATE TABLE IF NOT EXISTS vfs_files (id TEXT PRIMARY KEY, app_id TEXT NOT NULL,
        folder_id TEXT REFERENCES vfs_folders(id) ON DELETE SET NULL, name TEXT NOT NULL,
        content TEXT NOT NULL DEFAULT '', content_type TEXT NOT NULL DEFAULT 'text/plain',
        version INTEGER NOT NULL DEFAULT 1, metadata_json TEXT,
        created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS ix_vfs_files_app_id ON vfs_files(app_id)",
    "CREATE INDEX IF NOT EXISTS ix_vfs_files_folder_id ON vfs_files(folder_id)",
    """CREATE TABLE IF NOT EXISTS vfs_file_versions (id TEXT PRIMARY KEY,
        file_id TEXT NOT NULL REFERENCES vfs_files(id) ON DELETE CASCADE, version INTEGER NOT NULL,
        content TEXT NOT NULL, change_source TEXT, created_at TIMESTAMP NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS ix_vfs_file_versions_file_id ON vfs_file_versions(file_id)",
    """CREATE TABLE IF NOT EXISTS audit_log (id TEXT PRIMARY KEY, app_id TEXT NOT NULL, action TEXT NOT NULL,
        resource_type TEXT NOT NULL, resource_id TEXT, details_json TEXT, timestamp TIMESTAMP NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS ix_audit_log_app_id ON audit_log(app_id)",
    "CREATE INDEX IF NOT EXISTS ix_audit_log_timestamp ON audit_log(timestamp)",
    """CREATE TABLE IF NOT EXISTS app_usage (id TEXT PRIMARY KEY, app_id TEXT NOT NULL,
        resource TEXT NOT NULL, period TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 0,
        updated_at TIMESTAMP NOT NULL, UNIQUE(app_id, resource, period))""",
    "CREATE INDEX IF NOT EXISTS ix_app_usage_app_id ON app_usage(app_id)",
]


def entries_of_era(era: int) -> set[int]:
    """The entries of an era's list; 38 is the older program (1 to 37, and 42), 42 the newer one."""
    return {number for number, (_, first) in enumerate(LIST, 1) if first <= era}


def models(entries: set[int], folders: bool) -> sa.MetaData:
    """The ORM models that go with these entries. `folders`: projects and prompts in their later shape."""
    meta = sa.MetaData()

    def text(name: str, entry: int = 0, null: bool = True) -> list[sa.Column]:
        return [sa.Column(name, sa.Text, nullable=null)] if entry in entries | {0} else []

    def of(kind: type, name: str, entry: int) -> list[sa.Column]:
        return [sa.Column(name, kind)] if entry in entries else []

    def times(*names: str) -> list[sa.Column]:
        return [sa.Column(name, sa.DateTime, nullable=False) for name in names]

    def key() -> sa.Column:
        return sa.Column("id", sa.Text, primary_key=True)

    def ref(name: str, target: str, on_delete: str, null: bool) -> sa.Column:
        return sa.Column(name, sa.Text, sa.ForeignKey(target, ondelete=on_delete), nullable=null)

    lists = [sa.Column(name, sa.Text) for name in ("weaknesses", "strengths", "changes_made")]
    scores = ("clarity_score", "specificity_score", "structure_score", "faithfulness_score", "overall_score")
    optimizations = sa.Table(
        "optimizations", meta, key(), *times("created_at"), *text("raw_prompt", null=False),
        *text("optimized_prompt"), *text("task_type"), *text("complexity"), *lists,
        *text("framework_applied"), *text("optimization_notes"),
        *[sa.Column(name, sa.Float) for name in scores],
        sa.Column("is_improvement", sa.Boolean), *text("verdict"), sa.Column("duration_ms", sa.Integer),
        *text("model_used"), *text("status", null=False), *text("error_message"), *text("project"),
        *text("tags"), *text("title"), *text("strategy_reasoning", 1), *of(sa.Integer, "input_tokens", 2),
        *of(sa.Integer, "output_tokens", 3), *of(sa.Float, "strategy_confidence", 4),
        *([ref("prompt_id", "prompts.id", "SET NULL", True)] if 19 in entries else []), *text("strategy", 21),
        *text("secondary_frameworks", 22), *text("version", 23), *text("codebase_context_snapshot", 25),
        *of(sa.Integer, "cache_creation_input_tokens", 26), *of(sa.Integer, "cache_read_input_tokens", 27),
        *of(sa.Float, "conciseness_score", 38), *text("detected_patterns", 39), *text("retry_of", 40),
        *of(sa.Float, "framework_adherence_score", 41),
    )  # fmt: skip

    def index(table: sa.Table, suffix: str, *columns: str) -> None:
        if all(name in table.c for name in columns):
            sa.Index(f"ix_{table.name}_{suffix}", *[table.c[name] for name in columns])

    for name in ("project", "task_type", "created_at"):
        index(optimizations, name, name)
    if 5 in entries:
        index(optimizations, "status", "status")
        index(optimizations, "overall_score", "overall_score")
        index(optimizations, "status_created_at", "status", "created_at")
        index(optimizations, "task_type_project", "task_type", "project")
    index(optimizations, "prompt_id", "prompt_id")
    if 9 in entries:
        unique = ("name", "parent_id") if folders else ("name",)
        parent = [ref("parent_id", "projects.id", "CASCADE", True)] if folders else []
        projects = sa.Table(
            "projects", meta, key(), *text("name", null=False), *text("description"),
            *text("context_profile", 24), *text("status", null=False), *parent,
            *([sa.Column("depth", sa.Integer, nullable=False)] if folders else []),
            *times("created_at", "updated_at"), *of(sa.DateTime, "workspace_synced_at", 37),
            sa.UniqueConstraint(*unique, name="uq_projects_name_parent" if folders else "uq_projects_name"),
        )  # fmt: skip
        for name in ("status", "created_at", "updated_at", "parent_id"):
            index(projects, name, name)
    if 10 in entries:
        prompts = sa.Table(
            "prompts", meta, key(), *text("content", null=False),
            sa.Column("version", sa.Integer, nullable=False),
            ref("project_id", "projects.id", "SET NULL" if folders else "CASCADE", folders),
            sa.Column("order_index", sa.Integer, nullable=False), *times("created_at", "updated_at"),
        )  # fmt: skip
        index(prompts, "project_id", "project_id")
        index(prompts, "order_index", "project_id", "order_index")
    if 16 in entries:
        versions = sa.Table(
            "prompt_versions", meta, key(), ref("prompt_id", "prompts.id", "CASCADE", False),
            sa.Column("version", sa.Integer, nullable=False), *text("content", null=False),
            ref("optimization_id", "optimizations.id", "SET NULL", True), *times("created_at"),
        )  # fmt: skip
        index(versions, "prompt_id", "prompt_id")
        index(versions, "prompt_version", "prompt_id", "version")
    if 31 in entries:
        connections = sa.Table(
            "github_connections", meta, key(), *text("github_user_id", null=False),
            *text("github_username", null=False), *text("access_token_encrypted", null=False),
            *text("avatar_url"), *text("scopes"), sa.Column("token_valid", sa.Boolean, nullable=False),
            *times("created_at", "updated_at"),
            sa.UniqueConstraint("github_user_id", name="uq_github_connections_user_id"),
        )  # fmt: skip
        index(connections, "username", "github_username")
    if 33 in entries:
        links = sa.Table(
            "workspace_links", meta, key(), ref("project_id", "projects.id", "CASCADE", False),
            ref("github_connection_id", "github_connections.id", "SET NULL", True),
            *text("repo_full_name", null=False), *text("repo_url", null=False),
            *text("default_branch", null=False), sa.Column("last_synced_at", sa.DateTime),
            *text("sync_status", null=False), *text("sync_error"), *text("workspace_context"),
            *text("dependencies_snapshot"), *text("file_tree_snapshot"), *text("sync_source", null=False),
            *times("created_at", "updated_at"),
            sa.UniqueConstraint("project_id", name="uq_workspace_links_project_id"),
        )  # fmt: skip
        index(links, "repo", "repo_full_name")
        index(links, "sync_status", "sync_status")
        index(links, "github_connection", "github_connection_id")
    if 42 in entries:
        sa.Table(
            "github_oauth_config", meta, key(), *text("client_id", null=False),
            *text("client_secret_encrypted", null=False), *text("redirect_uri", null=False),
            *text("scope", null=False), *times("created_at", "updated_at"),
        )  # fmt: skip
    return meta


def kernel_models() -> sa.MetaData:
    """VARCHAR, no DDL defaults, no unique constraint on app_usage, no index on audit_log.timestamp."""
    meta = sa.MetaData()

    def make(name: str, *columns: sa.schema.SchemaItem, times: tuple[str, ...], by: tuple[str, ...]) -> None:
        stamps = [sa.Column(time, sa.DateTime, nullable=False) for time in times]
        table = sa.Table(name, meta, sa.Column("id", sa.String, primary_key=True), *columns, *stamps)
        for column in by:
            sa.Index(f"ix_{name}_{column}", table.c[column])

    def text(name: str, null: bool = False, kind: type = sa.String) -> sa.Column:
        return sa.Column(name, kind, nullable=null)

    def ref(name: str, target: str, on_delete: str, null: bool = True) -> sa.Column:
        return sa.Column(name, sa.String, sa.ForeignKey(target, ondelete=on_delete), nullable=null)

    both = ("created_at", "updated_at")
    make("app_settings", text("app_id"), text("key"), text("value", kind=sa.Text),
         sa.UniqueConstraint("app_id", "key", name="uq_app_settings_app_key"),
         times=both, by=("app_id",))  # fmt: skip
    make("app_collections", text("app_id"), text("name"), ref("parent_id", "app_collections.id", "CASCADE"),
         sa.UniqueConstraint("app_id", "name", "parent_id", name="uq_app_collection_name"),
         times=both, by=("app_id",))  # fmt: skip
    make("app_documents", text("app_id"), ref("collection_id", "app_collections.id", "CASCADE"), text("name"),
         text("content_type"), text("content", kind=sa.Text), text("metadata_json", True, sa.Text),
         times=both, by=("app_id", "collection_id"))  # fmt: skip
    make("vfs_folders", text("app_id"), text("name"), ref("parent_id", "vfs_folders.id", "CASCADE"),
         sa.Column("depth", sa.Integer, nullable=False), text("metadata_json", True, sa.Text),
         sa.UniqueConstraint("app_id", "name", "parent_id", name="uq_vfs_folder_name"),
         times=both, by=("app_id",))  # fmt: skip
    make("vfs_files", text("app_id"), ref("folder_id", "vfs_folders.id", "SET NULL"), text("name"),
         text("content", kind=sa.Text), text("content_type"),
         sa.Column("version", sa.Integer, nullable=False), text("metadata_json", True, sa.Text),
         times=both, by=("app_id", "folder_id"))  # fmt: skip
    make("vfs_file_versions", ref("file_id", "vfs_files.id", "CASCADE", False),
         sa.Column("version", sa.Integer, nullable=False), text("content", kind=sa.Text),
         text("change_source", True), times=("created_at",), by=("file_id",))  # fmt: skip
    make("audit_log", text("app_id"), text("action"), text("resource_type"), text("resource_id", True),
         text("details_json", True, sa.Text), times=("timestamp",), by=("app_id",))  # fmt: skip
    make("app_usage", text("app_id"), text("resource"), text("period"),
         sa.Column("count", sa.Integer, nullable=False), times=("updated_at",), by=("app_id",))  # fmt: skip
    return meta


def run_swallowing(connection: sqlite3.Connection, statements: list[str]) -> int:
    """Runs a list as the earlier program did: whatever OperationalError comes counts as "already applied"."""
    done = 0
    for statement in statements:
        try:
            connection.execute(statement)
            done += 1
        except sqlite3.OperationalError:
            pass
    connection.commit()
    return done


def create(path: str, entries: set[int], spelling: str, rebuilt: bool = False, kernel: str = "none") -> None:
    """Makes an empty legacy file."""
    engine = sa.create_engine(f"sqlite:///{path}")
    if kernel == "orm":
        kernel_models().create_all(engine)
    models(entries if spelling == "orm" else set(), rebuilt and spelling == "orm").create_all(engine)
    engine.dispose()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    if kernel != "none":
        run_swallowing(connection, KERNEL)
    redirect = REDIRECT_NEW if 41 in entries else REDIRECT_OLD
    run_swallowing(connection, [LIST[n - 1][0].replace("{redirect_uri}", redirect) for n in sorted(entries)])
    if rebuilt:
        if spelling == "statements":
            for rebuild in REBUILDS:
                connection.executescript(rebuild)
        connection.execute("CREATE TABLE _schema_version (version INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO _schema_version VALUES (?)", [(1,), (2,)])
        connection.commit()
    connection.close()
