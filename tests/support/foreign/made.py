"""The databases of other programs, made from the texts in this folder."""

import sqlite3
from pathlib import Path

FOLDER = Path(__file__).parent
_CCR3 = """
CREATE TABLE app_config (key TEXT PRIMARY KEY, value_json TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', encrypted_key TEXT NOT NULL,
  encryption TEXT NOT NULL DEFAULT 'plain', created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL DEFAULT '', limits_json TEXT NOT NULL DEFAULT ''
);
CREATE TABLE runtime_state (
  key TEXT PRIMARY KEY, value_json TEXT NOT NULL, updated_at TEXT NOT NULL
);
"""


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def ccr3_database(path: Path, *, client_keys: int = 1, value: str = "") -> Path:
    """As claude-code-router 3 leaves it while it runs: the newest is in the log beside it."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_CCR3)
    row = ("default", value or text("ccr3.json"), "2026-05-01T10:00:00.000Z")
    connection.execute("INSERT INTO app_config VALUES (?, ?, ?)", row)
    for number in range(client_keys):
        key = (f"k{number}", f"client {number}", f"ccr-planted-{number}", "plain", "now", "", "")
        connection.execute("INSERT INTO api_keys VALUES (?, ?, ?, ?, ?, ?, ?)", key)
    connection.commit()
    connection.close()
    return path


def cc_switch_database(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(text("cc_switch.sql"))
    connection.close()
    return path
