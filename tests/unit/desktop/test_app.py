"""The app's parts as they are put together at its start."""

import asyncio
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ccr_desktop.cli.ui import options
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.desktop import app, not_started, theme
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.hosting import Host, LoopHost, ThreadHost
from ccr_desktop.desktop.instance import Instance
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import PageEntry
from ccr_desktop.desktop.shell import _dress, _serve
from ccr_desktop.desktop.window import Window
from ccr_desktop.errors import CcrError, ServiceError
from ccr_desktop.running_app import unusable
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.waiting import eventually


async def test_the_colours_follow_the_setting_at_once(qloop: Loop, look: theme.Theme) -> None:
    async with listening() as (desk, _):
        _dress(cast("QApplication", QApplication.instance()), desk)

        await desk.bridge.edit(lambda raw: {**raw, "Desktop": {"theme": "dark"}}, "")
        assert look.scheme == "dark"
        assert look.tokens.dark

        await desk.bridge.edit(lambda raw: {**raw, "Desktop": {"theme": "light"}}, "")
        assert not look.tokens.dark


async def test_an_app_that_later_starts_can_not_reach_says_so_in_its_window(
    qloop: Loop, look: theme.Theme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with listening() as (desk, _):
        instance, window = (
            Instance(tmp_path),
            Window(desk, (PageEntry("home", "Home", "house", lambda _: QLabel()),)),
        )
        monkeypatch.setattr(instance, "serve", _refused)

        _serve(instance, window)

        assert window.banners.text("problem") == (
            "The app can't make its lock file. Check the rights on /run/x."
        )


async def test_an_app_that_can_not_start_says_why_in_a_window_of_its_own(
    qloop: Loop, look: theme.Theme
) -> None:
    running = cast("QApplication", QApplication.instance())
    shown = asyncio.ensure_future(not_started.show(running, unusable(Path("/run/x")), "light"))

    await eventually(_question)

    question = _question()
    assert question is not None
    assert question.windowTitle() == "The app can't make its lock file"
    assert "Check the rights on /run/x." in [
        label.text() for label in question.findChildren(QLabel)
    ]
    close = question.findChild(QPushButton)
    assert close is not None
    close.click()
    await shown


def _question() -> Question | None:
    found = (each for each in QApplication.topLevelWidgets() if isinstance(each, Question))
    return next((each for each in found if each.isVisible()), None)


def _refused() -> None:
    raise unusable(Path("/run/x"))


@pytest.mark.parametrize(
    ("arguments", "is_heard", "is_shown"),
    [
        ([], False, True),
        (["--hidden"], False, True),
        (["--quit"], False, False),
        ([], True, False),
    ],
)
def test_a_start_that_gets_no_lock_is_told_in_a_window_where_nobody_reads_its_errors(
    arguments: list[str], is_heard: bool, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script would wait for a person who closes the window."""
    monkeypatch.setattr(app, "is_heard", lambda: is_heard)
    shown: list[CcrError] = []
    monkeypatch.setattr(app, "claim_or_ask", lambda *_: _refused())
    monkeypatch.setattr(app, "tell_in_window", lambda problem, _store: shown.append(problem))

    with pytest.raises(ServiceError, match="lock file") as raised:
        app.run_app(arguments, options().parse_args, lambda _: cast("ConfigStore", None))

    assert shown == ([raised.value] if is_shown else [])


@pytest.mark.parametrize(("is_own", "kind"), [(False, LoopHost), (True, ThreadHost)])
async def test_the_router_may_have_its_own_thread(
    qloop: Loop, is_own: bool, kind: type[Host]
) -> None:
    async with listening({**RAW, "Desktop": {"serviceThread": is_own}}) as (desk, _):
        assert isinstance(desk.bridge.host, kind)
