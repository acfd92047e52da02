"""The unsaved text of the settings file outlives the app, and nothing else of it does."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton

from ccr_desktop import paths
from ccr_desktop.core.config.text_form import TextForm, read_form
from ccr_desktop.desktop import kept_text, text_draft
from ccr_desktop.desktop.draft_news import DraftNews
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.state import FileText, UnsavedText
from tests.unit.desktop.attended import listening
from tests.unit.desktop.test_commands import app
from tests.unit.desktop.waiting import eventually

MINE = UnsavedText("{\n  // mine: é, sk-secret\n}", FileText("{}\n", "before", TextForm()))
pytestmark = [pytest.mark.usefixtures("look"), pytest.mark.limit(60)]


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_draft, "_KEPT_AFTER_MS", 0)


def place() -> Path:
    return paths.data_dir() / "unsaved-settings.json"


def on_disk() -> UnsavedText | None:
    found = kept_text.kept()
    return found.unsaved if found else None


async def test_what_is_typed_is_kept_while_the_app_runs(qloop: Loop, soon: None) -> None:
    async with listening() as (desk, _):
        draft = desk.bridge.draft
        draft.hold(MINE)
        await eventually(lambda: on_disk() == MINE)
        if os.name == "posix":
            assert place().stat().st_mode & 0o077 == 0

        later = UnsavedText("{ // later\n}", MINE.base)
        draft.hold(later)
        await eventually(lambda: on_disk() == later)


async def test_who_types_on_is_kept_all_the_same(qloop: Loop) -> None:
    async with listening() as (desk, _):
        draft = desk.bridge.draft
        due = draft.findChild(QTimer)
        assert due
        draft.hold(MINE)
        began = due.remainingTime()
        await asyncio.to_thread(time.sleep, 0.05)
        draft.hold(UnsavedText("{ // more\n}", MINE.base))
        assert due.remainingTime() < began
        draft.hold(None)


async def test_what_was_saved_or_discarded_is_nowhere_any_more(
    qloop: Loop, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it was just being written."""
    keep, begun, may_go_on = kept_text.keep, threading.Event(), threading.Event()

    def slowly(unsaved: UnsavedText | None) -> None:
        begun.set()
        may_go_on.wait(10)
        keep(unsaved)

    monkeypatch.setattr(kept_text, "keep", slowly)
    async with listening() as (desk, _):
        draft = desk.bridge.draft
        draft.hold(MINE)
        await eventually(begun.is_set)
        (place().parent / f".{place().name}.abc").write_text("sk-secret", encoding="utf-8")

        draft.hold(None)
        may_go_on.set()

        await eventually(lambda: draft._writing is None or draft._writing.done())
        assert not [each for each in place().parent.iterdir() if place().name in each.name]


async def test_the_end_of_the_session_keeps_the_text_for_the_next_start(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.bridge.draft.hold(MINE)
        await desk.bridge.draft.end()
        assert on_disk() == MINE

        desk.bridge.draft.hold(None)
        await desk.bridge.draft.end()
        assert not place().exists()


async def test_what_was_kept_is_offered_and_stays_until_it_is_answered(
    qloop: Loop, soon: None
) -> None:
    kept_text.keep(MINE)
    async with listening() as (desk, _):
        draft = desk.bridge.draft
        draft.bring_back()
        assert draft.unsaved is None
        assert draft.offered
        draft.hold(None)
        await draft.end()
        assert on_disk() == MINE

        assert draft.restore() == MINE
        assert draft.unsaved == MINE
        assert on_disk() == MINE
        draft.hold(None)  # discarded at once
        await eventually(lambda: not place().exists())


async def test_what_was_offered_can_be_discarded(qloop: Loop) -> None:
    kept_text.keep(MINE)
    async with listening() as (desk, _):
        desk.bridge.draft.bring_back()

        desk.bridge.draft.discard()

        assert desk.bridge.draft.unsaved is None
        await eventually(lambda: not place().exists())


async def test_the_window_tells_of_it_and_shows_it(qloop: Loop) -> None:
    kept_text.keep(MINE)
    async with app() as running:
        window, draft = running.window, running.desk.bridge.draft
        window.show()
        DraftNews(draft, window)
        draft.bring_back()
        assert "text of the settings file" in window.banners.text("draft")

        buttons = window.banners.findChildren(QAbstractButton)
        next(each for each in buttons if each.text() == "Show").click()

        assert window.page == "settings"
        assert not window.banners.text("draft")
        draft.discard()


def test_a_kept_text_knows_how_the_file_is_written() -> None:
    text, form = read_form(b"\xef\xbb\xbf{ // \r\n\n}", Path("config.json"))
    unsaved = UnsavedText(f"{text} ", FileText(text, "before", form))

    kept_text.keep(unsaved)

    assert on_disk() == unsaved


@pytest.mark.parametrize("found", ["", "[]", "{}", '{"text": 1}'])
def test_a_kept_text_that_can_t_be_read_keeps_nothing_from_starting(found: str) -> None:
    place().parent.mkdir(parents=True, exist_ok=True)
    place().write_text(found, encoding="utf-8")

    assert kept_text.kept() is None


_TYPES_AND_IS_GONE = """
import asyncio, os
from PySide6.QtCore import QCoreApplication
from ccr_desktop.desktop import kept_text, text_draft
from ccr_desktop.desktop.loop import run
from ccr_desktop.desktop.state import FileText, UnsavedText

async def types():
    draft = text_draft.TextDraft(lambda work, _: asyncio.ensure_future(work))
    draft.hold(UnsavedText("{ // mine }", FileText("{}", "before")))
    while kept_text.kept() is None:
        await asyncio.sleep(0.01)
    os._exit(0)

app = QCoreApplication([])
run(types)
"""


def test_an_app_that_is_suddenly_gone_has_kept_the_text() -> None:
    subprocess.run([sys.executable, "-c", _TYPES_AND_IS_GONE], check=True, timeout=50)

    found = on_disk()
    assert found
    assert found.text == "{ // mine }"


def test_a_draft_says_nothing_of_its_text() -> None:
    kept_text.keep(MINE)
    assert "sk-secret" not in repr(kept_text.kept())
