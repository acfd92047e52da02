"""The line that says whether settings files lead Claude Code past the router."""

import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.launch.overrides import Overrides
from ccr_desktop.desktop.pages.launch.page import LaunchPage
from ccr_desktop.desktop.pages.launch.presenter import build
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.state import StateDot
from ccr_desktop.launch.environment import Override
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.views import drawn
from tests.unit.desktop.waiting import eventually

AWAY = Override(Path("/home/ada/app/.claude/settings.json"), ("ANTHROPIC_BASE_URL",))
KEY = Override(Path("/home/ada/app/.claude/settings.local.json"), ("ANTHROPIC_API_KEY",))


@pytest.fixture
def folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """One that has settings of its own, one that has none, and one that has more."""
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
    led, plain, worse = home / "led", home / "plain", home / "worse"
    plain.mkdir()
    away = json.dumps({"env": {"ANTHROPIC_BASE_URL": "http://192.0.2.1"}})
    for folder in (led, worse):
        (folder / ".claude").mkdir(parents=True)
        (folder / ".claude" / "settings.json").write_text(away, "utf-8")
    another_key = json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": "another"}})
    (worse / ".claude" / "settings.local.json").write_text(another_key, "utf-8")
    write_config(
        {
            "Providers": [{"name": "a", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}],
            "Router": {"default": "a,m"},
            "CLAUDE_PATH": sys.executable,
        }
    )
    return [led, plain, worse]


@pytest.fixture
async def page(qloop: Loop, look: theme.Theme, folders: list[Path]) -> AsyncIterator[LaunchPage]:
    async with open_desk() as desk:
        for folder in folders:
            desk.launching.store.used(folder)
        await desk.launching.look()
        page = build(desk)
        assert isinstance(page, LaunchPage)
        page.resize(900, 700)
        try:
            yield page
        finally:
            await desk.bridge.tasks.end()
            page.close()
            page.deleteLater()


async def test_nothing_moves_when_it_turns_out_what_leads_claude_code_elsewhere(
    page: LaunchPage, folders: list[Path]
) -> None:
    line, why = line_of(page.claude.overrides), why_of(page.claude.overrides)
    rows = page.findChild(RowList, "projects")
    assert rows
    assert line.word == "Looking at its settings…"
    page.show()
    await eventually(says(line, "lead", "Nothing"))
    await drawn()

    async def place_at(folder: Path, word: str) -> int:
        rows.select(str(folder))
        await eventually(says(line, word))
        await drawn()
        return page.terminal.y()

    led, plain, worse = folders
    before = await place_at(plain, "Nothing leads it elsewhere")
    assert not why.isVisible()
    assert await place_at(led, "leads it elsewhere") == before
    assert why.isVisible()

    why.click()
    opened_at = await place_at(led, "leads it elsewhere")
    assert opened_at > before
    assert await place_at(plain, "Nothing leads it elsewhere") == opened_at
    assert await place_at(worse, "2 settings files") == opened_at
    assert page.claude.overrides.findChild(QScrollArea).verticalScrollBar().maximum() > 0
    assert await place_at(plain, "Nothing leads it elsewhere") == opened_at
    page.hide()
    page.show()
    assert await place_at(plain, "Nothing leads it elsewhere") == before


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "Nothing leads it elsewhere"),
        ([AWAY], "A settings file leads it elsewhere"),
        ([KEY], "A settings file gives it another key"),
        ([AWAY, KEY], "2 settings files lead it elsewhere"),
        ([KEY, KEY], "2 settings files give it another key"),
    ],
)
def test_the_line_sums_up_what_was_found(
    look: theme.Theme, found: list[Override], said: str
) -> None:
    overrides = Overrides()

    overrides.show_found(found)

    assert line_of(overrides).word == said
    assert len(overrides.findChildren(Banner)) == len(found)
    assert why_of(overrides).isHidden() is not bool(found)


def says(line: StateDot, *words: str) -> Callable[[], bool]:
    return lambda: any(word in line.word for word in words)


def line_of(overrides: Overrides) -> StateDot:
    line = overrides.findChild(StateDot, "claude-overrides")
    assert line is not None
    return line


def why_of(overrides: Overrides) -> QPushButton:
    why = overrides.findChild(QPushButton, "claude-why")
    assert why is not None
    return why


def test_leaving_what_found_nothing_asks_qt_for_nothing_odd(qtbot: QtBot, qtlog: Any) -> None:
    overrides = Overrides()
    qtbot.addWidget(overrides)
    overrides.show_found(())
    overrides.show()
    overrides.hide()

    assert [record.message for record in qtlog.records if "_Why" in record.message] == []
