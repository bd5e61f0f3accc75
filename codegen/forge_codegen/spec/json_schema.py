# SPDX-License-Identifier: MIT
"""JSON Schema (draft 2020-12) from the same shapes that validate, for editors that complete and underline
YAML.
"""

from __future__ import annotations

from typing import Any

from forge_codegen.spec import shapes

# Editors read YAML with its own types, so that a text may arrive as a number or boolean.
SCALAR = ["string", "number", "boolean", "null"]


def json_schema(shape: shapes.Shape, title: str) -> dict[str, Any]:
    """The schema of one kind of file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_of(shape)}


def _of(shape: shapes.Shape) -> dict[str, Any]:
    return _MAKERS[type(shape)](shape)


def _text(shape: shapes.Text) -> dict[str, Any]:
    if shape.pattern:
        limit = {"maxLength": shape.longest} if shape.longest else {}
        return {"type": "string", "pattern": f"^(?:{shape.pattern})$", **limit}
    return {"type": SCALAR}


def _object(shape: shapes.Object) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: {"description": _words(key), **_of(key.shape)} for key in shape.keys},
        "additionalProperties": False,
    }
    required = [key.name for key in shape.keys if key.required]
    if required:
        made["required"] = required
    return made


def _words(key: shapes.Key) -> str:
    return f"{key.doc} (default: {key.default})" if key.default else key.doc


def _map(shape: shapes.MapOf) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{shape.name.pattern})$"},
        "additionalProperties": _of(shape.value),
    }


_MAKERS: dict[type, Any] = {
    shapes.Text: _text,
    shapes.Null: lambda shape: {"type": "null"},
    shapes.Flag: lambda shape: {"type": "boolean"},
    shapes.Whole: lambda shape: {"type": "integer", "minimum": shape.low, "maximum": shape.high},
    shapes.Choice: lambda shape: {"enum": list(shape.words)},
    shapes.ListOf: lambda shape: {"type": "array", "items": _of(shape.item)},
    shapes.MapOf: _map,
    shapes.Anything: lambda shape: {},
    shapes.OneOf: lambda shape: {"anyOf": [_of(one) for one in shape.shapes]},
    shapes.Object: _object,
}
