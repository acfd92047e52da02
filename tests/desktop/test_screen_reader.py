"""What a screen reader finds in the app, and what it can do there."""

from tests.desktop.running import RunningApp
from tests.desktop.screen_reader import ScreenReader
from tests.desktop.session import Desktop
from tests.desktop.waiting import eventually
from tests.support.upstream import Upstream


async def test_the_app_is_read_and_used_without_eyes(
    desktop: Desktop, reader: ScreenReader, provider: Upstream
) -> None:
    app = RunningApp(desktop, provider)
    app.start(**reader.environment)
    await app.router(runs=True)
    await reader.find("frame", "CCR Desktop")
    await reader.find("filler", "Running")
    assert "checked" in await reader.states(await reader.find("check box", "Home"))

    await reader.press(await reader.find("check box", "Settings"))
    switch = await reader.find("check box", "Start hidden")
    assert {"enabled", "focusable"} <= await reader.states(switch)
    assert "checked" not in await reader.states(switch)
    assert "checked" in await reader.states(await reader.find("radio button", "General"))

    await reader.press(switch)
    await eventually(lambda: app.settings.get("Desktop", {}).get("startHidden"), "it is set")
    assert "checked" in await reader.states(switch)

    await reader.press(await reader.find("push button", "Stop"))
    await app.router(runs=False)
    await reader.find("filler", "Off")
