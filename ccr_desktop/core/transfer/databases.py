"""Other programs' databases, read from a copy: theirs is never opened, and may be in use.

Text of SQL is somebody else's program. It runs in an empty database in memory, may touch nothing
else, and is stopped when it goes on for too long.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.transfer.found import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"SQLite format 3\x00"
_MOST_BYTES = 256 * 1024 * 1024
_MOST_STEPS = 2_000  # of 10,000 instructions: some seconds
_STEP = 10_000
_ALLOWED_PRAGMAS = {"foreign_keys", "user_version"}
_REFUSED = {
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_DROP_VTABLE,
}


@contextmanager
def copied(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database at *path*, with what its writer has not merged into it yet."""
    with tempfile.TemporaryDirectory(prefix="ccr-desktop-") as folder:
        copy = Path(folder) / "copy.sqlite"
        _copy(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            _copy(log, copy.with_name(f"{copy.name}-wal"))
        with _failures(path.name):
            connection = sqlite3.connect(copy)
            try:
                connection.execute("PRAGMA trusted_schema = OFF")
                _stop_in_time(connection)
                yield connection
            finally:
                connection.close()


@contextmanager
def from_sql(text: str, name: str) -> Iterator[sqlite3.Connection]:
    """The database that a dump describes."""
    with _failures(name):
        connection = sqlite3.connect(":memory:")
        try:
            connection.set_authorizer(_judge)
            _stop_in_time(connection)
            connection.executescript(text)
            connection.set_authorizer(None)
            yield connection
        finally:
            connection.close()


def tables(connection: sqlite3.Connection) -> set[str]:
    """Real tables only: a view could compute anything."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {str(name) for (name,) in rows}


def rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """All rows of *table* by the names of its columns; it is there, and named by us."""
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608  # ours
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


@contextmanager
def _failures(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as exc:
        raise UnreadableError(f"{name} can't be read as a database", _reason(exc)) from exc


def _reason(exc: sqlite3.Error) -> str:
    """Never in SQLite's words, which repeat the text where they stopped: a key may stand there."""
    code = getattr(exc, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_INTERRUPT:
        return "It takes too long to read."
    if code == sqlite3.SQLITE_AUTH:
        return "It wants more than to describe tables."
    return "It is damaged or was cut off. Make it again where it is from."


def _copy(source: Path, target: Path) -> None:
    try:
        with open_regular(source) as file, target.open("wb") as copy:
            if source.stat().st_size > _MOST_BYTES:
                raise UnreadableError(f"{source.name} is too large to be settings", "")
            shutil.copyfileobj(file, copy)
    except OSError as exc:
        raise UnreadableError(f"{source} can't be read", f"{exc.strerror or exc}.") from exc


def _stop_in_time(connection: sqlite3.Connection) -> None:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return steps > _MOST_STEPS

    connection.set_progress_handler(count, _STEP)


def _judge(action: int, first: str | None, *_: str | None) -> int:
    if action in _REFUSED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _ALLOWED_PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
