"""The whole app with keys in a real keyring that is locked: GNOME's, which asks in a window."""

import asyncio
import sys
import urllib.error
from typing import Any

import pytest

from tests.desktop.conftest import need
from tests.desktop.driven import start
from tests.desktop.session import PROMPTER, Desktop
from tests.desktop.test_app import ask, configuration, is_answering
from tests.desktop.waiting import eventually
from tests.support.turns import text
from tests.support.upstream import Upstream

PASSWORD = "of-the-test"
KEY = "sk-of-the-test-0a1b2c3d4e5f"  # belongs to nobody
KEEP_AND_LOCK = """
import sys, keyring, secretstorage
for name in ("first", "second"):
    keyring.set_password("ccr-desktop", f"provider:{name}", sys.argv[1])
with secretstorage.dbus_init() as bus:
    secretstorage.get_default_collection(bus).lock()
"""
DRIVE = """
from ccr_desktop.desktop.widgets.state import StateDot

async def drive(desk, window):
    state = window.findChild(StateDot, "service-state")
    for words in ("Running, waiting for keys", LAST):
        await until(lambda: state.accessibleName() == words)
        print("says", words, "/", window.banners.text("keys"), flush=True)
"""


def until_it_says(last: str) -> str:
    """A drive that tells of the state of waiting, and then of *last*."""
    return f"LAST = {last!r}\n{DRIVE}"


async def locked(desktop: Desktop) -> None:
    if not PROMPTER.exists():
        need(PROMPTER.name)
    await asyncio.to_thread(desktop.start_keyring, PASSWORD)
    await asyncio.to_thread(desktop.run, sys.executable, "-c", KEEP_AND_LOCK, KEY)
    await asyncio.to_thread(desktop.start_prompter)


def focus_the_question(desktop: Desktop) -> None:
    """It takes the keyboard for itself, but only after it can be seen, and so does the app's."""
    desktop.screen.window("CCR Desktop")
    desktop.screen.focus(desktop.screen.window("Unlock"))


def referring(provider: Upstream) -> dict[str, Any]:
    raw = configuration(provider)
    for entry in raw["Providers"]:
        entry["api_key"] = f"keyring:{entry['name']}"
    return raw


async def test_the_window_is_there_while_the_system_asks_and_all_works_once_it_was_told(
    desktop: Desktop, provider: Upstream
) -> None:
    await locked(desktop)
    provider.script(text("Hello"))
    raw = referring(provider)

    app = start(desktop, until_it_says("Running"), raw)
    await eventually(lambda: "says Running, waiting" in app.output(), "the state")
    await asyncio.to_thread(desktop.screen.window, "CCR Desktop")
    assert is_answering(raw["PORT"])
    with pytest.raises(urllib.error.HTTPError, match="503") as caught:
        await asyncio.to_thread(ask, raw["PORT"])
    assert "is still to come" in caught.value.read().decode()
    await asyncio.to_thread(focus_the_question, desktop)

    desktop.screen.type(PASSWORD)
    desktop.screen.key("Return")

    await eventually(lambda: "says Running /" in app.output(), "the keys")
    assert "Hello" in await asyncio.to_thread(ask, raw["PORT"])
    assert provider.requests[-1].headers["authorization"] == f"Bearer {KEY}"
    assert app.end() == 0


async def test_who_refuses_is_told_so_and_not_asked_again_by_itself(
    desktop: Desktop, provider: Upstream
) -> None:
    await locked(desktop)
    raw = referring(provider)

    app = start(desktop, until_it_says("Running with problems"), raw)
    await eventually(lambda: "says Running, waiting" in app.output(), "the state")
    await asyncio.to_thread(focus_the_question, desktop)

    desktop.screen.key("Escape")

    await eventually(lambda: "says Running with problems /" in app.output(), "the refusal")
    assert "Your system's password store is locked. Unlock it" in app.output()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        await asyncio.to_thread(ask, raw["PORT"])
    await asyncio.to_thread(desktop.screen.wait_until_gone, "Unlock")
    assert app.end() == 0
