"""What stands where the settings file should, and is none: told, never waited for or replaced."""

import errno
import os
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ccr_desktop.core import regular_files
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.errors import CcrError, ConfigError
from tests.unit.core.config.stores import BASE, OTHER, opened, write

pytestmark = [
    pytest.mark.usefixtures("home"),
    pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets with names"),
]


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as made:
        made.bind(os.path.relpath(path))  # the whole of it may be too long


def device(path: Path) -> None:
    path.symlink_to(os.devnull)


KINDS = [
    pytest.param(folder, "It is a folder", id="folder"),
    pytest.param(pipe, "It is a pipe, not a file", id="pipe"),
    pytest.param(a_socket, "It is a socket, not a file", id="socket"),
    pytest.param(device, "It is a device, not a file", id="device"),
]


@pytest.fixture
def place(own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    own.parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(own.parent)
    return own


@pytest.mark.parametrize(("make", "words"), KINDS)
def test_it_is_an_error_that_says_what_is_there_and_what_to_do(
    place: Path, make: Callable[[Path], None], words: str
) -> None:
    make(place)

    with pytest.raises(ConfigError) as caught:
        opened()

    assert str(place) in str(caught.value)
    assert f"{words}. Move it away" in str(caught.value)


@pytest.mark.parametrize(("make", "words"), KINDS)
def test_nothing_is_saved_over_it(place: Path, make: Callable[[Path], None], words: str) -> None:
    make(place)
    before = place.lstat()
    store = opened(tolerant=True)
    assert words in str(store.problems[0])

    with pytest.raises(CcrError, match=words):
        store.save(OTHER)

    assert stat.S_IFMT(place.lstat().st_mode) == stat.S_IFMT(before.st_mode)
    assert place.lstat().st_ino == before.st_ino


@pytest.mark.parametrize(("make", "words"), KINDS)
def test_the_configuration_from_before_serves_on(
    place: Path, make: Callable[[Path], None], words: str
) -> None:
    write(place, BASE)
    store = opened()
    before = store.config
    place.unlink()
    make(place)

    with pytest.raises(ConfigError, match=words):
        store.check()

    assert store.config is before
    assert store.check() is None, "told once"


def test_one_that_may_not_be_read_is_an_error_and_stays(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    write(place, BASE)
    text = place.read_bytes()
    monkeypatch.setattr(regular_files, "refuse_others", refuse)  # for root, too

    with pytest.raises(ConfigError, match=r"Access is denied\. Give yourself the right to read it"):
        opened()
    with pytest.raises(ConfigError, match="Access is denied"):
        opened(tolerant=True).save(OTHER)

    assert place.read_bytes() == text


def test_a_folder_that_may_not_be_entered_is_no_missing_file(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == place:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return whole(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)

    with pytest.raises(ConfigError, match="Access is denied"):
        opened()


def test_once_it_is_moved_away_the_built_in_settings_count(place: Path) -> None:
    place.mkdir()
    store: ConfigStore = opened(tolerant=True)
    place.rmdir()

    store.reload()

    assert not store.problems
    assert store.path is None
