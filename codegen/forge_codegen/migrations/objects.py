# SPDX-License-Identifier: MIT
"""Views and triggers in the course of migrations: their operations, and who uses what.

Names are looked for in their texts: whoever names a table and one of its columns is taken to use it.
"""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.migrations import operations as op
from forge_codegen.model import ddl
from forge_codegen.model.ddl import mentions
from forge_codegen.spec.diagnostics import Reporter, listed, nearest
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.object_texts import ObjectTexts
from forge_codegen.spec.shapes import Record

Object = ddl.View | ddl.Trigger
MAKE_AGAIN = "drop that before, and create it again after"


def texts_of(of: Object) -> tuple[str, ...]:
    return of.sql.texts if isinstance(of, ddl.View) else of.texts


def names(of: Object, name: str) -> bool:
    """Whether the object's texts name that; a trigger names what it is on."""
    return any(mentions(text, name) for text in texts_of(of))


def users_of(state: ddl.State, table: str, column: str = "") -> tuple[Object, ...]:
    """The views and triggers that name a table or view, and one of its columns.

    >>> a = ddl.View("a", ddl.PerDialect("select 1 as b"))
    >>> state = ddl.State(views=(a, ddl.View("b", ddl.PerDialect("select b from a"))))
    >>> [user.name for user in users_of(state, "a")], users_of(state, "b")
    (['b'], ())
    """
    own = next((at + 1 for at, view in enumerate(state.views) if view.name == table), 0)
    able = (*state.views[own:], *state.triggers)  # a view stands behind those that it reads from
    return tuple(each for each in able if names(each, table) and (not column or names(each, column)))


def describe(of: Object) -> str:
    """
    >>> describe(ddl.View("stock", ddl.PerDialect("select 1 as one")))
    "the view 'stock'"
    """
    return f"the {'view' if isinstance(of, ddl.View) else 'trigger'} '{of.name}'"


def user_of(state: ddl.State, table: str, column: str = "") -> str:
    """The first of `users_of`, in words; empty when there is none."""
    user = next(iter(users_of(state, table, column)), None)
    full_text = state.full_text_behind(user.name) if user is not None else None
    if full_text is not None:
        return f"the full text of '{full_text.table}'"
    return describe(user) if user is not None else ""


class ObjectReplay:
    """The operations of views and triggers, for the replay to inherit."""

    state: ddl.State
    _report: Reporter

    def _do(self, operation: op.Operation) -> None:
        raise NotImplementedError

    def _create_view(self, record: Record) -> None:
        name = record["name"]
        sql = ObjectTexts(self._report).view(name.text if name else "", record["sql"])
        if name is None or sql is None or not self._is_free(name):
            return
        view = ddl.View(name.text, sql)
        self.state = replace(self.state, views=(*self.state.views, view))
        self._do(op.CreateView(view))

    def _drop_view(self, record: Record) -> None:
        view = self._known(record["name"], "view", self.state.views)
        if not isinstance(view, ddl.View):
            return
        own = self.state.triggers_of(view.name)
        user = next((describe(each) for each in users_of(self.state, view.name) if each not in own), "")
        if user:
            self._report.error(record.place("name"), f"view '{view.name}' is used by {user}; drop that first")
            return
        self._drop_triggers_of(view.name)
        self.state = replace(self.state, views=tuple(one for one in self.state.views if one != view))
        self._do(op.DropView(view))

    def _create_trigger(self, record: Record) -> None:
        name, table = record["name"], record["table"]
        if name is None or table is None:
            return
        trigger = ObjectTexts(self._report).trigger(name.text, table.text, record)
        owners = [owner.name for owner in (*self.state.tables, *self.state.views)]
        if table.text not in owners:
            self._report.error(
                table.at,
                f"no table or view '{table.text}' at this point; there are {listed(owners)}"
                f"{nearest(table.text, owners)}",
            )
            return
        if self.state.trigger(name.text) is not None:
            self._report.error(
                name.at,
                f"a trigger '{name.text}' exists at this point; choose another name, or drop it first",
            )
            return
        if trigger is not None:
            self.state = replace(self.state, triggers=(*self.state.triggers, trigger))
            self._do(op.CreateTrigger(trigger))

    def _drop_trigger(self, record: Record) -> None:
        trigger = self._known(record["name"], "trigger", self.state.triggers)
        owner = self.state.full_text_behind(trigger.name) if trigger is not None else None
        if owner is not None:
            self._report.error(
                record.place("name"),
                f"trigger '{owner.name}_...' keeps the full text of '{owner.table}' in step; use "
                "drop_full_text",
            )
        elif isinstance(trigger, ddl.Trigger):
            self._remove(trigger)

    def _drop_triggers_of(self, table: str) -> None:
        for trigger in self.state.triggers_of(table):
            self._remove(trigger)

    def _remove(self, trigger: ddl.Trigger) -> None:
        self.state = replace(self.state, triggers=tuple(one for one in self.state.triggers if one != trigger))
        self._do(op.DropTrigger(trigger))

    def _is_free(self, name: Scalar) -> bool:
        """Tables, views and indexes share one space of names."""
        kinds = (("table", self.state.table), ("view", self.state.view), ("index", self.state.index))
        kind = next((kind for kind, find in kinds if find(name.text) is not None), "")
        if kind:
            article = "an" if kind == "index" else "a"
            self._report.error(
                name.at,
                f"{article} {kind} '{name.text}' exists at this point; choose another name, or drop it first",
            )
        return not kind

    def _known(self, name: Scalar | None, kind: str, objects: tuple[Object, ...]) -> Object | None:
        if name is None:
            return None
        found = next((each for each in objects if each.name == name.text), None)
        if found is None:
            names = [each.name for each in objects]
            self._report.error(
                name.at,
                f"no {kind} '{name.text}' at this point; there are {listed(names)}"
                f"{nearest(name.text, names)}",
            )
        return found
