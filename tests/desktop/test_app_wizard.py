"""The first start on a real screen: by the keyboard alone to Claude Code answering."""

import asyncio
import json
import sys

import pytest

from tests.desktop.driven import start_fresh
from tests.desktop.session import Desktop, Program
from tests.desktop.test_app import ALL_SECRETS, files_with
from tests.desktop.user import ClaudeUser
from tests.desktop.waiting import eventually
from tests.support.ports import free_port
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import serve

KEY = "sk-of-the-test-5d1e7a90c3b2"  # belongs to nobody
TELL_THE_STEP = """
from ccr_desktop.desktop.wizard.frame import Wizard

def seen(window):
    page = window.findChild(Wizard)
    if page is None or not page.isVisible():
        return "no assistant"
    button = page.primary
    return f"step {page.step}: {button.text()}" if button.isEnabled() else f"step {page.step}"

async def drive(desk, window):
    while True:
        said = seen(window)
        print(f"<{said}>", flush=True)
        await until(lambda: seen(window) != said)
"""
pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="needs an X server"),
]


class Person:
    """Has a keyboard and no mouse, and presses a key once what it is for is on the screen."""

    def __init__(self, desktop: Desktop, app: Program) -> None:
        self._screen = desktop.screen
        self._app = app

    async def sees(self, words: str) -> None:
        def is_last() -> bool:
            lines = self._app.output().strip().splitlines()
            return bool(lines) and lines[-1] == f"<{words}>"

        await eventually(lambda: is_last() or not self._app.is_running, words)
        assert self._app.is_running, self._app.output()

    async def goes_on(self, words: str) -> None:
        """Press Enter once the main button can be pressed and says *words*."""
        await self.sees(words)
        await self.presses("Return")

    async def presses(self, *keys: str) -> None:
        await asyncio.to_thread(self._screen.key, *keys)

    async def types(self, text: str) -> None:
        await asyncio.to_thread(self._screen.type, text)

    async def turns_to(self, window: str) -> None:
        await asyncio.to_thread(self._screen.focus, window)


async def test_the_keyboard_alone_leads_from_nothing_to_an_answer_in_claude_code(
    desktop: Desktop, provider: Upstream
) -> None:
    serve(provider)
    user = ClaudeUser(desktop)
    before = user.files()
    await asyncio.to_thread(desktop.start_keyring)
    port = str(free_port())

    app = start_fresh(desktop, TELL_THE_STEP, "--port", port, **user.variables)
    person = Person(desktop, app)
    window = await asyncio.to_thread(desktop.screen.window, "^CCR Desktop$")
    await person.turns_to(window)
    await person.goes_on("step 0: Continue")
    await person.sees("step 1")
    await person.types("nothing has this name")
    await person.presses("Return")
    await person.types(provider.chat_url)
    await person.goes_on("step 1: Continue")
    await person.sees("step 2: Test")
    await person.types(KEY)
    await person.goes_on("step 2: Test")
    await person.goes_on("step 2: Continue")
    await person.goes_on("step 3: Save and continue")
    await person.sees("step 4: Launch Claude Code")
    await person.types(str(user.project))
    await person.presses("Return")

    terminal = await asyncio.to_thread(desktop.screen.window, kind="xterm")
    await person.turns_to(terminal)
    await person.types("Say ready")
    await eventually(lambda: said_to(provider) or desktop.screen.key("Return"), "the question")
    await person.turns_to(window)
    await person.goes_on("step 4: Done")
    await person.sees("no assistant")

    saved = json.loads((desktop.home / ".config/ccr-desktop/config.json").read_text("utf-8"))
    assert saved["Router"]["default"] == "local,big"
    read = await asyncio.to_thread(desktop.run, sys.executable, "-c", ALL_SECRETS)
    assert read.stdout.split() == [KEY]
    assert files_with(desktop.folder, KEY) == []
    assert user.has_untouched(before)


def said_to(provider: Upstream) -> bool:
    return any("Say ready" in request.texts("user") for request in provider.asked("big"))
