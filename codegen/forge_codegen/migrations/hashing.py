# SPDX-License-Identifier: MIT
"""SHA-256 of meanings: comments, white space, quoting and the order of keys make no difference; `doc`
neither.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from forge_codegen.model.ddl import State
from forge_codegen.spec.nodes import Mapping, Node, Scalar, Sequence

WITHOUT_MEANING = ("doc", "before", "after")


def digest(value: Any) -> str:
    """
    >>> digest({"b": 1, "a": [2]}) == digest({"a": [2], "b": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def state_hash(state: State) -> str:
    """The hash of a schema at one moment, whatever the order of its tables and columns."""
    return digest(state.to_json())


def file_hash(root: Mapping) -> str:
    """The hash of a migration file's meaning. Made of the nodes, so that it outlives changes of this
    program.
    """
    return digest(_meaning(root))


def _meaning(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_meaning(item) for item in node.items]
    found: dict[str, Any] = {}
    for key, value in node.entries:
        if key.text in ("columns", "default"):
            found[key.text] = _ordered(value)
        elif key.text not in WITHOUT_MEANING:
            found[key.text] = _meaning(value)
    return found


def _ordered(node: Node) -> Any:
    """Like `_meaning` for maps whose keys are names or data: in order, and none left out."""
    if isinstance(node, Mapping):
        return [[key.text, _meaning(value)] for key, value in node.entries]
    return _meaning(node)
