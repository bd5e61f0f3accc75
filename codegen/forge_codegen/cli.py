# SPDX-License-Identifier: MIT
"""The command line: arguments in, exit status out. Errors go to standard error, one a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from forge_codegen import VERSION, commands, new_project
from forge_codegen.migrations.files import FILE_NAME
from forge_codegen.spec.diagnostics import SpecError, one_line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="forge", description="Compiles YAML specs into the C++ headers of a ForgeDB data layer."
    )
    parser.add_argument("--version", action="version", version=f"forge {VERSION}")
    sub = parser.add_subparsers(dest="command", required=True, metavar="command")

    def with_specs(name: str, doc: str, out: bool) -> argparse.ArgumentParser:
        made = sub.add_parser(name, help=doc, description=doc)
        made.add_argument(
            "specs", nargs="*", type=Path, help="spec files; all of --schema-dir when none is named"
        )
        made.add_argument(
            "--schema-dir", type=Path, default=Path("schema"), help="folder of specs (default: schema)"
        )
        if out:
            made.add_argument(
                "--out", type=Path, default=Path("generated"), help="output folder (default: generated)"
            )
        return made

    with_specs("generate", "Write the C++ headers of specs, where they differ.", True)
    with_specs(
        "check", "Check specs, migrations, seed files, and that the generated headers are up to date.", True
    )
    listed = with_specs("list-outputs", "Print the files that generate writes, one a line.", True)
    listed.add_argument("--inputs", action="store_true", help="print what generate reads instead")
    with_specs("seal", "Write the schema hashes before and after into migration files.", False)
    diff = with_specs("diff", "Write the next migration file for what the spec adds.", False)
    diff.add_argument(
        "--title", type=_title, default="", help="the file's title (default: from its first operation)"
    )
    diff.add_argument("--dry-run", action="store_true", help="print the file, write nothing")
    schema = sub.add_parser("schema", help="Print the JSON Schema of specs, for editors.")
    schema.add_argument(
        "--of", choices=("spec", "migration", "seed"), default="spec", help="which kind of file"
    )
    reference = sub.add_parser("reference", help="Print the reference of all keys, as Markdown.")
    reference.add_argument(
        "--of", choices=("spec", "migration", "seed"), default="spec", help="which kind of file"
    )
    init = sub.add_parser("init", help="Start a new project in an empty folder or repository.")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), help="the folder (default: this one)")
    init.add_argument("--name", default="", help="the schema's name (default: from the folder's)")
    init.add_argument(
        "--forge-db",
        type=Path,
        default=None,
        help="a checkout of ForgeDB to build with, when none is installed",
    )
    return parser


def _title(text: str) -> str:
    if text and not FILE_NAME.fullmatch(f"0001_{text}.yaml"):
        raise argparse.ArgumentTypeError(
            f"'{text}' is no title; expected lower-case letters, digits and '_', such as 'add_tags'"
        )
    return text


def _specs(arguments: argparse.Namespace) -> list[Path]:
    if arguments.specs:
        return list(arguments.specs)
    found = sorted(arguments.schema_dir.glob("*.yaml"))
    if not found:
        raise FileNotFoundError(
            f"no specs in '{arguments.schema_dir}'; name spec files, or the folder with --schema-dir"
        )
    return found


def _run(arguments: argparse.Namespace) -> int:
    command = arguments.command
    if command == "schema":
        return commands.schema(arguments.of)
    if command == "reference":
        return commands.reference(arguments.of)
    if command == "init":
        return new_project.init(arguments.folder, arguments.name, arguments.forge_db)
    specs = _specs(arguments)
    if command == "generate":
        return commands.generate(specs, arguments.out)
    if command == "check":
        return commands.check(specs, arguments.out, None if arguments.specs else arguments.schema_dir)
    if command == "list-outputs":
        return commands.list_outputs(specs, arguments.out, arguments.inputs)
    if command == "seal":
        return commands.seal(specs)
    return commands.diff(specs, arguments.title, arguments.dry_run)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when all is well, 1 when something is wrong."""
    try:
        return _run(_parser().parse_args(arguments))
    except SpecError as error:
        print(error, file=sys.stderr)
        count = len(error.diagnostics)
        print(f"forge: {count} error{'s' if count != 1 else ''}, nothing was written", file=sys.stderr)
    except KeyboardInterrupt:
        return 130  # what shells expect of a program that Ctrl-C ended
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output is gone, which is its business
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(one_line(f"forge: error: {place}{error.strerror or error}"), file=sys.stderr)
    return 1
