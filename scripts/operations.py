# SPDX-License-Identifier: MIT
"""The operations of the two systems that examples/ carries whole, named as in their descriptions."""

from dataclasses import dataclass

BOUND = 15  # hand-written lines of an operation; more need a reason


@dataclass(frozen=True)
class System:
    page: str  # the page whose tables name a function and a test for each operation
    source: str  # the folder whose functions are the hand-written ones
    operations: tuple[str, ...]


def of(prefix: str, names: str) -> tuple[str, ...]:
    """
    >>> of("GET /api/", "a b")
    ('GET /api/a', 'GET /api/b')
    """
    return tuple(prefix + name for name in names.split())


def endpoints(path: str, lines: str) -> tuple[str, ...]:
    """
    >>> endpoints("/k", "GET,POST /{a} GET /")
    ('GET /k/{a}', 'POST /k/{a}', 'GET /k')
    """
    words = lines.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return tuple(f"{verb} {(path + rest).rstrip('/')}" for verbs, rest in pairs for verb in verbs.split(","))


PROMPTFORGE = System(
    page="docs/systems/promptforge.md",
    source="examples/promptforge/src",
    operations=(
        *of(
            "OptimizationRepository.",
            "get_by_id create delete_by_id get_by_prompt_id get_forge_counts get_latest_forge_metadata"
            " title_exists list clear_all delete_by_ids update_tags get_stats",
        ),
        *of("", "ensure_project_by_name ensure_prompt_in_project"),
        *of(
            "ProjectRepository.",
            "get_by_id get_by_name create update get_context_by_name archive unarchive soft_delete list"
            " get_prompt_by_id get_prompt_count get_prompt_counts add_prompt update_prompt delete_prompt"
            " reorder_prompts get_prompt_versions get_children get_subtree get_path move_project move_prompt"
            " delete_project_data",
        ),
        *of(
            "WorkspaceRepository.",
            "get_connection get_connection_by_id upsert_connection delete_connection mark_token_invalid"
            " get_oauth_config upsert_oauth_config delete_oauth_config get_link_by_id get_link_by_project_id"
            " get_link_by_project_name list_links create_link delete_link update_sync_status"
            " get_workspace_context_by_project_name get_workspace_context_by_project_id get_health_summary"
            " get_all_workspace_statuses",
        ),
        *of("", "update_optimization_status"),
    ),
)

KERNEL = System(
    page="docs/systems/kernel.md",
    source="examples/kernel_service/src",
    operations=(
        *of("AppSettingsRepository.", "get_all get set set_all delete reset"),
        *of(
            "AppStorageRepository.",
            "list_collections create_collection delete_collection list_documents get_document create_document"
            " update_document delete_document",
        ),
        *of(
            "VfsRepository.",
            "list_children create_folder get_folder delete_folder get_path create_file get_file update_file"
            " delete_file list_versions search_files move_folder rename_folder rename_file move_file"
            " restore_version",
        ),
        *of(
            "AuditRepository.",
            "log_action list_logs count_logs get_usage increment_usage get_all_usage list_all_logs"
            " count_all_logs get_summary get_all_apps_usage",
        ),
        *of("", "check_quota"),
        *endpoints("/api/kernel/settings", "GET,PUT,DELETE /{a}"),
        *endpoints(
            "/api/kernel/storage/{a}",
            "GET,POST /collections DELETE /collections/{id} GET,POST /documents"
            " GET,PUT,DELETE /documents/{id}",
        ),
        *endpoints("/api/kernel/apps", "GET / GET /{a} GET /{a}/status POST /{a}/enable POST /{a}/disable"),
        *endpoints(
            "/api/kernel/vfs/{a}",
            "GET /children POST /folders GET,DELETE /folders/{id} GET /folders/{id}/path POST /files"
            " GET,PUT,DELETE /files/{id} GET /files/{id}/versions GET /search POST /folders/{id}/move"
            " POST /files/{id}/move PATCH /folders/{id}/rename PATCH /files/{id}/rename"
            " POST /files/{id}/versions/{vid}/restore",
        ),
        *endpoints("/api/kernel/audit", "GET /{a} GET /usage/{a} GET /all GET /summary GET /usage"),
        *endpoints("/api/kernel/bus", "GET /contracts GET /subscriptions GET /events POST /publish"),
    ),
)

SYSTEMS = (PROMPTFORGE, KERNEL)
