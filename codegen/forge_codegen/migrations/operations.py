# SPDX-License-Identifier: MIT
"""Operations as values, each holding what its reverse needs. They mirror
include/forge_db/migration/operations.hpp.
"""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.full_text import FullText


@dataclass(frozen=True)
class CreateTable:
    table: ddl.Table


@dataclass(frozen=True)
class DropTable:
    table: ddl.Table


@dataclass(frozen=True)
class RenameTable:
    old: str
    new: str


@dataclass(frozen=True)
class _TableColumn:
    """A whole column, so that either operation can be reversed. `strict` says that the table is STRICT,
    which knows fewer types.
    """

    table: str
    column: ddl.Column
    references: ddl.ForeignKey | None = None
    strict: bool = False


class AddColumn(_TableColumn):
    pass


class DropColumn(_TableColumn):
    pass


@dataclass(frozen=True)
class RenameColumn:
    table: str
    old: str
    new: str


@dataclass(frozen=True)
class CreateIndex:
    index: ddl.Index


@dataclass(frozen=True)
class DropIndex:
    index: ddl.Index


@dataclass(frozen=True)
class AlterTable:
    before: ddl.Table
    after: ddl.Table


@dataclass(frozen=True)
class CreateView:
    view: ddl.View


@dataclass(frozen=True)
class DropView:
    view: ddl.View


@dataclass(frozen=True)
class CreateTrigger:
    trigger: ddl.Trigger


@dataclass(frozen=True)
class DropTrigger:
    trigger: ddl.Trigger


@dataclass(frozen=True)
class CreateFullText:
    full_text: FullText


@dataclass(frozen=True)
class DropFullText:
    full_text: FullText


@dataclass(frozen=True)
class DataStep:
    name: str
    doc: str


@dataclass(frozen=True)
class SqlStep:
    sqlite: str
    postgres: str
    reverse_sqlite: str = ""
    reverse_postgres: str = ""


Operation = (
    CreateTable
    | DropTable
    | RenameTable
    | AddColumn
    | DropColumn
    | RenameColumn
    | CreateIndex
    | DropIndex
    | AlterTable
    | CreateView
    | DropView
    | CreateTrigger
    | DropTrigger
    | CreateFullText
    | DropFullText
    | DataStep
    | SqlStep
)


@dataclass(frozen=True)
class Migration:
    """One migration file, replayed. The hashes are of the file's meaning, and of the schema before and
    after it.
    """

    version: int
    title: str
    hash: str
    before: str
    after: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class History:
    """All migrations of a schema, and the state that they lead to."""

    migrations: tuple[Migration, ...]
    state: ddl.State

    @property
    def data_steps(self) -> tuple[DataStep, ...]:
        return tuple(
            op for migration in self.migrations for op in migration.operations if isinstance(op, DataStep)
        )
