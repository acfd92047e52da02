"""The management API: described, guarded, and true to the running service."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import aiohttp
import pytest
from jsonschema import Draft202012Validator

from ccr_desktop import paths
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    ConfigRejected,
    ConfigReloaded,
    Event,
    FellBack,
    ProviderPaused,
    ProviderResumed,
    RoutingPaused,
    RoutingResumed,
)
from ccr_desktop.core.server.config_paths import ConfigPaths
from ccr_desktop.core.server.management import Management
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import KEY, configuration
from tests.component.desk import DESCRIPTION, Desk, validate
from tests.component.provider import PATIENCE_S, JsonObject, Provider
from tests.desktop.waiting import eventually


def test_every_path_is_described_and_the_other_way_round() -> None:
    plain = Management.__new__(Management)
    plain._token = b""
    plain._file = ConfigPaths.__new__(ConfigPaths)
    served = {(route.method.lower(), route.path) for route in Management.routes(plain)}
    described = {
        (method, path) for path, methods in DESCRIPTION["paths"].items() for method in methods
    }

    assert served == described
    Draft202012Validator.check_schema(DESCRIPTION["components"]["schemas"]["Status"])


async def test_nothing_is_told_without_the_token(desk: Desk) -> None:
    for path, methods in DESCRIPTION["paths"].items():
        if path == "/api/openapi.json":
            continue
        for method in methods:
            concrete = path.replace("{name}", "ccr-desktop.log").replace("{id}", "req_1")
            assert (await desk.call(method.upper(), concrete, token="wrong"))[0] == 401
    assert (await desk.call("GET", "/api/openapi.json", token=""))[1] == DESCRIPTION


async def test_the_status_says_what_runs(desk: Desk) -> None:
    _, status = await desk.call("GET", "/api/status")

    assert status["url"] == desk.service.url
    assert status["config"] == str(desk.file)
    assert status["routes"] == {"default": ["mock,big"]}
    assert (status["running_requests"], status["problems"]) == (0, [])


async def test_a_stop_is_what_the_host_waits_for(desk: Desk) -> None:
    await desk.call("POST", "/api/stop")

    async with asyncio.timeout(PATIENCE_S):
        await desk.service.stop_wanted.wait()


async def test_an_explanation_is_the_decision_of_the_run(desk: Desk, provider: Provider) -> None:
    status, told = await desk.call("POST", "/api/explain", **QUESTION)
    await desk.ask()
    _, kept = await desk.call("GET", "/api/decisions")

    assert (status, told["route"], told["scenario"]) == (200, "mock,big", "default")
    assert kept["decisions"][0]["decision"] == told
    assert len(provider.calls) == 1


async def test_decisions_tell_what_became_of_them_newest_first(desk: Desk) -> None:
    await desk.ask()
    await desk.ask({**STREAMED, "model": "claude,claude-upstream"})

    _, told = await desk.call("GET", "/api/decisions?limit=5")

    assert [entry["decision"]["scenario"] for entry in told["decisions"]] == ["explicit", "default"]
    assert told["decisions"][1]["outcome"]["status"] == 200
    assert len((await desk.call("GET", "/api/decisions?limit=1"))[1]["decisions"]) == 1


async def test_the_configuration_is_shown_without_its_keys(desk: Desk) -> None:
    _, told = await desk.call("GET", "/api/config")

    assert told["config"]["Providers"][0]["name"] == "mock"
    assert KEY not in json.dumps(told)
    _, providers = await desk.call("GET", "/api/providers")
    assert providers["providers"][0]["has_key"] is True
    assert KEY not in json.dumps(providers)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/v1?key=planted-0123456789", "http://me:planted@127.0.0.1:1/v1"]
)
async def test_an_address_that_holds_a_secret_is_not_shown(desk: Desk, url: str) -> None:
    raw = json.loads(desk.file.read_text())
    raw["Providers"][0]["api_base_url"] = url
    desk.file.write_text(json.dumps(raw))
    await desk.call("POST", "/api/reload", token=None)

    for path in ("providers", "config"):
        _, told = await desk.call("GET", f"/api/{path}")
        assert "planted" not in json.dumps(told)
        assert "***" in json.dumps(told)


async def test_a_saved_configuration_takes_effect_and_can_be_taken_back(
    desk: Desk, provider: Provider
) -> None:
    _, before = await desk.call("GET", "/api/config")
    raw = {**configuration(provider.url), "Router": {"default": "mock,vendor/odd-model"}}

    status, _ = await desk.call("PUT", "/api/config", config=raw, revision=before["revision"])
    await desk.ask()
    _, versions = await desk.call("GET", "/api/config/versions")
    version = versions["versions"][0]["id"]
    await desk.call("POST", "/api/config/restore", version=version)
    await desk.ask()
    _, after = await desk.call("GET", "/api/config/versions")

    assert status == 200
    assert [state["origin"]["source"] for state in after["versions"]] == ["program", "file"]
    assert [call.body["model"] for call in provider.calls] == ["vendor/odd-model", "big"]


async def test_what_was_shown_masked_can_be_sent_back(desk: Desk, provider: Provider) -> None:
    before = json.loads(desk.file.read_text())
    before["Providers"][0] |= {"headers": {"x-plain": "$PLAIN"}}
    desk.file.write_text(json.dumps(before))
    await desk.call("POST", "/api/reload", token=None)
    _, shown = await desk.call("GET", "/api/config")

    raw = {**shown["config"], "Router": {"default": "mock,vendor/odd-model"}}
    status, _ = await desk.call("PUT", "/api/config", config=raw, revision=shown["revision"])
    await desk.ask()

    assert status == 200
    saved = json.loads(desk.file.read_text())
    assert saved["Providers"] == before["Providers"]  # with its key and its reference
    assert provider.calls[0].header("authorization") == f"Bearer {KEY}"
    raw["Providers"].append({**raw["Providers"][0], "name": "new"})
    status, told = await desk.call("PUT", "/api/config", config=raw)
    assert (status, "Providers[2].api_key" in told["error"]["message"]) == (400, True)


async def test_what_can_not_be_used_is_not_saved(desk: Desk, provider: Provider) -> None:
    before = desk.file.read_bytes()
    bad = {**configuration(provider.url), "Router": {"default": "nobody,x"}}

    status, told = await desk.call("PUT", "/api/config", config=bad)
    assert (status, "Router.default" in told["error"]["message"]) == (400, True)
    status, _ = await desk.call("PUT", "/api/config", config={}, revision="another")
    assert status == 409
    assert (await desk.call("PUT", "/api/config", config=[]))[0] == 400
    assert desk.file.read_bytes() == before


EVENTS: dict[str, Any] = {
    "route_chosen": None,  # a real one is below
    "attempt_failed": AttemptFailed(request_id="r", route="p,m", status=502, reason="gone"),
    "answer_began": AnswerBegan(request_id="r", route="p,m", first_s=0.5, waited_s=0.1),
    "fell_back": FellBack(request_id="r", from_route="p,m", to_route="q,n", reason="gone"),
    "finished": None,
    "config_reloaded": ConfigReloaded(source="x", notes=["y"]),
    "config_rejected": ConfigRejected(source="x", problems=["y"]),
    "routing_paused": RoutingPaused(until_s=5.0),
    "provider_paused": ProviderPaused(provider="mock", until_s=5.0, failures=3),
    "provider_resumed": ProviderResumed(provider="mock"),
    "routing_resumed": RoutingResumed(),
}


def test_every_kind_of_event_is_described() -> None:
    described = DESCRIPTION["paths"]["/api/events"]["get"]["x-events"]

    assert set(described) == set(EVENTS) == {kind.kind for kind in get_args(Event)}
    for kind, event in EVENTS.items():
        if event is not None:
            validate(event.as_json(), described[kind])


async def test_events_are_told_as_they_happen(desk: Desk) -> None:
    headers = {"x-ccr-token": desk.service.token}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{desk.service.url}/api/events", headers=headers) as listening,
    ):
        assert await listening.content.readline() == b": listening\n"
        await desk.ask()
        told: dict[str, Any] = {}
        async with asyncio.timeout(PATIENCE_S):
            while len(told) < 3:
                name, _, value = (await listening.content.readline()).decode().partition(": ")
                if name == "event":
                    kind = value.strip()
                elif name == "data":
                    told[kind] = json.loads(value)

    assert list(told) == ["route_chosen", "answer_began", "finished"]
    for kind, data in told.items():
        validate(data, DESCRIPTION["paths"]["/api/events"]["get"]["x-events"][kind])


async def test_logs_are_read_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    await desk.ask()
    log = paths.log_dir() / "ccr-desktop.log"
    await eventually(lambda: "mock,big" in log.read_text(), "the line of the request")
    (paths.log_dir() / "link.log").symlink_to(desk.file)
    (tmp_path / "desk" / "other.log").write_text("secret")

    _, listed = await desk.call("GET", "/api/logs")
    names = {log["name"] for log in listed["logs"]}
    _, told = await desk.call("GET", "/api/logs/ccr-desktop.log?lines=1")

    assert "ccr-desktop.log" in names
    assert any(name.startswith("ccr-2") for name in names)
    assert "mock,big" in told["lines"][0]
    for name in ("..%2Fother.log", "link.log", "%2Fetc%2Fpasswd", "nothing.log", "..%2F..%2Fx"):
        assert (await desk.call("GET", f"/api/logs/{name}"))[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/api/config", {"config": {}, "revision": 5}, 400),
        ("POST", "/api/config/restore", {"version": "../../../etc/passwd"}, 404),
        ("POST", "/api/config/restore", {"version": None}, 404),
        ("GET", "/api/decisions?limit=-1", {}, 400),
        ("GET", "/api/decisions?limit=many", {}, 400),
        ("GET", "/api/logs/ccr-desktop.log?lines=x", {}, 400),
        ("GET", "/api/logs/ccr-desktop.log?lines=99999999999999999999", {}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_in_a_sentence(
    desk: Desk, method: str, path: str, body: JsonObject, status: int
) -> None:
    answered, told = await desk.call(method, path, **body)

    assert answered == status
    assert told["error"]["message"]


@pytest.mark.parametrize("path", ["/api/explain", "/api/config/restore"])
async def test_a_body_that_can_not_be_unpacked_is_refused(desk: Desk, path: str) -> None:
    headers = {"x-ccr-token": desk.service.token, "Content-Encoding": "gzip"}
    url = f"{desk.service.url}{path}"
    async with aiohttp.ClientSession() as session:
        answer = await session.post(url, data=b"no gzip", headers=headers)
        told = await answer.json()

    assert answer.status == 400
    assert "can't be unpacked" in told["error"]["message"]


async def test_web_pages_and_foreign_hosts_get_nothing(desk: Desk) -> None:
    url = f"{desk.service.url}/api/config"
    async with aiohttp.ClientSession(headers={"x-ccr-token": desk.service.token}) as session:
        for headers in ({"Origin": "http://evil.test"}, {"Host": "evil.test"}):
            async with session.get(url, headers=headers) as answer:
                assert answer.status == 403
                assert "Access-Control-Allow-Origin" not in answer.headers


async def test_a_service_without_a_file_says_so(desk: Desk, provider: Provider) -> None:
    config = read_config(configuration(provider.url), None, {})
    service = Service(replace(config, port=0))
    await service.start()
    try:
        desk.service = service
        assert (await desk.call("PUT", "/api/config", config={}))[0] == 409
        assert (await desk.call("GET", "/api/config/versions"))[0] == 409
    finally:
        await service.stop()
