# SPDX-License-Identifier: MIT
"""Makes one YAML text into another that a reader may trip over: by bytes, lines, and nodes of its tree."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

import yaml

ODD = (
    *(
        "null",
        "~",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "true",
        "False",
        "12:30",
        "0x1F",
        "0o17",
        "1_000",
        ".inf",
        "-.inf",
        ".nan",
    ),
    *(
        "9" * 400,
        "-9223372036854775809",
        "9223372036854775808",
        "1e400",
        "1e-400",
        "-0",
        "-0.0",
        "00",
        "+1",
        "1.",
        ".5",
        "٣",
    ),
    *(
        '"\\0"',
        '"\\uD800"',
        '"\\x07"',
        '"\\e[2J"',
        '"\\N"',
        '"\\L"',
        '"\\P"',
        '"\\uFEFF"',
        '"\\u202E"',
        '"\\r\\n"',
        '"\\t"',
        '" "',
        '""',
        "''",
    ),
    *(
        "é",
        "é",
        "ﬁ",
        "İ",
        "ß",
        "名前",
        "🦀",
        "\u200b",
        "a\u2028b",
        "a\u0085b",
        "a\rb",
        "\ufeff",
        "\u00a0",
        "\x07",
        "\x7f",
        "\ufffe",
    ),
    *(
        "&a b",
        "*a",
        "!!int 1",
        "!x",
        "!!python/object:os.system x",
        "<<",
        "<<: {}",
        "? a",
        "? [a]",
        "- a",
        "|",
        ">-",
        "|9",
        "%YAML 9.9",
        "---",
        "...",
    ),
    *(
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{a}",
        "{null: null}",
        "{a: {}}",
        "[a, a]",
        "'",
        '"',
        "#",
        "`",
        "@",
        ",",
        ":",
        "::",
    ),
    *(
        "a'b",
        'a"b',
        "a`b",
        "a;b",
        "a--b",
        "/*",
        "*/",
        "(",
        ")",
        "$",
        "${}",
        "{{ x }}",
        "{% x %}",
        "%s",
        "\\",
        "a.b",
        "a.b.c",
        ".",
        "..",
        "../..",
        "/",
    ),
    *(
        "id",
        "desc",
        "sql",
        "schema",
        "class",
        "std",
        "__x",
        "_",
        "x" * 64,
        "x" * 5000,
        "select 1",
        "sqlite_master",
        "now",
        "1 = 1",
        "case when",
    ),
)
NESTED = (
    "[" * 60 + "]" * 60,
    "{a: " * 60 + "}" * 60,
    "[" * 3000,
    "(" * 2000 + "1" + ")" * 2000,
    "- " * 200,
    "not " * 1500 + "1",
    "-" * 3000 + "1",
)
SIZE_LIMIT = 40_000

Tree = yaml.Node
READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's are ten times as fast
WRITER = getattr(yaml, "CDumper", yaml.Dumper)


def mutated(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    """`others` are texts from which pieces may come."""
    for _ in range(random_.choice((1, 1, 1, 2, 2, 3, 5))):
        change = random_.choice((_bytes, _lines, _lines, _scalar, _tree, _tree, _tree, _tree))
        data = change(data, others, random_)[:SIZE_LIMIT]
    return data


def _odd(random_: random.Random) -> str:
    return random_.choice(NESTED) if random_.random() < 0.05 else random_.choice(ODD)


def _bytes(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    at = random_.randrange(len(data) + 1)
    to = min(len(data), at + random_.choice((0, 1, 1, 2, 4, 16)))
    put = random_.choice(
        (
            b"",
            bytes([random_.randrange(256)]),
            random_.choice(b"\t \r\n:-,[]{}'\"#&*!|>%@`?".split(b" ")),
            data[at:to] * 2,
        )
    )
    whole = random_.random()
    if whole < 0.03:
        return b"\xef\xbb\xbf" + data
    if whole < 0.06:
        return data.replace(b"\n", random_.choice((b"\r\n", b"\r", b"\xe2\x80\xa8", b"\xc2\x85")))
    if whole < 0.08:
        return data.decode("utf-8", errors="replace").encode("utf-16", errors="replace")
    if whole < 0.12:
        return data[:at] + _odd(random_).encode("utf-8", errors="replace") + data[to:]
    return data[:at] + put + data[to:]


def _lines(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, to = random_.randrange(len(lines)), random_.randrange(len(lines))
    kind = random_.randrange(7)
    if kind == 0:
        del lines[at : at + random_.choice((1, 1, 2, 5))]
    elif kind == 1:
        lines.insert(to, lines[at])
    elif kind == 2:
        lines[at], lines[to] = lines[to], lines[at]
    elif kind == 3:
        lines[at] = random_.choice((b" ", b"  ", b"\t", b"    ")) + lines[at]
    elif kind == 4:
        lines[at] = lines[at].lstrip()
    elif kind == 5:
        lines[at] = lines[at].rstrip(b"\r\n") + random_.choice(
            (b"\r\n", b"\r", b"", b" #x\n", "\u2028".encode(), b"\x0c\n")
        )
    else:
        lines.insert(to, random_.choice(random_.choice(others).splitlines(keepends=True) or [b""]))
    return b"".join(lines)


def _scalar(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    """One word or value gives way to an odd one, in place, so that the text stays as it was written."""
    text = data.decode("utf-8", errors="replace")
    places = [match.span() for match in re.finditer(r"[\w.]+|(?<=: )[^\n{}\[\],]+", text)]
    if not places:
        return data
    start, end = random_.choice(places)
    other = text[slice(*random_.choice(places))] if random_.random() < 0.4 else _odd(random_)
    return (text[:start] + other + text[end:]).encode("utf-8", errors="replace")


def _tree(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    """Nodes are removed, doubled, exchanged, or replaced by those of other texts; or else lines."""
    root = _composed(data)
    if root is None:
        return _lines(data, others, random_)
    try:
        return _rewritten(root, others, random_)
    except (yaml.YAMLError, RecursionError, ValueError):
        return data  # what nests too deep to be written


def _rewritten(root: Tree, others: Sequence[bytes], random_: random.Random) -> bytes:
    for _ in range(random_.choice((1, 1, 2))):
        holders = [node for node in _nodes(root) if isinstance(node, yaml.CollectionNode) and node.value]
        if holders:
            _change(random_.choice(holders), root, _composed(random_.choice(others)) or root, random_)
    flow = random_.choice((None, None, True, False))
    for node in _nodes(root):
        if flow is not None and isinstance(node, yaml.CollectionNode):
            node.flow_style = flow
    width = random_.choice((20, 80, 10_000))
    text = yaml.serialize(root, Dumper=WRITER, allow_unicode=True, width=width)
    return text.encode("utf-8", errors="replace")


def _composed(data: bytes) -> Tree | None:
    if re.search(rb"[\s\[{,]\*[^\s*/)]", data):
        return None  # aliases make trees of any size, and circles
    try:
        return yaml.compose(data.decode("utf-8-sig"), Loader=READER)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def _nodes(root: Tree, depth: int = 0) -> Iterator[Tree]:
    yield root
    if depth > 60 or not isinstance(root, yaml.CollectionNode):
        return
    for child in root.value:
        for node in child if isinstance(child, tuple) else (child,):
            yield from _nodes(node, depth + 1)


def _copy(node: Tree) -> Tree:
    """So that no node stands in two places, which would be written as an alias, or inside of itself."""
    if isinstance(node, yaml.ScalarNode):
        return yaml.ScalarNode(node.tag, node.value, style=node.style)
    return type(node)(node.tag, [_copy_child(child) for child in node.value], flow_style=node.flow_style)


def _copy_child(child: Tree | tuple[Tree, Tree]) -> Tree | tuple[Tree, Tree]:
    return (_copy(child[0]), _copy(child[1])) if isinstance(child, tuple) else _copy(child)


def _some(root: Tree, random_: random.Random) -> Tree:
    return _copy(random_.choice([*_nodes(root)]))


def _odd_node(random_: random.Random) -> Tree:
    text = _odd(random_)
    style = random_.choice((None, '"', "'", "|", ">"))
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


def _change(holder: Tree, root: Tree, other: Tree, random_: random.Random) -> None:
    children = holder.value
    at, to = random_.randrange(len(children)), random_.randrange(len(children))
    changes: tuple[Callable[[], object], ...] = (
        lambda: children.pop(at),
        lambda: children.insert(to, _copy_child(children[at])),
        lambda: children.insert(to, children.pop(at)),
        lambda: _put(children, at, _some(other, random_)),
        lambda: _put(children, at, _some(other, random_)),
        lambda: _put(children, at, _odd_node(random_)),
        lambda: _put(
            children, at, yaml.SequenceNode("tag:yaml.org,2002:seq", [_value(children[at])], flow_style=True)
        ),
        lambda: _put(children, at, _copy(_value(children[to]))),
        lambda: _rename(children, at, _some(other, random_), random_),
        lambda: children.extend(_alike(holder, other, random_)),
    )
    random_.choice(changes)()


def _value(child: Tree | tuple[Tree, Tree]) -> Tree:
    return child[1] if isinstance(child, tuple) else child


def _put(children: list, at: int, node: Tree) -> None:
    children[at] = (children[at][0], node) if isinstance(children[at], tuple) else node


def _rename(children: list, at: int, key: Tree, random_: random.Random) -> None:
    if isinstance(children[at], tuple):
        name = key if isinstance(key, yaml.ScalarNode) else _odd_node(random_)
        children[at] = (name, children[at][1])


def _alike(holder: Tree, other: Tree, random_: random.Random) -> list:
    """Children of a node of the same kind elsewhere."""
    found = [
        node for node in _nodes(other) if type(node) is type(holder) and node.value and node is not holder
    ]
    return [_copy_child(random_.choice(random_.choice(found).value))] if found else []
