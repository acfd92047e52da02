"""A hidden window is reached without the panel that had the icon."""

import pytest

from ccr_desktop.desktop import panel_loss
from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.test_commands import App, app, chosen, with_tray
from tests.unit.desktop.waiting import eventually

__all__ = ["with_tray"]
pytestmark = [pytest.mark.usefixtures("look", "with_tray"), pytest.mark.limit(60)]


@pytest.fixture(autouse=True)
def without_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_loss, "GRACE_MS", 0)


def panel(own: App, *, is_present: bool) -> None:
    own.commands._tray.presence_changed.emit(is_present)


async def test_a_hidden_window_is_minimised_when_the_panel_goes_and_hidden_when_it_comes(
    qloop: Loop,
) -> None:
    async with app(startHidden=True) as own:
        own.commands.begin(chosen())
        assert not own.window.isVisible()

        panel(own, is_present=False)
        await eventually(own.window.isMinimized)

        panel(own, is_present=True)
        assert not own.window.isVisible()


async def test_an_open_window_stays_as_it_is(qloop: Loop) -> None:
    async with app() as own:
        own.commands.begin(chosen())

        panel(own, is_present=False)
        await eventually(lambda: not own.commands._panel_loss._grace.isActive())
        panel(own, is_present=True)

        assert own.window.isVisible()
        assert not own.window.isMinimized()


async def test_a_panel_that_starts_again_moves_nothing(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_loss, "GRACE_MS", 60_000)
    async with app(startHidden=True) as own:
        own.commands.begin(chosen())

        panel(own, is_present=False)
        panel(own, is_present=True)

        assert not own.window.isVisible()
        assert not own.commands._panel_loss._grace.isActive()
