"""Other programs' databases, read from a copy: theirs is never opened, and may be in use.

What is in them may have come from anybody: what is taken into memory has an end.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.transfer.found import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MAGIC = b"SQLite format 3\x00"
_MOST_BYTES = 256 * 1024 * 1024
_PIECE_BYTES = 1024 * 1024
_MOST_S = 5.0
_STEP = 10_000  # instructions
_STEPS_OF_A_SCHEMA = 10_000  # some hundreds of tables and indexes
_LONGEST_VALUE = 4 * 1024 * 1024
_LONGEST_STATEMENT = 32 * 1024  # a table or an index, as its text says
_MOST_COLUMNS = 200
_MOST_ROWS, _MOST_TEXT = 20_000, 32 * 1024 * 1024
_LOGS = 2
"""What stands in the header, at `_LOGS_AT`, of a database with a write-ahead log."""
_LOGS_AT = 18
_TOO_LARGE = "There is more in it than settings are. Export only the settings, or enter them here."
_DAMAGED = "It is damaged or was cut off. Make it again where it is from."
_REASONS = {
    sqlite3.SQLITE_INTERRUPT: "It takes too long to read.",
    sqlite3.SQLITE_AUTH: "It wants more than to describe tables.",
    sqlite3.SQLITE_TOOBIG: _TOO_LARGE,
    sqlite3.SQLITE_FULL: _TOO_LARGE,
    sqlite3.SQLITE_NOMEM: _TOO_LARGE,
}


class LateError(Exception):
    """It takes too long."""


@contextmanager
def copied(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database at *path*, with what its writer has not merged into it yet."""
    with _folder(path) as folder:
        copy = folder / "copy.sqlite"
        _copy(path, copy)
        log = _log_of(path)
        if log.exists():
            _copy(log, _log_of(copy))
        with failures(path.name):
            connection = sqlite3.connect(copy)
            try:
                limit(connection, _LONGEST_VALUE, _LONGEST_STATEMENT, _MOST_COLUMNS)
                connection.text_factory = _text
                _read_schema(connection)
                stop_in_time(connection, time.monotonic() + _MOST_S)
                yield connection
            finally:
                connection.close()


def lacks_its_log(path: Path, head: bytes) -> bool:
    """Whether the newest part of the database that begins with *head* may be elsewhere."""
    return head[_LOGS_AT : _LOGS_AT + 1] == bytes([_LOGS]) and not _log_of(path).exists()


def tables(connection: sqlite3.Connection) -> set[str]:
    """Real tables only: a view, or a virtual table, could compute anything."""
    words = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    return {str(name) for (name,) in connection.execute(words)}


def columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """Without those that are computed."""
    found = connection.execute(f'PRAGMA table_xinfo("{table}")')
    return {str(name) for _, name, *_, hidden in found if hidden == 0}


def rows(
    connection: sqlite3.Connection, table: str, wanted: Collection[str]
) -> list[dict[str, Any]]:
    """All rows of *table*, with those of the *wanted* columns that there are. All names are ours.

    Raises `UnreadableError` when there is more than settings can be.
    """
    names = sorted(columns(connection, table) & {*wanted})
    if not names:
        return []
    chosen = ", ".join(f'"{name}"' for name in names)
    words = f'SELECT {chosen} FROM "{table}"{_order(connection, table)}'  # noqa: S608  # ours
    cursor = connection.execute(words)
    found: list[dict[str, Any]] = []
    size = 0
    for row in cursor:
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(found) >= _MOST_ROWS or size > _MOST_TEXT:
            raise UnreadableError(f"{table} holds too much to be settings", _TOO_LARGE)
        found.append(dict(zip(names, row, strict=True)))
    return found


def _order(connection: sqlite3.Connection, table: str) -> str:
    """As the rows were added; in a table `WITHOUT ROWID` they stand by their key."""
    found = connection.execute(f'PRAGMA index_list("{table}")').fetchall()
    words = "SELECT count(*) FROM sqlite_master WHERE name = ?"
    is_by_key = any(
        connection.execute(words, (name,)).fetchone() == (0,)  # the table itself is that index
        for _, name, _, origin, *_ in found
        if origin == "pk"
    )
    return "" if is_by_key else " ORDER BY rowid"


@contextmanager
def failures(name: str) -> Iterator[None]:
    """What SQLite says, in words of ours."""
    title = f"{name} can't be read as a database"
    try:
        yield
    except sqlite3.Error as exc:
        raise UnreadableError(title, _reason(exc)) from exc
    except UnicodeDecodeError as exc:  # SQLite's words repeat what is damaged
        raise UnreadableError(title, _DAMAGED) from exc
    except LateError as exc:
        raise UnreadableError(title, _REASONS[sqlite3.SQLITE_INTERRUPT]) from exc
    except MemoryError as exc:
        raise UnreadableError(title, _TOO_LARGE) from exc


def limit(connection: sqlite3.Connection, value: int, statement: int, columns: int) -> None:
    """No value, statement or row is larger than that."""
    for category, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, value),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, statement),
        (sqlite3.SQLITE_LIMIT_COLUMN, columns),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 30),
        (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 4),
    ):
        connection.setlimit(category, most)


def refuse_late(end_s: float) -> None:
    """Raise `LateError` after *end_s*."""
    if time.monotonic() > end_s:
        raise LateError


def stop_in_time(connection: sqlite3.Connection, end_s: float) -> None:
    connection.set_progress_handler(lambda: time.monotonic() > end_s, _STEP)


def _read_schema(connection: sqlite3.Connection) -> None:
    """All of it stays in memory, many times as large as in the file."""
    connection.set_progress_handler(lambda: True, _STEPS_OF_A_SCHEMA)
    connection.execute("PRAGMA trusted_schema = OFF")
    try:
        tables(connection)
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise sqlite3.DataError from exc  # not the time, but how much there is
        raise


def _reason(exc: sqlite3.Error) -> str:
    """Never in SQLite's words, which repeat the text where they stopped: a key may stand there."""
    if isinstance(exc, sqlite3.DataError):
        return _TOO_LARGE
    if str(exc).startswith("not authorized"):  # with the code of any error, for a function
        return _REASONS[sqlite3.SQLITE_AUTH]
    code = getattr(exc, "sqlite_errorcode", None)
    return _REASONS.get(code or 0) or _DAMAGED


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="ccr-desktop-", ignore_cleanup_errors=True)
    except OSError as exc:
        raise _uncopied(path, exc) from exc
    with folder as name:
        yield Path(name)


def _copy(source: Path, target: Path) -> None:
    try:
        file = open_regular(source)
    except OSError as exc:
        raise UnreadableError(f"{source} can't be read", f"{why(exc)}.") from exc
    with file:
        try:
            with target.open("wb") as copy:
                for piece in _pieces(file, source):
                    copy.write(piece)
        except OSError as exc:
            raise _uncopied(source, exc) from exc


def _pieces(file: BinaryIO, source: Path) -> Iterator[bytes]:
    size = 0
    while piece := file.read(_PIECE_BYTES):
        size += len(piece)
        if size > _MOST_BYTES:
            hint = f"It is larger than {_MOST_BYTES >> 20} MiB."
            raise UnreadableError(f"{source.name} is too large to be settings", hint)
        yield piece


def _uncopied(source: Path, exc: OSError) -> UnreadableError:
    """Either the file or the folder for temporary files: the reason tells which."""
    return UnreadableError(f"{source.name} can't be copied to be read", f"{why(exc)}.")
