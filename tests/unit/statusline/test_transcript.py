"""The last answer in a transcript, however long it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.statusline import transcript
from ccr_desktop.statusline.transcript import last_answer


def answer(model: str, **more: Any) -> dict[str, Any]:
    return {"type": "assistant", "message": {"model": model, "usage": {"input_tokens": 3}}, **more}


def write(folder: Path, *entries: Any) -> str:
    path = folder / "transcript.jsonl"
    lines = (entry if isinstance(entry, str) else json.dumps(entry) for entry in entries)
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


QUESTION = {"type": "user", "message": {"content": 'the word "assistant"'}}


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_the_newest_answer_counts(tmp_path: Path, end: str) -> None:
    path = write(tmp_path, answer("old"), QUESTION, answer("new"), QUESTION, end)

    assert last_answer(path)["model"] == "new"


@pytest.mark.parametrize(
    "later",
    [
        answer("<synthetic>"),
        answer("sub-agent", isSidechain=True),
        {"type": "assistant"},
        {"type": "assistant", "message": "words"},
        '{"type": "assistant", "message": {"mod',
        ["assistant"],
    ],
    ids=["made up", "side chain", "no message", "odd message", "half a line", "list"],
)
def test_lines_that_are_no_answer_are_passed_over(tmp_path: Path, later: Any) -> None:
    assert last_answer(write(tmp_path, answer("model"), later))["model"] == "model"


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_blocks_may_end_anywhere(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcript, "_BLOCK_BYTES", size)
    path = write(tmp_path, answer("first"), QUESTION, {"type": "user", "message": "x" * 300})

    assert last_answer(path)["model"] == "first"


def test_a_long_transcript_is_read_only_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(json.dumps(answer("far away")).encode() + b"\n")
        file.truncate(200 * 1024 * 1024)

    assert last_answer(str(path)) == {}

    with path.open("ab") as file:
        file.write(b"\n" + json.dumps(answer("near")).encode() + b"\n")
    assert last_answer(str(path))["model"] == "near"


def test_without_a_file_there_is_no_answer(tmp_path: Path) -> None:
    for path in ("", "a\0b", str(tmp_path), str(tmp_path / "missing"), "/dev/zero"):
        assert last_answer(path) == {}
