"""The page Help mends: what a button promises happens, is looked at again, and is told once."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ccr_desktop import paths
from ccr_desktop.autostart.registration import autostart_for_system
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.help.page import HelpPage
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.state import Problem, Toast
from ccr_desktop.doctor.check import Verdict
from tests.unit.desktop.pages.conftest import Live
from tests.unit.desktop.pages.help.test_help import checked, page_of, plain, result_of, verdicts
from tests.unit.desktop.waiting import eventually

Shown = Callable[[HelpPage], HelpPage]
__all__ = ["plain"]


@pytest.fixture
def held() -> Iterator[int]:
    """A port that another program has."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def with_held_port(home: Path, look: theme.Theme, held: int) -> Live:
    path = home / "desk" / "config" / "config.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"PORT": held}), encoding="utf-8")
    return Live(make_desk(ConfigStore(path)))


def heard(live: Live) -> tuple[list[Toast], list[Problem]]:
    told: list[Toast] = []
    failed: list[Problem] = []
    live.desk.bridge.told.connect(told.append)
    live.desk.bridge.failed.connect(failed.append)
    return told, failed


def press(page: HelpPage, key: str) -> str:
    """What the button says that was pressed."""
    line = page.findChild(QWidget, f"result-{key}")
    assert isinstance(line, QWidget)
    button = line.findChild(QPushButton, "repair")
    assert isinstance(button, QPushButton)
    button.click()
    return button.text()


async def test_another_port_is_used_at_once_and_told_once_with_a_way_back(
    qloop: Loop, with_held_port: Live, shown: Shown, held: int
) -> None:
    live = with_held_port
    async with live.running() as desk:
        told, failed = heard(live)
        page = shown(page_of(live))
        await checked(page)
        assert verdicts(page)["port"] is Verdict.PROBLEM
        service = result_of(page, "service").finding
        assert (service.verdict, service.repair) == (Verdict.PROBLEM, None), "it would fail again"

        label = press(page, "port")

        await eventually(lambda: verdicts(page)["port"] is Verdict.OK)
        await eventually(lambda: verdicts(page)["service"] is Verdict.OK)
        assert desk.bridge.supervisor.state.phase is Phase.RUNNING
        port = json.loads(desk.bridge.store.save_path.read_bytes())["PORT"]
        assert port != held
        assert label == f"Use port {port}"
        assert desk.bridge.supervisor.state.url.endswith(f":{port}")
        assert told == [Toast(f"Port {port}", can_undo=True)]
        assert not failed


async def test_another_copy_that_starts_at_login_is_replaced(
    qloop: Loop, live: Live, shown: Shown, home: Path
) -> None:
    async with live.running():
        autostart_for_system().enable(["/gone/ccr-desktop"])
        told, failed = heard(live)
        page = shown(page_of(live))
        await checked(page)
        assert verdicts(page)["autostart"] is Verdict.WARNING

        assert press(page, "autostart") == "Start this one"

        await eventually(lambda: verdicts(page)["autostart"] is Verdict.OK)
        assert [toast.text for toast in told] == ["This copy starts at login now."]
        assert not failed


async def test_what_could_not_be_mended_is_looked_at_again_too(
    qloop: Loop, live: Live, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with live.running():
        file = paths.config_dir() / "config.json"
        file.chmod(0o644)
        told, failed = heard(live)
        page = shown(page_of(live))
        await checked(page)
        before = result_of(page, "permissions")
        change = Path.chmod

        def refusing(path: Path, mode: int) -> None:
            change(path, mode)
            raise PermissionError(1, "Operation not permitted", str(path))

        monkeypatch.setattr(Path, "chmod", refusing)
        press(page, "permissions")

        await eventually(lambda: result_of(page, "permissions") is not before)
        assert verdicts(page)["permissions"] is Verdict.OK
        assert [problem.title for problem in failed] == [f"{file} stays as it is"]
        assert not told
