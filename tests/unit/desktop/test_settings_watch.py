"""The settings file is used as soon as it changes, and nobody looks at it all the time."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccr_desktop.core import file_watch
from ccr_desktop.core.service import Service
from ccr_desktop.desktop import settings_watch
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.system.path_watch import PathWatch
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.waiting import eventually

NEVER_S = 3600.0


@pytest.fixture
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not told is not seen."""
    for module, name in (
        (file_watch, "_EVERY_S"),
        (file_watch, "_SELDOM_S"),
        (settings_watch, "_LOOK_EVERY_S"),
        (settings_watch, "_LOOK_SELDOM_S"),
    ):
        monkeypatch.setattr(module, name, NEVER_S)


def save(model: str, *, in_thread: bool = False) -> None:
    provider = {"name": "p", "api_base_url": "http://127.0.0.1:9", "models": ["a", "b"]}
    write_config(
        {
            "Providers": [provider],
            "Router": {"default": f"p,{model}"},
            "Desktop": {"serviceThread": in_thread},
        }
    )


def uses(desk: Desk, model: str) -> Callable[[], bool]:
    return lambda: desk.bridge.overview.main == f"p,{model}"


async def pause_s(desk: Desk) -> Callable[[], float]:
    """How long the service waits for its next look at a file that is as it was."""

    async def asked(service: Service) -> Callable[[], float]:
        return lambda: service.file_watch._pause_s(False)

    return await desk.bridge.host.call(asked)


@pytest.mark.parametrize("in_thread", [False, True], ids=["loop", "thread"])
async def test_a_running_router_is_told(qloop: Loop, in_thread: bool, nobody_looks: None) -> None:
    save("a", in_thread=in_thread)
    async with open_desk() as desk:
        for model in "bab":
            save(model, in_thread=in_thread)
            await eventually(uses(desk, model))


async def test_a_file_that_comes_while_the_router_runs_is_told(
    qloop: Loop, nobody_looks: None
) -> None:
    async with open_desk() as desk:
        assert desk.bridge.overview.is_demo
        save("a")
        await eventually(uses(desk, "a"))


async def test_a_router_that_was_started_again_is_told(qloop: Loop, nobody_looks: None) -> None:
    save("a")
    async with open_desk() as desk:
        await desk.bridge.restart()
        save("b")
        await eventually(uses(desk, "b"))


@pytest.mark.skipif(sys.platform == "win32", reason="folders in use keep their names there")
async def test_what_was_missed_once_is_told_from_then_on(
    nobody_looks: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qloop: Loop
) -> None:
    far = tmp_path / "far"
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "of" / "user"))
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(far / "away" / "own"))
    Path.home().mkdir(parents=True)
    save("a")
    async with open_desk() as desk:
        await eventually(lambda: not desk.bridge._watch._paths._settle.isActive())
        far.rename(tmp_path / "farther")  # nobody tells of that
        save("b")
        await desk.bridge.reload()
        await eventually(uses(desk, "b"))
        for model in "aba":
            save(model)
            await eventually(uses(desk, model))


async def test_while_the_router_is_off_the_app_is_told(qloop: Loop, nobody_looks: None) -> None:
    save("a")
    async with open_desk() as desk:
        desk.bridge.stop()
        await eventually(lambda: desk.bridge.overview.service.phase is Phase.OFF)
        for model in "ba":
            save(model)
            await eventually(uses(desk, model))


async def test_a_router_that_is_told_looks_seldom(qloop: Loop) -> None:
    save("a")
    async with open_desk() as desk:
        pause = await pause_s(desk)
        await eventually(lambda: pause() == file_watch._SELDOM_S)


async def test_where_the_system_tells_nothing_the_router_looks_itself(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin_without(watch: PathWatch) -> None:
        watch.is_sure = False

    monkeypatch.setattr(PathWatch, "begin", begin_without)
    save("a")
    async with open_desk() as desk:
        pause = await pause_s(desk)
        save("b")
        await eventually(uses(desk, "b"))
        assert pause() == file_watch._EVERY_S
