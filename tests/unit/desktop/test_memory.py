"""What the app remembers between starts."""

import json
from pathlib import Path

import pytest

from ccr_desktop.desktop.memory import Memory


def test_values_are_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "data" / "window.json"

    Memory(path).set("hidden", ["a", "b"])

    assert Memory(path).get("hidden", []) == ["a", "b"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_value_of_another_type_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_text(json.dumps({"window": 7}), encoding="utf-8")

    assert Memory(path).get("window", "") == ""


@pytest.mark.parametrize("content", ["{", "[]", "\ufeffx", "[" * 100_000], ids=range(4))
def test_a_damaged_file_is_an_empty_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(content, encoding="utf-8")
    memory = Memory(path)

    assert memory.get("window", "none") == "none"
    memory.set("window", "here")
    assert Memory(path).get("window", "") == "here"


def test_a_folder_that_can_not_be_written_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    memory = Memory(tmp_path / "data" / "window.json")

    memory.set("window", "here")
    memory.set("window", "there")

    assert memory.get("window", "") == "there"
    assert caplog.text.count("is not kept") == 1
    assert "Traceback" not in caplog.text
