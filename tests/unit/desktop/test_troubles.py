"""What the window says when the router can't run as it should."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from PySide6.QtCore import Qt

from ccr_desktop import paths
from ccr_desktop.core.config.schema import Config
from ccr_desktop.desktop import language, troubles
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.home.first_day import FirstDayCard
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.troubles import Troubles
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.code_editor import CodeEditor
from ccr_desktop.desktop.widgets.labels import ElidedText
from ccr_desktop.desktop.window import Window
from ccr_desktop.desktop.wizard.draft import opens_by_itself
from ccr_desktop.errors import ConfigError
from tests.support.ports import free_port
from tests.unit.desktop.answering import answer as give
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.desks import new_desk, read_config_file, write_config
from tests.unit.desktop.waiting import eventually


@asynccontextmanager
async def window(raw: object = None) -> AsyncIterator[tuple[Desk, Window]]:
    usual = {**RAW, "PORT": free_port()}  # some of these routers listen
    async with listening(usual if raw is None else raw) as (desk, _):  # type: ignore[arg-type]  # a bad file, too
        shown = Window(desk, pages())
        Troubles(desk, shown)
        shown.show()
        try:
            yield desk, shown
        finally:
            shown.deleteLater()


@contextmanager
def held_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def banner(shown: Window, key: str) -> Banner | None:
    return shown.findChild(Banner, f"banner-{key}")


async def test_a_port_that_another_program_has_can_be_changed_on_the_spot(qloop: Loop) -> None:
    with held_port() as port:
        async with window({**RAW, "PORT": port}) as (desk, shown):
            await desk.bridge.begin()
            await eventually(lambda: shown.banners.text("service"))
            text = shown.banners.text("service")
            assert f"Port {port} is used by" in text
            use = banner(shown, "service")
            assert use
            free = int(use.button.text().removeprefix("Use "))

            use.button.click()

            await eventually(lambda: desk.bridge.supervisor.state.phase is Phase.RUNNING)
            assert desk.bridge.raw["PORT"] == free
            await eventually(lambda: not shown.banners.text("service"))


async def test_who_has_the_port_is_told_in_the_language_of_the_window(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    language.current().use("zh_CN")
    monkeypatch.setattr(
        "ccr_desktop.core.server.neighbours.find_holder", lambda _: "nginx (process 7)"
    )
    with held_port() as port:
        async with window({**RAW, "PORT": port, "Desktop": {"language": "zh_CN"}}) as (desk, shown):
            await desk.bridge.begin()
            await eventually(lambda: "nginx" in shown.banners.text("service"))

            assert "process" not in shown.banners.text("service")


async def test_a_new_port_is_said_to_want_a_restart_until_it_had_one(qloop: Loop) -> None:
    first, second = free_port(), free_port()
    async with window({**RAW, "PORT": first}) as (desk, shown):
        bridge = desk.bridge
        await bridge.begin()
        await eventually(lambda: bridge.supervisor.state.phase is Phase.RUNNING)

        await bridge.edit(lambda raw: {**raw, "PORT": second}, "Port")

        await eventually(lambda: str(first) in shown.banners.text("restart"))
        restart = banner(shown, "restart")
        assert restart
        restart.button.click()
        await eventually(lambda: str(second) in bridge.supervisor.state.url)
        await eventually(lambda: not shown.banners.text("restart"))


async def test_a_router_that_ran_before_the_window_wants_no_restart(qloop: Loop) -> None:
    async with listening({**RAW, "PORT": free_port()}) as (desk, _):
        await desk.bridge.supervisor.start()
        assert desk.bridge.supervisor.state.phase is Phase.RUNNING

        shown = Window(desk, pages())
        Troubles(desk, shown)

        assert not shown.banners.text("restart")
        shown.deleteLater()


async def test_a_wish_for_a_restart_that_was_put_away_stays_away(qloop: Loop) -> None:
    async with window({**RAW, "PORT": free_port()}) as (desk, shown):
        bridge = desk.bridge
        await bridge.begin()
        await eventually(lambda: bridge.supervisor.state.phase is Phase.RUNNING)
        await bridge.edit(lambda raw: {**raw, "PORT": free_port()}, "Port")
        await eventually(lambda: shown.banners.text("restart"))

        shown.banners.take_away("restart")
        later: list[object] = []
        bridge.config_changed.connect(later.append, Qt.ConnectionType.QueuedConnection)
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(lambda: bool(later))

        assert not shown.banners.text("restart")


async def test_a_port_from_the_command_line_is_said_to_count(qloop: Loop) -> None:
    with held_port() as port:
        async with window(RAW) as (desk, _):
            desk.bridge.store._overrides["port"] = port
            failed: list[str] = []
            desk.bridge.failed.connect(lambda problem: failed.append(problem.text))

            task = troubles.use_port(desk.bridge, port + 1)

            await asyncio.wait({task})
            assert "--port" in failed[0]
            assert desk.bridge.raw["PORT"] == RAW["PORT"]  # a change that would help nobody


async def test_an_older_copy_can_be_closed(qloop: Loop) -> None:
    async with window() as (desk, shown):
        conflict = troubles.neighbours.PortConflict(3456, "ccr", True, True)
        begun: list[str] = []

        async def take_over() -> ServiceState:
            begun.append("take over")
            return desk.bridge.supervisor.state

        desk.bridge.supervisor.take_over = take_over  # type: ignore[method-assign]
        desk.bridge.supervisor.state = ServiceState(Phase.FAILED, conflict=conflict)
        desk.bridge.refresh()
        await eventually(lambda: shown.banners.text("service"))
        assert "older copy" in shown.banners.text("service")
        held = banner(shown, "service")
        assert held

        held.button.click()

        await eventually(lambda: begun)


async def test_another_failure_is_told_with_a_new_start(qloop: Loop) -> None:
    async with window() as (desk, shown):
        desk.bridge.supervisor.state = ServiceState(
            Phase.FAILED, "", "The router keeps ending", "Three times."
        )

        desk.bridge.refresh()

        assert shown.banners.text("service") == "The router keeps ending. Three times."


async def test_a_bad_file_is_told_and_what_was_in_force_goes_on(
    qloop: Loop,
) -> None:
    async with window() as (desk, shown):
        await desk.bridge.begin()
        await eventually(lambda: desk.bridge.supervisor.state.phase is Phase.RUNNING)

        write_config('{\n  "PORT": 1234,\n  "LOG": tru\n}')

        await eventually(lambda: shown.banners.text("settings-file"))
        assert "from before" in shown.banners.text("settings-file")
        assert "deepseek" in desk.bridge.config.providers
        held = banner(shown, "settings-file")
        assert held
        held.button.click()
        assert shown.page == "settings"
        editor = shown.findChild(CodeEditor, "settings-file-text")
        assert editor
        await eventually(lambda: editor.textCursor().blockNumber() == 2)
        assert editor.hasFocus()

        write_config(RAW)
        await eventually(lambda: not shown.banners.text("settings-file"))


async def test_a_file_that_is_bad_from_the_start_is_told(qloop: Loop) -> None:
    async with window("{ broken") as (_, shown):
        assert "built-in settings" in shown.banners.text("settings-file")
        told = banner(shown, "settings-file")
        assert told
        assert not told.other_button.isVisible()  # no earlier version is there


async def test_that_a_file_is_deleted_is_told_where_one_of_another_program_is_bad(
    qloop: Loop,
) -> None:
    async with window() as (desk, shown):
        await desk.bridge.begin()
        await eventually(lambda: desk.bridge.supervisor.state.phase is Phase.RUNNING)
        other = paths.legacy_config_file()
        other.parent.mkdir(parents=True)
        other.write_text("{ broken", "utf-8")
        desk.bridge.store.save_path.unlink()

        await eventually(lambda: shown.banners.text("settings-file"))
        said = shown.banners.text("settings-file")
        assert said.startswith("The settings file was deleted or moved, and that of claude-code")


async def test_a_file_that_is_deleted_is_told_and_can_be_brought_back(qloop: Loop) -> None:
    async with window() as (desk, shown):
        await desk.bridge.edit(lambda raw: {**raw, "LOG": False}, "Logs: off")
        before = read_config_file()
        desk.bridge.store.save_path.unlink()
        desk.bridge.store.reload()
        desk.bridge.config_changed.emit(desk.bridge.config)

        assert "was deleted or moved" in shown.banners.text("settings-file")
        told = banner(shown, "settings-file")
        assert told
        told.button.click()

        await eventually(lambda: not shown.banners.text("settings-file"))
        assert read_config_file() == before


async def test_without_a_file_from_the_start_none_is_missed(qloop: Loop) -> None:
    async with window() as (desk, shown):
        desk.bridge.store.save_path.unlink()
        desk.bridge.store.reload()
        again = Troubles(desk, shown)
        again._show_file(())

        assert not shown.banners.text("settings-file")


async def test_the_last_good_version_is_restored_where_there_is_one(qloop: Loop) -> None:
    async with window() as (desk, shown):
        await desk.bridge.edit(lambda raw: {**raw, "LOG": False}, "Logs: off")
        write_config("{ broken")
        with pytest.raises(ConfigError):
            desk.bridge.store.reload()
        desk.bridge.config_changed.emit(desk.bridge.config)

        told = banner(shown, "settings-file")
        assert told
        told.other_button.click()

        await eventually(lambda: not shown.banners.text("settings-file"))
        assert read_config_file()["LOG"] is False
        kept = [desk.bridge.store.version_text(each.name) for each in desk.bridge.store.versions()]
        assert b"{ broken" in kept


async def test_where_no_version_is_good_the_history_is_shown(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(troubles, "last_good", lambda _: None)
    async with window() as (desk, shown):
        await desk.bridge.edit(lambda raw: {**raw, "LOG": False}, "Logs: off")
        path = write_config("{ broken")
        with pytest.raises(ConfigError):
            desk.bridge.store.reload()
        desk.bridge.config_changed.emit(desk.bridge.config)
        told = banner(shown, "settings-file")
        assert told

        told.other_button.click()

        await eventually(lambda: shown.page == "settings")
        assert path.read_text() == "{ broken"


@pytest.mark.parametrize("text", ["{ broken", '{"Providers": [{"name": 7}, 8]}'])
async def test_a_file_that_is_bad_from_the_start_is_no_first_start(qloop: Loop, text: str) -> None:
    async with window(text) as (desk, shown):
        desk.bridge.refresh()
        assert desk.bridge.overview.awaits_file
        assert not opens_by_itself(desk)
        shown.strip.show_overview(desk.bridge.overview)
        main = shown.findChild(ElidedText, "main-model")
        assert main
        assert main.text() == "Demo until the file is mended"
        await eventually(lambda: not desk.bridge.tasks._tasks)
        home = shown.findChild(FirstDayCard)
        assert home
        assert home.isHidden()


async def test_without_a_file_it_is_a_first_start(qloop: Loop) -> None:
    async with window():
        (paths.config_dir() / "config.json").unlink()
        fresh = new_desk()
        assert opens_by_itself(fresh)
        assert not fresh.bridge.overview.awaits_file
        fresh.secrets.close()


async def test_a_change_elsewhere_shows_at_once(qloop: Loop) -> None:
    async with window() as (desk, _):
        seen: list[Config] = []
        desk.bridge.config_changed.connect(seen.append)
        await desk.bridge.begin()
        await eventually(lambda: desk.bridge.supervisor.state.phase is Phase.RUNNING)

        write_config({**RAW, "Router": {"default": "kimi,k2.7"}})

        await eventually(lambda: desk.bridge.overview.main == "kimi,k2.7")
        assert seen


@pytest.mark.parametrize(("answer", "is_saved"), [("go", True), ("", False)])
@pytest.mark.parametrize("comment", ["// mine\n", ""])
async def test_what_is_there_twice_is_lost_only_with_consent(
    qloop: Loop, comment: str, answer: str, is_saved: bool
) -> None:
    async with window(f'{{ {comment} "Router": {{}}, "Router": {{}}}}') as (desk, shown):
        edit = desk.bridge.edit(lambda raw: {**raw, "LOG": False}, "Log off")
        await give(shown, answer)

        assert await edit is is_saved
        assert desk.bridge.config.writes_log is not is_saved


@pytest.mark.parametrize(("answer", "level"), [("go", "info"), ("", "error")])
async def test_what_was_changed_elsewhere_is_taken_back_only_with_consent(
    qloop: Loop, answer: str, level: str
) -> None:
    async with window() as (desk, shown):
        await desk.bridge.edit(lambda raw: {**raw, "LOG_LEVEL": "info"}, "Log level: info")
        write_config({**RAW, "LOG_LEVEL": "error"})

        desk.bridge.undo()
        await give(shown, answer)

        await eventually(lambda: not desk.bridge.editor._turn.locked())
        assert read_config_file()["LOG_LEVEL"] == level


async def test_a_line_can_be_put_away(qloop: Loop) -> None:
    async with window() as (_, shown):
        shown.banners.put("one", "info", "Words", None)
        shown.banners.put("one", "info", "Other words", None)
        held = [each for each in shown.findChildren(Banner) if each.isVisible()]
        assert [each.text() for each in held] == ["Other words"]

        held[0].close_button.click()

        assert shown.banners.isHidden()
