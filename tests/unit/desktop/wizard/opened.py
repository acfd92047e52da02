"""The assistant on an invisible screen, worked with the keyboard only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets, ProtectedFile, Secrets
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.state import Problem
from ccr_desktop.desktop.wizard.draft import KEY as KEY_STEP
from ccr_desktop.desktop.wizard.draft import PROVIDER, WELCOME
from ccr_desktop.desktop.wizard.frame import Wizard
from ccr_desktop.desktop.wizard.presenter import build
from tests.support.upstream import Upstream
from tests.unit.desktop.waiting import eventually

KEY = "sk-typed-0123456789abcdef"


@dataclass(slots=True)
class Assistant:
    """The page, and the app behind it; `wanted` are the pages that were asked for."""

    desk: Desk
    page: Wizard
    memory: MemorySecrets
    wanted: list[str] = field(default_factory=list)

    def part(self, name: str) -> QWidget:
        found = self.page.findChild(QWidget, name)
        assert found is not None, name
        return found

    def press(self, key: Qt.Key) -> None:
        """A key goes to whatever has the cursor."""
        QTest.keyClick(focused(), key)

    def type(self, text: str) -> None:
        QTest.keyClicks(focused(), text)

    async def tab_to(self, part: QWidget) -> None:
        """Only the Tab key moves the cursor."""
        await eventually(part.isVisible)
        for _ in range(40):
            at = QApplication.focusWidget()
            if at is part or (at is not None and part.focusProxy() is at):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {part.objectName()}")

    async def at_step(self, step: int) -> None:
        await eventually(lambda: self.page.step == step and QApplication.focusWidget())

    async def can_go_on(self, words: str) -> None:
        primary = self.page.primary
        await eventually(lambda: primary.isEnabled() and primary.text() == words)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@asynccontextmanager
async def open_assistant(
    home: Path, memory: MemorySecrets | None = None
) -> AsyncIterator[Assistant]:
    """At a first start, with a real router; nothing may have failed unheard by the end."""
    kept = memory or MemorySecrets()
    secrets = Secrets(keyring=kept, file=ProtectedFile(home / "protected"))
    store = ConfigStore(paths.find_config(), overrides={"port": 0}, secrets=secrets)
    desk = make_desk(store)
    problems: list[Problem] = []
    desk.bridge.failed.connect(problems.append)
    await desk.bridge.begin()
    await desk.bridge.supervisor.start()
    page = build(desk)
    assert isinstance(page, Wizard)
    assistant = Assistant(desk, page, kept)
    desk.bridge.page_wanted.connect(assistant.wanted.append)
    page.resize(900, 640)
    page.show()
    page.activateWindow()
    try:
        yield assistant
    finally:
        page.close()
        await desk.bridge.end()
        page.deleteLater()
        desk.secrets.close()
    assert problems == []


def own_file(home: Path) -> Path:
    return home / "desk" / "config" / "config.json"


async def to_key(own: Assistant, upstream: Upstream) -> None:
    """With the keyboard alone: past the welcome, another address, to the key."""
    await own.at_step(WELCOME)
    own.press(Qt.Key.Key_Return)
    await own.at_step(PROVIDER)
    own.type("nothing has this name")
    own.press(Qt.Key.Key_Return)
    own.type(upstream.chat_url)
    await own.can_go_on("Continue")
    own.press(Qt.Key.Key_Return)
    await own.at_step(KEY_STEP)
