"""The list of launched folders."""

import json
import os
import time
import uuid
from pathlib import Path

import pytest

from ccr_desktop.launch.projects import Project, Projects
from ccr_desktop.launch.sessions import encoded


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "claude"))
    return tmp_path


def test_a_launched_folder_is_remembered_in_the_data_folder(home: Path) -> None:
    used = Projects().used(home / "one")

    assert Projects().all() == [used]
    assert used.last_used_s > 0
    saved = json.loads((home / "desk" / "data" / "projects.json").read_text("utf-8"))
    assert saved["projects"][0]["folder"] == str(home / "one")


def test_what_a_folder_is_launched_with_is_kept(home: Path) -> None:
    projects = Projects()
    projects.change(home / "one", arguments=["--model", "a,b"])
    used = projects.used(home / "one")

    assert used.arguments == ("--model", "a,b")
    assert projects.find(home / "one") == used
    assert projects.find(home / "other") == Project(str(home / "other"))


def test_the_last_used_is_the_first(home: Path) -> None:
    projects = Projects()
    for name in ("one", "two", "one"):
        projects.used(home / name)

    assert [Path(project.folder).name for project in projects.all()] == ["one", "two"]


def test_a_folder_is_forgotten_and_left_alone(home: Path) -> None:
    (home / "one").mkdir()
    projects = Projects()
    projects.used(home / "one")

    projects.forget(home / "one")

    assert projects.all() == []
    assert (home / "one").is_dir()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"projects": 5}', '{"projects": [5, {}, {"folder": 7}]}'],
)
def test_a_file_that_is_no_list_counts_as_an_empty_one(home: Path, content: str) -> None:
    path = home / "projects.json"
    path.write_text(content, encoding="utf-8")

    assert Projects(path).all() == []
    Projects(path).used(home)
    assert len(Projects(path).all()) == 1


def test_entries_are_used_as_far_as_they_can_be(home: Path) -> None:
    path = home / "projects.json"
    entry = {"folder": "/x", "last_used_s": 1e999, "route_set": "of old", "arguments": "no"}
    path.write_text(json.dumps({"projects": [entry]}), encoding="utf-8")

    assert Projects(path).all() == [Project("/x")]


def test_folders_of_claude_and_our_own_are_one_list(home: Path) -> None:
    for name in ("ours", "theirs"):
        (home / name).mkdir()
    Projects().change(home / "ours", arguments=["-c"])
    for name in ("ours", "theirs"):
        place = home / "claude" / "projects" / encoded(str(home / name))
        place.mkdir(parents=True)
        line = json.dumps({"type": "user", "cwd": str(home / name)})
        (place / f"{uuid.uuid4()}.jsonl").write_text(line, encoding="utf-8")

    known = Projects().known()

    assert {project.folder for project in known} == {str(home / "ours"), str(home / "theirs")}
    assert all(project.last_used_s > 0 for project in known)
    assert {project.arguments for project in known} == {("-c",), ()}
    assert len(Projects().known(1)) == 1


def test_a_forgotten_folder_of_claude_stays_away_until_it_is_used_again(home: Path) -> None:
    (home / "theirs").mkdir()
    place = home / "claude" / "projects" / encoded(str(home / "theirs"))
    place.mkdir(parents=True)
    session = place / f"{uuid.uuid4()}.jsonl"
    session.write_text(json.dumps({"type": "user", "cwd": str(home / "theirs")}), encoding="utf-8")

    Projects().forget(home / "theirs")
    forgotten = Projects().known()
    later = time.time() + 60
    os.utime(session, (later, later))

    assert forgotten == []
    assert [project.folder for project in Projects().known()] == [str(home / "theirs")]


def test_a_forgotten_folder_that_is_launched_is_on_the_list_again(home: Path) -> None:
    (home / "ours").mkdir()
    Projects().used(home / "ours")

    Projects().forget(home / "ours")
    Projects().used(home / "ours")

    assert [project.folder for project in Projects().known()] == [str(home / "ours")]


def test_a_list_nested_without_end_is_an_empty_one(home: Path) -> None:
    (home / "projects.json").write_text("[" * 100_000, "utf-8")

    assert Projects(home / "projects.json").all() == []


def test_a_launch_that_cannot_be_noted_is_no_failed_launch(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "file").write_text("no folder", "utf-8")

    used = Projects(home / "file" / "projects.json").used(home / "ours")

    assert used == Project(str(home / "ours"))
    assert "can't be written" in caplog.text
