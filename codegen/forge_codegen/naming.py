# SPDX-License-Identifier: MIT
"""Names: C++ words, struct names from table names, enumerators from values, default names of constraints.

The one place that knows how a name of the spec becomes a name of C++ or SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NAME = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
SQLITE_OWN = "sqlite_"
LEDGER_OWN = "_forge_"  # the tables in which databases keep what was migrated
SQL_NAME_LIMIT = 63  # PostgreSQL cuts longer names short
POSTGRES_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})  # every table has them


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEYWORDS = _words(
    """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t
    char32_t class compl concept const consteval constexpr constinit const_cast continue co_await
    co_return co_yield decltype default delete do double dynamic_cast else enum explicit export
    extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq
    nullptr operator or or_eq private protected public register reinterpret_cast requires return
    short signed sizeof static static_assert static_cast struct switch template this thread_local
    throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while
    xor xor_eq
    """
)
# Object-like macros of compilers with GNU extensions and of C and POSIX headers; others do no harm.
MACROS = _words(
    """
    linux unix i386 errno stdin stdout stderr NULL EOF BUFSIZ RAND_MAX TRUE FALSE DOMAIN OVERFLOW
    UNDERFLOW INFINITY NAN HUGE_VAL CHAR_BIT CHAR_MIN CHAR_MAX INT_MIN INT_MAX LONG_MIN LONG_MAX
    EXIT_SUCCESS EXIT_FAILURE SEEK_SET SEEK_CUR SEEK_END EACCES EAGAIN EBUSY EEXIST EINTR EINVAL EIO
    ENOENT EPERM SIGINT SIGKILL SIGTERM
    """
)
# Names that generated code itself uses unqualified or as the start of a qualified name.
RESERVED = frozenset({"std", "forge_db", "boost"})
# Schema namespaces that would be hidden by a name of namespace forge_db inside its specialisations.
TAKEN_NAMESPACES = RESERVED | _words(
    """
    bytes column column_list column_sets core database date decimal detail dialect direction driver
    error json maintenance migration migrations null page patch postgres query range repository
    required row_view schema seed session sqlite statement_slot storage table timestamp typed_id uuid
    version
    """
)
# Functions, variables and types of C and POSIX headers that someone may well name a schema after: no global
# namespace can share their names.
GLOBALS = _words(
    """
    abort abs access acct alarm asin atan atexit basename brk bsearch calloc ceil chdir chmod chown chroot
    clock clone close confstr cos crypt ctime daemon daylight div dup ecvt environ erf exit exp fcntl fdim
    ffs flock floor fma fmax fmin fopen fork free gamma getenv getline gettext hypot index iovec kill labs
    lconv ldiv link llabs lockf log log10 log2 logb lseek madvise malloc mkdir mktemp mktime mlock mmap modf
    mount msync nan nice obstack open optarg pause pipe popen pow printf profil push putenv puts qsort raise
    rand random read realloc realpath remainder remove rename revoke rewind rindex rint rmdir round rusage
    sbrk scanf select setenv sigaction signal significand sin sleep splice sqlite3 sqrt stat statx strlen
    swab symlink sync syscall system tan tee time timelocal times timespec timeval timezone tm toupper trunc
    truncate tzset uint ulong umask unlink ushort utimes vfork wait write
    """
)


def namespace_problem(name: str) -> str:
    """Why a name cannot be the namespace that holds a schema's code; empty when it can.

    >>> namespace_problem("log"), namespace_problem("json"), namespace_problem("shop")
    ('a name of C headers', "a name that ForgeDB's own namespace uses", '')
    """
    if name in GLOBALS:
        return "a name of C headers"
    own = "a name that ForgeDB's own namespace uses" if name in TAKEN_NAMESPACES else ""
    return cpp_problem(name) or own


def cpp_problem(name: str) -> str:
    """Why a name cannot be an identifier of generated code; empty when it can.

    >>> cpp_problem("class"), cpp_problem("linux"), cpp_problem("title")
    ('a C++ keyword', 'a macro of system headers', '')
    """
    if name in KEYWORDS:
        return "a C++ keyword"
    if name in MACROS:
        return "a macro of system headers"
    if name in RESERVED:
        return "a namespace that generated code uses"
    return ""


def column_problem(name: str) -> str:
    """Like `cpp_problem`, and for the tag type `<name>_t`.

    >>> column_problem("wchar")
    "its tag type 'wchar_t' is a C++ keyword"
    """
    if name == "row_type":
        return "generated structs have a member type of that name"
    tag = cpp_problem(name + "_t")
    return cpp_problem(name) or (f"its tag type '{name}_t' is {tag}" if tag else "")


def step_problem(name: str) -> str:
    """Like `cpp_problem`, for a member function of the data steps' interface.

    >>> step_problem("data_steps")
    'their interface has that name itself'
    """
    return "their interface has that name itself" if name == "data_steps" else cpp_problem(name)


def singular(word: str) -> str:
    """The singular that struct names use; `struct:` says what the rule gets wrong.

    -ies becomes -y, -elves -elf; -sses, -shes, -ches, -xes, -zes, -iases, and -uses behind a consonant,
    lose the -es; -ss, -us, -is and what does not end in -s stay; all others lose the -s.

    >>> print(*map(singular, ["books", "shelves", "entries", "boxes", "statuses", "aliases", "warehouses"]))
    book shelf entry box status alias warehouse
    >>> print(*map(singular, ["status", "analysis", "class", "data", "usage"]))
    status analysis class data usage
    """
    if word.endswith("elves"):
        return word[:-3] + "f"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(ss|sh|ch|x|z|[^aeiou]us|ias)es$", word):
        return word[:-2]
    if word.endswith("s") and not re.search(r"(ss|us|is)$", word):
        return word[:-1]
    return word


def pascal(name: str) -> str:
    """
    >>> pascal("github_oauth_config")
    'GithubOauthConfig'
    """
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def struct_name(table: str) -> str:
    """
    >>> struct_name("vfs_file_versions"), struct_name("app_usage"), struct_name("books")
    ('VfsFileVersion', 'AppUsage', 'Book')
    """
    *first, last = table.split("_")
    return pascal("_".join([*first, singular(last)]))


def enumerator(value: str) -> str:
    """The enumerator for an enum's value: what is no letter or digit becomes `_`; C++ words get a `_` behind.

    >>> enumerator("chain-of-thought"), enumerator("default"), enumerator("3d")
    ('chain_of_thought', 'default_', '_3d')
    """
    name = re.sub(r"[^A-Za-z0-9]+", "_", value).strip("_")
    name = f"_{name}" if name[:1].isdigit() else name
    return f"{name}_" if cpp_problem(name) else name


def default_name(prefix: str, table: str, columns: Iterable[str]) -> str:
    """
    >>> default_name("ix", "books", ["title", "created_at"])
    'ix_books_title_created_at'
    """
    return "_".join([prefix, table, *columns])
