"""A database that text of SQL describes, made in memory.

Such text is somebody else's program, and may be written to fill the memory. So tables, indexes and
rows of values are all that it may make; queries, and functions that make large values of nothing,
it may not call. Each statement, each value and the whole have an end, and so has the time.
"""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from ccr_desktop.core.transfer.databases import failures, limit, refuse_late, stop_in_time

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_S = 5.0
_MOST_PAGES = 16_384  # of 4 KiB
_LONGEST_STATEMENT = 1 * 1024 * 1024
_MOST_COLUMNS = 64
_MOST_OF_THE_REST = 64 * 1024
"""Characters of all that is no row of values: what SQLite remembers of a table is far larger."""
_PIECE = re.compile(
    r"""(--[^\n]*|/\*.*?(?:\*/|\Z)|\s+)|(;)"""
    r"""|'[^']*(?:'|\Z)|"[^"]*(?:"|\Z)|`[^`]*(?:`|\Z)|\[[^\]]*(?:\]|\Z)|[^'"`\[;/\s-]+|.""",
    re.DOTALL,
)
_QUOTED = re.compile(r"""--[^\n]*|/\*.*?(?:\*/|\Z)|'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]""", re.DOTALL)
_WORD = re.compile(r"[^\W\d]\w*")
_OF_ROWS = {"insert", "into", "values", "null", "x"}
"""The words of a statement that brings rows, without quotes and comments; `x` is before bytes."""
_PIECES_AT_A_TIME = 10_000
_ALLOWED = {
    sqlite3.SQLITE_CREATE_TABLE,
    sqlite3.SQLITE_CREATE_INDEX,
    sqlite3.SQLITE_CREATE_VIEW,
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_REINDEX,  # a new index
    sqlite3.SQLITE_TRANSACTION,
}
_IN_TABLES_OF_SQLITE = {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
_PRAGMAS = {"foreign_keys", "user_version"}
_FUNCTIONS = {
    *("current_timestamp", "current_date", "current_time", "datetime", "date", "time"),
    *("strftime", "julianday", "unixepoch", "coalesce", "ifnull", "length", "typeof"),
    *("lower", "json_valid"),
}


@contextmanager
def from_sql(text: str, name: str) -> Iterator[sqlite3.Connection]:
    """The database that a dump describes. Raises `UnreadableError`."""
    with failures(name):
        connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        try:
            connection.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")
            limit(connection, _LONGEST_STATEMENT, _LONGEST_STATEMENT, _MOST_COLUMNS)
            _run(connection, text)
            connection.set_authorizer(None)
            yield connection
        finally:
            connection.close()


def _run(connection: sqlite3.Connection, text: str) -> None:
    end_s = time.monotonic() + _MOST_S
    stop_in_time(connection, end_s)
    running = ""

    def judge(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        is_fair = _is_fair(action, first, second) or (
            action == sqlite3.SQLITE_SELECT and _is_rows(running)
        )
        return sqlite3.SQLITE_OK if is_fair else sqlite3.SQLITE_DENY

    connection.set_authorizer(judge)
    rest = 0
    for statement in _statements(text, end_s):
        running = statement
        rest += 0 if statement[:6].upper() == "INSERT" else len(statement)
        if rest > _MOST_OF_THE_REST:
            raise sqlite3.DataError
        connection.execute(statement).close()


def _statements(text: str, end_s: float) -> Iterator[str]:
    """Each by itself: SQLite would take in the whole of a text at once. Raises `LateError`."""
    begin = None
    for count, found in enumerate(_PIECE.finditer(text)):
        if count % _PIECES_AT_A_TIME == 0:
            refuse_late(end_s)
        if found[2] and begin is not None:
            refuse_late(end_s)
            yield text[begin : found.start()]
            begin = None
        elif begin is None and not (found[1] or found[2]):
            begin = found.start()
    if begin is not None:
        yield text[begin:]


def _is_fair(action: int, first: str | None, second: str | None) -> bool:
    match action:
        case sqlite3.SQLITE_PRAGMA:
            return (first or "").lower() in _PRAGMAS
        case sqlite3.SQLITE_FUNCTION:
            return (second or "").lower() in _FUNCTIONS
        case action if action in _IN_TABLES_OF_SQLITE:
            return (first or "").lower().startswith("sqlite_")
        case _:
            return action in _ALLOWED


@lru_cache(maxsize=1)  # SQLite asks for each row
def _is_rows(statement: str) -> bool:
    """Whether it is an INSERT of values alone. SQLite takes several rows for a query."""
    words = _WORD.findall(_QUOTED.sub(" ", statement))
    return bool(words) and {word.lower() for word in words} <= _OF_ROWS
