"""Databases and dumps that were made to do harm, were damaged, or are only a part."""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from ccr_desktop.core.transfer import databases, dumps
from ccr_desktop.core.transfer.found import UnreadableError
from ccr_desktop.core.transfer.sources import read_file
from tests.support.foreign.made import cc_switch_database, ccr3_database, text

_MORE = "It wants more than to describe tables"
_LARGE = "There is more in it than settings are"
_INTO = "INSERT INTO providers (id, app_type, name, settings_config) VALUES "


def exported(tmp_path: Path, more: str) -> Path:
    path = tmp_path / "export.sql"
    path.write_text(text("cc_switch.sql") + more, encoding="utf-8")
    return path


def made(path: Path, script: str) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


def test_a_table_that_stands_by_its_key_is_read(tmp_path: Path) -> None:
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (id TEXT PRIMARY KEY, b) WITHOUT ROWID;"
        "INSERT INTO t VALUES ('z', 1), ('a', 2);",
    )

    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert databases.rows(connection, "t", ["id"]) == [{"id": "a"}, {"id": "z"}]


def test_other_tables_are_read_as_they_were_filled(tmp_path: Path) -> None:
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (id TEXT PRIMARY KEY, b);INSERT INTO t VALUES ('z', 1), ('a', 2);",
    )

    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert databases.rows(connection, "t", ["id"]) == [{"id": "z"}, {"id": "a"}]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine it is still what there is too much of that ends a reading, not the time."""
    for module in (databases, dumps):
        monkeypatch.setattr(module, "_MOST_S", 300.0)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (f"{_INTO} (1, 'claude', 'x', hex(zeroblob(400000000)));", _MORE),
        (f"{_INTO} (1, 'claude', 'x', randomblob(400000000));", _MORE),
        ("CREATE TABLE t AS SELECT * FROM providers, providers AS b;", _MORE),
        ("CREATE TEMP TABLE t (a);", _MORE),
        ("UPDATE providers SET name = name || name;", _MORE),
        ("CREATE TRIGGER t AFTER INSERT ON providers BEGIN DELETE FROM providers; END;", _MORE),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT i FROM n;", _MORE),
        (f"{_INTO} (1, 2, 3, 4), (5, 6, 7, (SELECT max(name) FROM providers));", _MORE),
        (f"{_INTO} (1, 2, 3, 4), (5, 6, 7, 8 IN providers);", _MORE),
        ("INSERT INTO providers -- '\nSELECT * FROM providers, providers AS b -- '\n;", _MORE),
        (f"{_INTO} (1, 'claude', 'x', '{'y' * 1_100_000}');", _LARGE),
        (f"{_INTO} ({'1 IN (' + '1,' * 600_000}1), 'claude', 'x', '');", _LARGE),
        (
            "CREATE TABLE t (a DEFAULT (randomblob(100000000)), b); INSERT INTO t (b) VALUES (1);",
            _LARGE,
        ),
        ("".join(f"CREATE TABLE t{n} (a);" for n in range(20_000)), _LARGE),
    ],
    ids=[
        *("zeroblob", "randomblob", "query", "temporary", "doubling", "trigger", "recursive"),
        *("query among rows", "table among rows", "query behind a comment"),
        *("value", "statement", "default", "tables"),
    ],
)
def test_a_dump_may_not_fill_the_memory(tmp_path: Path, more: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_file(exported(tmp_path, more))


def test_a_dump_may_not_fill_the_memory_with_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "_MOST_PAGES", 64)
    row = f"{_INTO} ('{{}}', 'claude', 'x', '{'y' * 1000}');\n"

    with pytest.raises(UnreadableError, match=_LARGE):
        read_file(exported(tmp_path, "".join(row.format(n) for n in range(500))))


def test_a_dump_may_not_take_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_MOST_S", -1.0)

    with pytest.raises(UnreadableError, match="It takes too long to read"):
        read_file(exported(tmp_path, ""))


def test_a_dump_is_read_with_its_comments_and_whatever_stands_in_quotes(tmp_path: Path) -> None:
    more = (
        "/* a ; comment */ -- it's one\n;;"
        f"{_INTO} ('1', 'gemini', 'semi; -- ''colon''', "
        """'{"env":{"GEMINI_API_KEY":"k","GOOGLE_GEMINI_BASE_URL":"https://g.test"}}')"""
    )

    providers = read_file(exported(tmp_path, more)).raw["Providers"]

    assert providers[-1]["name"] == "semi; -- 'colon'"


def test_rows_of_one_statement_are_all_read(tmp_path: Path) -> None:
    """As CC Switch writes them of late."""
    row = (
        """('{}', 'openclaw', 'it''s -- {}; SELECT', '{{"baseUrl":"https://{}.test"}}', X'6162')"""
    )
    more = 'INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "notes") VALUES '
    more += ",".join(row.format(name, name, name) for name in ("a", "b", "c")) + ";"

    providers = read_file(exported(tmp_path, more)).raw["Providers"]

    assert [each["name"] for each in providers[-3:]] == [
        f"it's -- {name}; SELECT" for name in ("a", "b", "c")
    ]


def test_times_and_counters_are_what_a_dump_may_have(tmp_path: Path) -> None:
    more = (
        "CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT DEFAULT (datetime('now')),"
        " n INTEGER CHECK (n > 0)); INSERT INTO log (n) VALUES (1);"
        "DELETE FROM sqlite_sequence; INSERT INTO sqlite_sequence VALUES ('log', 1);"
        "CREATE UNIQUE INDEX i ON log (at); CREATE VIEW v AS SELECT at FROM log;"
    )

    assert read_file(exported(tmp_path, more)).raw["Providers"]


_ROWS = (
    "CREATE TABLE providers (app_type, name, settings_config{columns});"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    " INSERT INTO providers (app_type, name, settings_config) SELECT 'claude', 'x', {value} FROM n;"
)


@pytest.mark.parametrize(
    ("count", "value"), [(25_000, "'y'"), (100, "zeroblob(1000000)"), (1, "zeroblob(9000000)")]
)
def test_a_database_may_not_fill_the_memory(tmp_path: Path, count: int, value: str) -> None:
    path = made(tmp_path / "a.db", _ROWS.format(columns="", count=count, value=value))

    with pytest.raises(UnreadableError, match=_LARGE):
        read_file(path)


def test_a_database_with_thousands_of_tables_is_not_one_of_settings(tmp_path: Path) -> None:
    many = "".join(f"CREATE TABLE t{n} (a);" for n in range(3000))
    path = made(tmp_path / "a.db", f"BEGIN; {many} COMMIT;")

    with pytest.raises(UnreadableError, match=_LARGE):
        read_file(path)


def test_what_a_database_would_compute_is_not_asked_for(tmp_path: Path) -> None:
    columns = ", meta AS (hex(zeroblob(1000000))), is_current AS (1)"
    path = made(tmp_path / "a.db", _ROWS.format(columns=columns, count=1, value="'{}'"))

    assert "One (claude)" not in str(read_file(path).needs_hand)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE app_config (a); INSERT INTO app_config VALUES (1);",
        "CREATE TABLE providers (a); INSERT INTO providers VALUES (1);",
        "CREATE VIEW providers AS SELECT 1 AS app_type, 2 AS name, 3 AS settings_config;",
    ],
)
def test_tables_that_only_have_the_names_are_of_another_kind(tmp_path: Path, script: str) -> None:
    with pytest.raises(UnreadableError, match="another kind"):
        read_file(made(tmp_path / "a.db", script))


def test_keys_for_clients_in_a_table_of_another_shape_are_left_alone(tmp_path: Path) -> None:
    script = "DROP TABLE api_keys; CREATE TABLE api_keys (a); INSERT INTO api_keys VALUES (1);"
    path = made(ccr3_database(tmp_path / "config.sqlite"), script)

    assert read_file(path).raw["Providers"]


@pytest.mark.parametrize("kept", [16, 100, 1000, 5000])
def test_a_database_that_was_cut_off_is_told_so(tmp_path: Path, kept: int) -> None:
    path = cc_switch_database(tmp_path / "cc-switch.db")
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(UnreadableError, match=r"damaged or was cut off|can't be read|another kind"):
        read_file(path)


def test_a_database_without_its_log_is_not_called_another_kind(tmp_path: Path) -> None:
    source = tmp_path / "config.sqlite"
    connection = sqlite3.connect(source)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE app_config (key, value_json)")
    copy = Path(shutil.copy(source, tmp_path / "copy.sqlite"))
    connection.close()

    with pytest.raises(UnreadableError, match=r"lack its newest part: Copy copy\.sqlite-wal"):
        read_file(copy)


def test_a_full_disk_is_not_told_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cc_switch_database(tmp_path / "cc-switch.db")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(databases.tempfile, "TemporaryDirectory", full)

    with pytest.raises(UnreadableError, match="can't be copied to be read: The disk is full"):
        read_file(path)


@pytest.mark.parametrize("name", ["a.db", "a.json", "a.sql"])
def test_an_empty_file_is_called_empty(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()

    with pytest.raises(UnreadableError, match=f"{name} is empty"):
        read_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_beside_a_database_is_not_waited_for(tmp_path: Path) -> None:
    path = cc_switch_database(tmp_path / "cc-switch.db")
    os.mkfifo(tmp_path / "cc-switch.db-wal")

    with pytest.raises(UnreadableError, match="It is a pipe, not a file"):
        read_file(path)


def test_a_link_to_a_database_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "link.db"
    path.symlink_to(cc_switch_database(tmp_path / "cc-switch.db"))

    assert read_file(path).raw["Providers"]


def test_bytes_anywhere_in_a_database_raise_nothing_but_our_errors(tmp_path: Path) -> None:
    data = ccr3_database(tmp_path / "config.sqlite").read_bytes()
    path = tmp_path / "damaged.sqlite"

    for place in range(100, 4096, 7):
        path.write_bytes(data[:place] + b"\xb4\xff" + data[place + 2 :])
        with contextlib.suppress(UnreadableError):
            read_file(path)
