"""Past sessions, from files as Claude Code writes them, and from files that are none."""

import json
import os
import uuid
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.launch.sessions import encoded, has_any, recent_folders, sessions_of


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "claude"))
    return tmp_path


def folder(home: Path, name: str = "project") -> Path:
    made = home / name
    made.mkdir(parents=True, exist_ok=True)
    return made


def user(text: Any, cwd: Path, **more: Any) -> dict[str, Any]:
    message = {"role": "user", "content": text}
    return {"type": "user", "message": message, "cwd": str(cwd), "isSidechain": False, **more}


def write(home: Path, cwd: Path, *entries: Any, age_s: float = 0, name: str = "") -> str:
    """A session file; texts are written as they are."""
    session = name or str(uuid.uuid4())
    path = home / "claude" / "projects" / encoded(str(cwd)) / f"{session}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    os.utime(path, (2_000_000_000 - age_s, 2_000_000_000 - age_s))
    return session


def test_sessions_of_a_folder_are_told_the_newest_first(home: Path) -> None:
    project = folder(home)
    old = write(home, project, user("Fix the\n  tests", project), age_s=10)
    new = write(home, project, {"type": "mode"}, user([{"type": "text", "text": "Hi"}], project))

    found = sessions_of(project)

    assert [(s.id, s.first_line) for s in found] == [(new, "Hi"), (old, "Fix the tests")]
    assert found[0].folder == project
    assert found[1].last_used_s == 2_000_000_000 - 10
    assert [session.id for session in sessions_of(project, limit=1)] == [new]


def test_a_folder_has_something_to_continue_once_there_is_a_session(home: Path) -> None:
    project, other = folder(home), folder(home, "other")
    assert not has_any(project)

    write(home, project, "not even JSON")

    assert has_any(project)
    assert not has_any(other)


def test_words_of_claude_itself_are_not_taken_for_the_users(home: Path) -> None:
    project = folder(home)
    write(
        home,
        project,
        {"type": "queue-operation", "operation": "enqueue", "content": "typed early"},
        user("Caveat: these messages were made by commands", project, isMeta=True),
        user("<command-name>/clear</command-name>", project),
        user([{"type": "tool_result", "content": "x"}], project),
        user([{"type": "text", "text": text} for text in ("<ide_opened_file>", "Go")], project),
    )

    assert sessions_of(project)[0].first_line == "Go"


def test_a_session_that_was_summed_up_shows_that(home: Path) -> None:
    project = folder(home)
    write(home, project, {"type": "summary", "summary": "About tests"}, {"cwd": str(project)})

    assert sessions_of(project)[0].first_line == "About tests"


def test_files_that_are_no_conversation_are_left_out(home: Path) -> None:
    project = folder(home)
    write(home, project, user("sub", project, isSidechain=True))
    write(home, project, user("agent", project), name="agent-1234")
    write(home, project, "", "{", "[]", "5", json.dumps({"type": "user", "message": 7}))
    (home / "claude" / "projects" / encoded(str(project)) / f"{uuid.uuid4()}.jsonl").mkdir()

    assert sessions_of(project) == []


def test_broken_lines_hide_nothing_that_comes_after_them(home: Path) -> None:
    project = folder(home)
    write(
        home, project, '{"type": "user", "mess', '"\\ud800"', "[" * 100_000, user("Found", project)
    )

    assert sessions_of(project)[0].first_line == "Found"


def test_folders_that_are_called_the_same_when_encoded_are_kept_apart(home: Path) -> None:
    one, other = folder(home, "a-b"), folder(home, "a/b")
    assert encoded(str(one)) == encoded(str(other))
    write(home, one, user("one", one))
    write(home, other, user("other", other))

    assert [session.first_line for session in sessions_of(one)] == ["one"]


def test_a_long_folder_is_found_by_the_beginning_of_its_name(home: Path) -> None:
    project = folder(home, "/".join(["long" * 12] * 5))
    assert len(encoded(str(project))) == 200
    write(home, project, user("deep", project))
    place = home / "claude" / "projects" / encoded(str(project))
    place.rename(place.with_name(f"{place.name}-1x2y3z"))

    assert [session.first_line for session in sessions_of(project)] == ["deep"]


def test_a_link_to_a_folder_shows_its_sessions(home: Path) -> None:
    project, link = folder(home), home / "link"
    link.symlink_to(project)
    write(home, project, user("real", project))

    assert [session.first_line for session in sessions_of(link)] == ["real"]


def test_only_the_beginning_of_a_large_file_is_read(home: Path) -> None:
    project = folder(home)
    write(home, project, {"x": "y" * 300_000}, user("far away", project))
    write(home, project, user("near", project), {"x": "y" * 300_000}, age_s=1)

    assert [session.first_line for session in sessions_of(project)] == ["near"]


def test_a_thousand_sessions_are_listed_and_the_newest_are_read(home: Path) -> None:
    project = folder(home)
    for number in range(1000):
        write(home, project, user(f"number {number}", project), age_s=number)

    assert [s.first_line for s in sessions_of(project, limit=3)] == [
        "number 0",
        "number 1",
        "number 2",
    ]
    assert len(sessions_of(project, limit=5000)) == 1000


def test_recent_folders_are_those_that_are_still_there(home: Path) -> None:
    one, two, gone = folder(home, "one"), folder(home, "two"), folder(home, "gone")
    write(home, one, user("a", one), age_s=30)
    write(home, two, user("b", two), age_s=20)
    write(home, two, "{", age_s=5)
    write(home, gone, user("c", gone))
    gone.rmdir()

    found = recent_folders()

    assert [recent.folder for recent in found] == [two, one]
    assert found[0].last_used_s == 2_000_000_000 - 5
    assert [recent.folder for recent in recent_folders(1)] == [two]


def test_without_claude_there_is_nothing(home: Path) -> None:
    assert recent_folders() == []
    assert sessions_of(home) == []


def test_nothing_is_written(home: Path) -> None:
    project = folder(home)
    write(home, project, user("a", project))
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}

    sessions_of(project)
    recent_folders()

    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before
