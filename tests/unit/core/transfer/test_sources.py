"""What is said of a file that brings nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.sources import read_file
from ccr_desktop.errors import ConfigError


def test_a_file_with_a_mistake_is_told_by_its_name_and_place(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{\n  "Providers": [', "utf-8")

    with pytest.raises(ConfigError) as told:
        read_file(path)

    assert told.value.title == "settings.json can't be read"
    assert str(told.value).startswith("settings.json can't be read: ")
    assert "line 2" in told.value.issues[0].problem


def test_a_file_that_is_too_large_is_told_without_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    with path.open("wb") as file:
        file.truncate(1 << 30)

    with pytest.raises(ConfigError) as told:
        read_file(path)

    (issue,) = told.value.issues
    assert (issue.problem, issue.hint) == ("It is larger than 16 MiB.", "Choose another file.")


def test_of_an_export_with_large_logs_the_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "export.sql"
    with path.open("wb") as file:
        file.write(b"-- CC Switch SQLite export\n")
        file.truncate(17 << 20)

    with pytest.raises(ConfigError) as told:
        read_file(path)

    hint = told.value.issues[0].hint
    assert hint.startswith("Choose the database of CC Switch instead, usually ")
    assert hint.endswith(f"{Path('.cc-switch', 'cc-switch.db')}.")


@pytest.mark.parametrize("name", ["ccr.db", "cc-switch.DB", "export.sql"])
def test_what_is_called_a_database_and_is_none_is_not_read_as_text(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xf0\x9f\x00 not a database")

    with pytest.raises(UnreadableError, match=f"{name} is not a file that is known here"):
        read_file(path)


def test_the_file_that_a_link_leads_to_brings_its_provider(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(
        '{"name": "Relay", "base_url": "https://relay.example.com/v1", "models": ["m"],'
        ' "protocol": "openai_chat_completions", "api_key": "sk-planted-0123456789"}'
    )

    found = read_file(path)

    assert found.origin is Origin.FILE
    assert found.raw["Providers"] == [
        {
            "name": "Relay",
            "api_base_url": "https://relay.example.com/v1/chat/completions",
            "api_key": "sk-planted-0123456789",
            "models": ["m"],
        }
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK\x03\x04\0\0", "is a ZIP: A preset is added"), (b"\x7fELF\0\1", "is not a file that")],
)
def test_of_what_is_no_text_nobody_is_told_to_save_it_as_text(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(data)

    with pytest.raises(UnreadableError, match=words):
        read_file(path)


@pytest.mark.parametrize("wrapped", [False, True])
def test_more_providers_than_can_be_looked_at_are_refused(tmp_path: Path, *, wrapped: bool) -> None:
    entries = [{"name": f"p{n}", "api_base_url": "https://a.test/v1"} for n in range(501)]
    config: dict[str, Any] = {"Providers": entries}
    own = {"ccr-desktop": "settings", "version": 1, "config": config}
    path = tmp_path / "many.json"
    path.write_text(json.dumps(own if wrapped else config))

    with pytest.raises(UnreadableError, match="There are 501 providers in it: 500 at most"):
        read_file(path)


def test_more_things_than_can_be_looked_at_are_refused() -> None:
    found = Found("Test", Origin.FILE, {f"key {n}": n + 1 for n in range(1501)})

    with pytest.raises(UnreadableError, match="1501 things in it"):
        offer(found, {})


def test_of_what_needs_a_hand_the_first_are_listed() -> None:
    found = Found("Test", Origin.FILE, {}, needs_hand=[f"rule {n}: why" for n in range(102)])

    lines = offer(found, {}).needs_hand

    assert lines[99:] == ("rule 99: why", "2 more are not listed.")


def test_why_a_file_is_not_read_is_said_in_words_of_ours(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as missing:
        read_file(tmp_path / "gone.json")
    with pytest.raises(UnreadableError) as folder:
        read_file(tmp_path)

    assert missing.value.message == "There is no such file or folder."
    assert folder.value.message == "It is a folder."
