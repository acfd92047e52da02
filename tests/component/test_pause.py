"""Routing is paused and goes on, by the management API and by the service's own methods."""

import time
from pathlib import Path

import aiohttp
import pytest

from tests.component.client import QUESTION, Client
from tests.component.conftest import StartService, configuration
from tests.component.desk import Desk
from tests.component.provider import Provider

EXPLICIT = {**QUESTION, "model": "claude,claude-upstream"}


async def test_a_paused_router_sends_everything_to_the_default_route(desk: Desk) -> None:
    before_s = time.time()

    status, told = await desk.call("POST", "/api/pause", minutes=15)
    _, shown = await desk.call("GET", "/api/status")
    await desk.ask(EXPLICIT)
    _, kept = await desk.call("GET", "/api/decisions")

    assert (status, told["paused"], shown["paused"]) == (200, True, True)
    assert before_s + 900 <= told["paused_until_s"] <= time.time() + 900
    decision = kept["decisions"][0]["decision"]
    assert decision["route"] == "mock,big"
    assert decision["trace"][0]["reason"] == "routing is paused for another 15 min"


async def test_resuming_lets_the_rules_choose_again(desk: Desk) -> None:
    _, told = await desk.call("POST", "/api/pause", minutes=None)
    assert told == {"paused": True, "paused_until_s": None}

    _, told = await desk.call("POST", "/api/resume")
    await desk.ask(EXPLICIT)
    _, kept = await desk.call("GET", "/api/decisions")

    assert told == {"paused": False, "paused_until_s": None}
    assert kept["decisions"][0]["decision"]["scenario"] == "explicit"


@pytest.mark.parametrize("minutes", [0, -1, "15", True, 1e9])
async def test_what_is_no_time_is_refused(desk: Desk, minutes: object) -> None:
    status, told = await desk.call("POST", "/api/pause", minutes=minutes)

    assert status == 400
    assert told["error"]["message"].startswith("minutes: ")
    assert desk.service.paused_until_s is None


async def test_neither_projects_nor_the_users_own_router_are_asked(
    start_service: StartService, provider: Provider, tmp_path: Path
) -> None:
    own = tmp_path / "router.py"
    own.write_text("def route(request, config):\n    return 'claude,claude-upstream'\n")
    projects = {str(tmp_path): "claude,claude-upstream"}
    service = await start_service(
        configuration(provider.url, CUSTOM_ROUTER_PATH=str(own), projects=projects)
    )
    headers = {"x-ccr-folder": str(tmp_path)}

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        before = await client.ask(QUESTION, headers)
        service.pause_routing(None)
        paused = await client.ask(QUESTION, headers)

    assert before.headers["x-ccr-route"] == "claude,claude-upstream"
    assert paused.headers["x-ccr-route"] == "mock,big"


async def test_the_end_of_the_service_ends_the_pause(desk: Desk) -> None:
    desk.service.pause_routing(None)
    await desk.service.stop()

    assert desk.service.paused_until_s is None
