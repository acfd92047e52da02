"""The system itself tells when files change."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFileSystemWatcher
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.system import path_watch
from ccr_desktop.desktop.system.path_watch import PathWatch

LIMIT_MS = 60_000
NEEDS_LINKS = pytest.mark.skipif(
    sys.platform == "win32", reason="links need a right of their own there"
)


@pytest.fixture(autouse=True)
def without_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_watch, "_REST_MS", 0)


class Watched:
    """Counts what is told of one place, and how often it was looked at."""

    def __init__(self, qtbot: QtBot, place: Path) -> None:
        self._qtbot = qtbot
        self.told = self.looked = 0
        self.watch = PathWatch([place])
        self.watch.changed.connect(self._tell)
        self.watch._settle.timeout.connect(self._look)
        self.watch.begin()

    def _tell(self) -> None:
        self.told += 1

    def _look(self) -> None:
        self.looked += 1

    def hears(self) -> bool:
        """Wait for news, and until all of it has come."""
        self._qtbot.waitUntil(lambda: self.told > 0, timeout=LIMIT_MS)
        return self.looks()

    def looks(self) -> bool:
        """Wait for a look, and until there is nothing more to look at."""
        self._qtbot.waitUntil(lambda: self.looked > 0, timeout=LIMIT_MS)
        self._qtbot.waitUntil(lambda: not self.watch._settle.isActive(), timeout=LIMIT_MS)
        self.told = self.looked = 0
        return True


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(qtbot, tmp_path / "one" / "two" / "file")
    yield watched
    watched.watch.end()


def test_a_file_is_followed_from_before_it_is_there(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "one" / "two" / "file"
    assert watched.watch.is_sure
    file.parent.parent.mkdir()
    assert watched.looks()
    file.parent.mkdir()
    assert watched.looks()
    file.write_text("1", encoding="utf-8")
    assert watched.hears()
    for text in ("2", "3"):
        file.write_text(text, encoding="utf-8")  # in place
        assert watched.hears()
    for text in ("4", "5"):
        new = file.with_name("new")
        new.write_text(text, encoding="utf-8")
        assert watched.looks()
        new.replace(file)
        assert watched.hears()
    file.write_text("6", encoding="utf-8")
    assert watched.hears()
    file.unlink()
    assert watched.hears()
    assert watched.watch.is_sure


@NEEDS_LINKS
def test_where_a_link_leads_is_followed(qtbot: QtBot, tmp_path: Path) -> None:
    elsewhere, other = tmp_path / "elsewhere", tmp_path / "other"
    for folder in (elsewhere, other, tmp_path / "own"):
        folder.mkdir()
    (elsewhere / "file").write_text("1", encoding="utf-8")
    link = tmp_path / "own" / "file"
    link.symlink_to(elsewhere / "file")
    watched = Watched(qtbot, link)

    (elsewhere / "file").write_text("2", encoding="utf-8")
    assert watched.hears()
    (elsewhere / "new").write_text("3", encoding="utf-8")
    assert watched.looks()
    (elsewhere / "new").replace(elsewhere / "file")
    assert watched.hears()
    link.unlink()
    link.symlink_to(other / "file")
    assert watched.hears()
    (other / "file").write_text("4", encoding="utf-8")
    assert watched.hears()
    watched.watch.end()


@NEEDS_LINKS
def test_each_link_on_the_way_is_followed(qtbot: QtBot, tmp_path: Path) -> None:
    for number in ("1", "2"):
        (tmp_path / number / "own").mkdir(parents=True)
        (tmp_path / number / "own" / "file").write_text(number, encoding="utf-8")
    for name, target in (("home", "middle/linked"), ("middle", ""), ("middle/linked", "../1")):
        path = tmp_path / name
        path.symlink_to(tmp_path / target) if target else path.mkdir()
    watched = Watched(qtbot, tmp_path / "home" / "own" / "file")
    assert watched.watch.is_sure

    new = tmp_path / "middle" / "new"
    new.symlink_to("../2")
    assert watched.looks()
    new.replace(tmp_path / "middle" / "linked")
    assert watched.hears()
    for number in ("2", "3"):
        (tmp_path / "2" / "own" / "file").write_text(number, encoding="utf-8")
        assert watched.hears()
    watched.watch.end()


@NEEDS_LINKS
def test_links_that_lead_nowhere_are_borne(qtbot: QtBot, tmp_path: Path) -> None:
    link = tmp_path / "file"
    link.symlink_to("file")
    watched = Watched(qtbot, link)
    link.unlink()
    assert watched.looks()
    watched.watch.end()


def test_a_folder_that_is_neither_link_nor_plain_is_borne(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> Path:
        raise ValueError("not a symbolic link")  # as in folders that Windows keeps in a cloud

    monkeypatch.setattr(Path, "readlink", refuse)
    watched = Watched(qtbot, tmp_path / "file")
    (tmp_path / "file").write_text("1", encoding="utf-8")
    assert watched.hears()
    watched.watch.end()


@NEEDS_LINKS
def test_a_link_within_a_link_is_followed(qtbot: QtBot, tmp_path: Path) -> None:
    """`..` leads out of the folder that a link leads to, not of the one that the link is in."""
    (tmp_path / "far" / "deep").mkdir(parents=True)
    (tmp_path / "inner").symlink_to("far/deep")
    link = tmp_path / "file"
    link.symlink_to("inner/../file")
    watched = Watched(qtbot, link)
    for text in ("1", "2"):
        (tmp_path / "far" / "file").write_text(text, encoding="utf-8")
        assert watched.hears()
    watched.watch.end()


def test_a_folder_that_took_the_place_of_another_is_followed(
    watched: Watched, tmp_path: Path
) -> None:
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    assert watched.looks()
    (folder / "file").write_text("1", encoding="utf-8")
    assert watched.hears()
    folder.rename(tmp_path / "one" / "old")
    folder.mkdir()
    assert watched.hears()
    for text in ("2", "3"):
        (folder / "file").write_text(text, encoding="utf-8")
        assert watched.hears()


@NEEDS_LINKS
def test_a_file_whose_former_self_goes_on_elsewhere_is_followed(
    watched: Watched, tmp_path: Path
) -> None:
    file = tmp_path / "one" / "two" / "file"
    file.parent.mkdir(parents=True)
    file.write_text("1", encoding="utf-8")
    assert watched.hears()
    file.with_name("kept").hardlink_to(file)
    assert watched.looks()
    file.with_name("new").write_text("2", encoding="utf-8")
    assert watched.looks()
    file.with_name("new").replace(file)
    assert watched.hears()
    for text in ("3", "4"):
        file.write_text(text, encoding="utf-8")  # in place
        assert watched.hears()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_what_waits_for_a_partner_is_not_opened(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "one" / "two" / "file"
    file.parent.mkdir(parents=True)
    assert watched.looks()
    os.mkfifo(file)
    assert watched.hears()
    assert watched.watch.is_sure


def test_what_is_none_of_our_business_is_not_told(qtbot: QtBot, tmp_path: Path) -> None:
    watched = Watched(qtbot, tmp_path / "file")
    told = list[int]()
    watched.watch.changed.connect(lambda: told.append(1))
    for name in ("1", "2"):
        (tmp_path / name).touch()
        assert watched.looks()
    assert not told
    (tmp_path / "file").touch()
    assert watched.hears()
    watched.watch.end()


def test_disks_are_asked_for_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads what is mounted where, for each folder."""
    watched = Watched(qtbot, tmp_path / "folder" / "file")
    monkeypatch.setattr(path_watch, "is_shared", lambda _: True)
    (tmp_path / "other").touch()
    assert watched.looks()
    assert watched.watch.is_sure
    (tmp_path / "folder").mkdir()
    assert watched.looks()
    assert not watched.watch.is_sure
    watched.watch.end()


def test_a_folder_where_much_happens_is_looked_at_now_and_then(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(path_watch, "_REST_MS", 24 * 3600 * 1000)
    watched = Watched(qtbot, tmp_path / "file")
    (tmp_path / "1").touch()
    assert watched.looks()
    (tmp_path / "2").touch()
    qtbot.waitUntil(watched.watch._settle.isActive, timeout=LIMIT_MS)
    (tmp_path / "3").touch()
    qtbot.wait(2 * path_watch._SETTLE_MS)

    assert not watched.looked
    assert watched.watch._settle.isActive()  # the last one is seen in the end
    watched.watch.end()


@pytest.mark.parametrize("kind", ["nfs4", "fuse.sshfs", "CIFS"])
def test_of_a_disk_that_others_write_to_the_system_does_not_know_all(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    class Disk:
        def __init__(self, _: str) -> None: ...
        def fileSystemType(self) -> "Disk":  # noqa: N802  # Qt's name
            return self

        def data(self) -> bytes:
            return kind.encode()

    monkeypatch.setattr(path_watch, "QStorageInfo", Disk)
    watched = Watched(qtbot, tmp_path / "file")
    assert not watched.watch.is_sure
    watched.watch.end()


def test_a_system_that_watches_no_more_files_is_not_relied_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileSystemWatcher, "addPaths", lambda _, paths: paths)
    watched = Watched(qtbot, tmp_path / "file")
    assert not watched.watch.is_sure
    watched.watch.end()


def test_after_its_end_nothing_is_told(watched: Watched, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "one").mkdir()
    watched.watch.end()
    qtbot.wait(2 * path_watch._SETTLE_MS)
    assert not watched.looked
    assert not watched.watch.is_sure
