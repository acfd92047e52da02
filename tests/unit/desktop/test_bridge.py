"""The bridge: what happens comes out as records, what people want goes in as calls."""

import asyncio
import gc
import json
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.service import Service
from ccr_desktop.core.setup.edits import with_route
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.state import UNTIL_RESUMED, Look, Overview, Problem, Toast
from ccr_desktop.errors import ClientError
from tests.component.client import STREAMED, Client
from tests.support.turns import text
from tests.support.upstream import Upstream
from tests.unit.desktop.desks import new_desk, open_desk, read_config_file, write_config
from tests.unit.desktop.waiting import eventually


def configuration(upstream: Upstream) -> dict[str, object]:
    return {
        "Providers": [
            {
                "name": "first",
                "api_base_url": f"{upstream.url}/v1/chat/completions",
                "api_key": "sk-one",
                "models": ["m1", "m2"],
            }
        ],
        "Router": {"default": ["first,m1", "first,m2"]},
        "routeSets": {"night": {"default": "first,m2"}},
        "own": "kept",
    }


async def test_the_router_starts_with_the_app_and_ends_with_it(qloop: Loop) -> None:
    seen: list[Overview] = []

    async with open_desk() as desk:
        desk.bridge.overview_changed.connect(seen.append)
        assert desk.bridge.overview.look is Look.RUNNING
        assert desk.bridge.overview.is_demo
        url = desk.bridge.overview.service.url
        async with aiohttp.ClientSession() as session, session.get(f"{url}/health") as answer:
            assert answer.status == 200

    assert seen[-1].look is Look.OFF


async def test_what_passes_through_is_in_the_journal(qloop: Loop, upstream: Upstream) -> None:
    write_config(configuration(upstream))
    upstream.script(text("Hello"))
    drawn: list[None] = []

    async with open_desk() as desk:
        desk.bridge.activity_changed.connect(lambda: drawn.append(None))
        async with aiohttp.ClientSession() as session:
            await Client(session, desk.bridge.overview.service.url).ask()
        await eventually(lambda: drawn)
        [entry] = desk.bridge.journal.entries

    assert (entry.route, entry.status) == ("first,m1", 200)


async def test_a_change_is_saved_used_and_can_be_undone(qloop: Loop, upstream: Upstream) -> None:
    raw = configuration(upstream)
    write_config(raw)
    told: list[Toast] = []

    async with open_desk() as desk:
        bridge = desk.bridge
        bridge.told.connect(told.append)
        await bridge.edit(lambda old: with_route(old, "think", ["first,m2"]), "Thinking: m2")
        assert read_config_file()["Router"]["think"] == "first,m2"
        assert read_config_file()["own"] == "kept"
        in_force = await bridge.host.call(_thinking)
        bridge.undo()
        await eventually(lambda: read_config_file() == raw)
        await eventually(lambda: bridge.config.router.route("think") is None)
        await eventually(lambda: len(told) > 1)

    assert in_force == "first,m2"
    assert told == [Toast("Thinking: m2", can_undo=True), Toast("Undone: Thinking: m2")]


async def _thinking(service: object) -> str:
    config: Config = service.config  # type: ignore[attr-defined]
    return str(config.router.route("think"))


async def test_the_router_answers_while_a_new_plugin_takes_its_time_to_load(
    qloop: Loop, upstream: Upstream, tmp_path: Path
) -> None:
    write_config(configuration(upstream))
    begun, go_on, plugin = tmp_path / "begun", tmp_path / "go-on", tmp_path / "slow.py"
    plugin.write_text(
        "import pathlib, time\n"
        f"pathlib.Path({str(begun)!r}).touch()\n"
        f"while not pathlib.Path({str(go_on)!r}).exists():\n"
        "    time.sleep(0.01)\n"
        "class Slow:\n"
        "    name = 'slow'\n"
        "    def request(self, body, context):\n"
        "        return body\n",
        "utf-8",
    )

    async with open_desk() as desk:
        entry = {"path": str(plugin)}
        adding = desk.bridge.edit(lambda old: {**old, "transformers": [entry]}, "Added slow.py")
        await eventually(begun.exists)
        url = desk.bridge.overview.service.url
        async with aiohttp.ClientSession() as session, session.get(f"{url}/health") as answer:
            assert answer.status == 200
        assert not adding.done()
        go_on.touch()
        await adding
        assert list(await desk.bridge.host.call(_plugins)) == ["slow"]


async def _plugins(service: Service) -> Iterable[str]:
    assert service.plugins
    return service.plugins.classes


async def test_a_change_that_can_not_be_used_is_told_and_nothing_is_saved(
    qloop: Loop, upstream: Upstream
) -> None:
    raw = configuration(upstream)
    write_config(raw)
    desk = new_desk()
    problems: list[Problem] = []
    desk.bridge.failed.connect(problems.append)

    def refuse(_: object) -> dict[str, object]:
        raise ClientError("There is no provider 'x'", "Add it first.")

    changing = desk.bridge.edit(refuse, "Removed x")
    await asyncio.wait({changing})
    await desk.bridge.end()

    assert isinstance(changing.exception(), ClientError)
    assert problems == [Problem("There is no provider 'x'", "Add it first.")]
    assert read_config_file() == raw


async def test_the_main_model_changes_and_keeps_its_backups(
    qloop: Loop, upstream: Upstream
) -> None:
    write_config(configuration(upstream))

    async with open_desk() as desk:
        desk.bridge.set_main_model("first,m2")
        await eventually(lambda: desk.bridge.overview.main == "first,m2")
        desk.bridge.set_route_set("night")
        await eventually(lambda: desk.bridge.overview.route_set == "night")
        desk.bridge.set_main_model("first,m1")
        await eventually(lambda: desk.bridge.overview.main == "first,m1")

    saved = read_config_file()
    assert saved["Router"]["default"] == "first,m2"
    assert saved["routeSets"]["night"]["default"] == "first,m1"


@pytest.mark.parametrize("seconds", [900.0, UNTIL_RESUMED])
async def test_routing_is_paused_and_resumed(qloop: Loop, seconds: float) -> None:
    async with open_desk() as desk:
        desk.bridge.pause_routing(seconds)
        await eventually(lambda: desk.bridge.overview.paused_until_s is not None)
        desk.bridge.resume_routing()
        await eventually(lambda: desk.bridge.overview.paused_until_s is None)


async def test_a_file_changed_by_hand_shows_at_once(qloop: Loop, upstream: Upstream) -> None:
    raw = configuration(upstream)
    write_config(raw)

    async with open_desk() as desk:
        write_config({**raw, "Router": {"default": "first,m2"}})
        await eventually(lambda: desk.bridge.overview.main == "first,m2")


async def test_a_file_changed_while_the_router_is_off_shows_too(
    qloop: Loop, upstream: Upstream
) -> None:
    raw = configuration(upstream)
    write_config(raw)

    async with open_desk() as desk:
        desk.bridge.stop()
        await eventually(lambda: desk.bridge.overview.service.phase is Phase.OFF)
        write_config({**raw, "Router": {"default": "first,m2"}})
        await eventually(lambda: desk.bridge.overview.main == "first,m2")


async def test_a_bad_file_is_an_issue_and_the_router_goes_on(
    qloop: Loop, upstream: Upstream
) -> None:
    raw = configuration(upstream)
    write_config(raw)
    issues: list[tuple[Issue, ...]] = []

    async with open_desk() as desk:
        desk.bridge.issues_changed.connect(issues.append)
        write_config(json.dumps(raw)[:-1])
        await eventually(lambda: desk.bridge.overview.look is Look.ATTENTION)
        assert desk.bridge.overview.main == "first,m1"
        write_config(raw)
        await eventually(lambda: desk.bridge.overview.look is Look.RUNNING)

    errors = [[issue for issue in found if issue.severity == "error"] for found in issues]
    assert [len(found) for found in errors] == [1, 0]


async def test_starting_and_stopping_show(qloop: Loop) -> None:
    looks: list[Look] = []

    async with open_desk() as desk:
        bridge = desk.bridge
        bridge.overview_changed.connect(lambda overview: looks.append(overview.look))
        bridge.stop()
        await eventually(lambda: bridge.overview.look is Look.OFF)
        bridge.start()
        await eventually(lambda: bridge.overview.look is Look.RUNNING)
        looks.clear()
        bridge.restart()
        await eventually(lambda: looks[-2:] == [Look.STARTING, Look.RUNNING])


async def test_stopping_tells_for_how_many_requests_it_still_waits(
    qloop: Loop, upstream: Upstream
) -> None:
    write_config(configuration(upstream))
    held = [threading.Event(), threading.Event()]
    upstream.script(*(replace(text("Hello"), held=each) for each in held))
    waits: list[int] = []

    def note(overview: Overview) -> None:
        if overview.service.phase is Phase.STOPPING:
            waits.append(overview.running_requests)

    async with open_desk() as desk, aiohttp.ClientSession() as session:
        bridge = desk.bridge
        client = Client(session, bridge.overview.service.url)
        asked = [asyncio.ensure_future(client.ask(STREAMED)) for _ in held]
        await eventually(lambda: bridge.overview.running_requests == 2)
        bridge.overview_changed.connect(note)
        bridge.stop()
        for count, each in zip((2, 1), held, strict=True):
            await eventually(lambda count=count: waits[-1:] == [count])
            each.set()
        await asyncio.gather(*asked)
        await eventually(lambda: bridge.overview.service.phase is Phase.OFF)


async def test_requests_can_be_stopped_also_while_the_router_waits_for_their_end(
    qloop: Loop, upstream: Upstream
) -> None:
    write_config(configuration(upstream))
    held = threading.Event()
    upstream.script(replace(text("Hello"), held=held))
    async with open_desk() as desk, aiohttp.ClientSession() as session:
        bridge = desk.bridge
        client = Client(session, bridge.overview.service.url)
        asked = asyncio.ensure_future(client.ask(STREAMED))
        await eventually(lambda: bridge.overview.running_requests == 1)
        bridge.stop()
        await eventually(lambda: bridge.supervisor.state.phase is Phase.STOPPING)

        bridge.stop_requests()

        answer = await asked
        held.set()
        assert b"as its user asked" in answer.raw
        await eventually(lambda: bridge.supervisor.state.phase is Phase.OFF)


async def test_a_change_that_is_cancelled_before_it_begins_leaves_nothing_behind(
    qloop: Loop,
) -> None:
    async with open_desk(is_started=False) as desk:
        task = desk.bridge.edit(lambda raw: {**raw, "own": 1}, "Changed")

        task.cancel()
        await asyncio.wait({task})
        gc.collect()  # a coroutine that nobody awaited would be told of here

        assert "own" not in desk.bridge.raw


async def test_what_was_changed_right_before_the_end_is_saved(
    qloop: Loop, upstream: Upstream
) -> None:
    raw = configuration(upstream)
    write_config(raw)
    desk = new_desk()
    wanted = {f"X-{number}": number for number in range(5)}
    for name, value in wanted.items():
        desk.bridge.edit(lambda now, name=name, value=value: {**now, name: value}, name)

    await desk.bridge.end()

    saved = read_config_file()
    assert {name: saved.get(name) for name in wanted} == wanted
