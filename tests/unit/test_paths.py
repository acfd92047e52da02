"""Where files live."""

import errno
import os
import sys
from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.errors import ServiceError
from ccr_desktop.running_app import server_name


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    return tmp_path


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    return path


def test_one_variable_moves_everything(home: Path) -> None:
    places = [paths.config_dir(), paths.data_dir(), paths.log_dir(), paths.cache_dir()]

    assert places == [home / "desk" / kind for kind in ("config", "data", "logs", "cache")]
    assert paths.runtime_dir() == home / "desk" / "data" / "run"


def test_without_it_the_places_are_those_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CCR_DESKTOP_HOME")

    places = {paths.config_dir(), paths.data_dir(), paths.log_dir(), paths.cache_dir()}

    assert all("ccr-desktop" in str(place) for place in places)
    assert all(place.is_absolute() for place in places)


def test_sockets_belong_into_the_sessions_folder_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CCR_DESKTOP_HOME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert paths.runtime_dir() == tmp_path / "ccr-desktop"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "gone"))
    assert paths.runtime_dir() == paths.data_dir() / "run"


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe needs no folder")
def test_a_sessions_folder_that_is_no_use_is_left_for_one_of_our_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CCR_DESKTOP_HOME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    make(tmp_path / "session" / "ccr-desktop")  # a file in the place of our folder

    assert paths.runtime_dir() == paths.data_dir() / "run"


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe needs no folder")
def test_where_the_data_can_not_be_written_locks_have_a_private_folder_of_their_own(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "TEMPORARY", home / "tmp")
    (home / "tmp").mkdir()
    make(home / "desk" / "data")

    folder = paths.runtime_dir()

    assert folder.parent == home / "tmp"
    assert folder.name.startswith(f"ccr-desktop-{os.getuid()}-")
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(home / "other"))
    make(home / "other" / "data")
    assert paths.runtime_dir() != folder, "another home, another app"


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe needs no folder")
def test_nobody_else_answers_in_the_place_of_the_app(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "TEMPORARY", home)
    (home / "theirs").mkdir()
    (home / "ours").symlink_to(home / "theirs")
    monkeypatch.setattr(os, "getuid", lambda: (home / "theirs").stat().st_uid + 1)

    with pytest.raises(ServiceError, match="somebody else"):
        server_name(home / "ours")


def test_starts_in_a_flatpak_share_the_folder_that_it_has_for_that(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CCR_DESKTOP_HOME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("FLATPAK_ID", "io.github.ccr_desktop")
    shared = tmp_path / "app" / "io.github.ccr_desktop"
    shared.mkdir(parents=True)

    assert paths.runtime_dir() == shared / "ccr-desktop"


def test_no_configuration_is_none() -> None:
    assert paths.find_config() is None


def test_the_own_configuration_wins_over_the_older_program(home: Path) -> None:
    older = make(home / ".claude-code-router" / "config.json")
    assert paths.find_config() == older

    own = make(home / "desk" / "config" / "config.json")
    assert paths.find_config() == own


def test_a_file_that_is_named_wins_and_need_not_exist(home: Path) -> None:
    make(home / "desk" / "config" / "config.json")

    assert paths.find_config("~/team.json") == home / "team.json"
    assert paths.find_config(str(home / "other.json")) == home / "other.json"


def test_what_stands_in_the_place_of_the_file_is_not_passed_over(home: Path) -> None:
    place = home / "desk" / "config" / "config.json"
    place.mkdir(parents=True)
    assert paths.find_config() == place

    place.rmdir()
    place.symlink_to(place)  # nobody can look at what it leads to
    assert paths.find_config() == place

    place.unlink()
    place.symlink_to("nowhere")  # a save makes the file there
    assert paths.find_config() is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Make room on that disk."),
        (errno.EACCES, "Check the rights on that folder."),
        (errno.EROFS, "Set CCR_DESKTOP_HOME to a folder that can be written."),
        (errno.ENOTDIR, "Move away what stands there in place of a folder."),
    ],
)
def test_the_way_out_fits_what_is_wrong(
    number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CCR_DESKTOP_HOME", raising=False)

    assert paths.way_out(OSError(number, "no")) == words


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOTDIR])
def test_who_chose_the_folders_himself_is_led_to_his_choice(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", "/somewhere")

    assert "CCR_DESKTOP_HOME" in paths.way_out(OSError(number, "no"))
