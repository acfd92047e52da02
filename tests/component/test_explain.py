"""What `ccr route explain` says is what the service does, for all that real clients sent."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from ccr_desktop.cli import route
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, Client
from tests.component.conftest import configuration
from tests.component.provider import JsonObject, Provider, completion, whole
from tests.component.test_captured_requests import UNKNOWN_PROVIDER, captured, names
from tests.support.programs import leave_out

SESSION = "00000000-0000-4000-8000-000000000007"
ROUTES = {
    "default": ["mock,big", "claude,claude-upstream"],
    "background": "mock,small",
    "think": "mock,think",
    "longContext": "mock,long",
    "longContextThreshold": 20500,
    "webSearch": "mock,search",
    "image": "mock,eyes",
    "subagent": "mock,helper",
    "agents": {"Explore": "mock,explorer"},
    "rules": [
        {
            "name": "compact",
            "when": {"contains": "*summary of the conversation*"},
            "route": "mock,c",
        },
        {"name": "mcp", "when": {"tool": "mcp__*"}, "route": "mock,mcp"},
        {"name": "secret", "when": {"folder": "/secret"}, "never": "claude"},
    ],
}
ROUTER = """\
async def route(request, config):
    return "mock,mine" if "ultrathink" in request.text else None
"""


@dataclass
class Running:
    service: Service
    file: Path
    decisions: list[RouteChosen] = field(default_factory=list)

    @property
    def port(self) -> str:
        return self.service.url.rpartition(":")[2]

    async def ask(self, body: JsonObject, headers: dict[str, str]) -> Any:
        async with aiohttp.ClientSession() as session:
            return await Client(session, self.service.url).ask(body, headers)

    async def explain(self, body: JsonObject, headers: dict[str, str]) -> int:
        """What the command prints is on the standard output of the test."""
        place = self.file.parent / "request.json"
        place.write_text(json.dumps(body))
        given = [f"--header={name}={value}" for name, value in headers.items()]
        command = ["explain", str(place), "--json", "--config", str(self.file), *given]
        return await asyncio.to_thread(route.run, command)


@pytest.fixture
async def running(provider: Provider, tmp_path: Path) -> AsyncIterator[Running]:
    (tmp_path / "router.py").write_text(ROUTER)
    raw = configuration(provider.url, Router=ROUTES, CUSTOM_ROUTER_PATH="router.py")
    raw["Providers"] += [{**raw["Providers"][0], "name": name} for name in ("openrouter", "bg")]
    file = tmp_path / "config.json"
    file.write_text(json.dumps(raw))
    store = ConfigStore(file, explicit=True, overrides={"port": 0})
    found = Running(Service(store.config, store), file)
    found.service.bus.subscribe(
        lambda event: found.decisions.append(event) if isinstance(event, RouteChosen) else None
    )
    await found.service.start()
    yield found
    await found.service.stop()


@pytest.mark.parametrize("name", [name for name in names() if name != UNKNOWN_PROVIDER])
async def test_what_is_explained_is_what_is_done(
    running: Running, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name not in captured():
        leave_out("there are no captured requests")
    request = captured()[name]
    headers = {key.lower(): value for key, value in request["headers"]}
    kept = {key: headers[key] for key in headers if key.startswith(("x-claude", "user-agent"))}

    assert await running.explain(request["body"], kept) == 0
    told = json.loads(capsys.readouterr().out)
    assert running.decisions == []
    answer = await running.ask(request["body"], kept)

    [chosen] = running.decisions
    assert told == chosen.decision.as_json()
    assert answer.headers["x-ccr-route"] == told["route"]
    assert answer.headers["x-ccr-scenario"] == told["scenario"]


async def test_of_a_running_service_the_explanation_knows_its_sessions(
    running: Running,
    provider: Provider,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Most of the first prompt came from the provider's cache; the second is short of the limit."""
    cached = {"prompt_tokens": 50000, "prompt_tokens_details": {"cached_tokens": 49000}}
    provider.script = whole({**completion("Yes."), "usage": {**cached, "completion_tokens": 1}})
    monkeypatch.setenv("SERVICE_PORT", running.port)
    session = {"x-claude-code-session-id": SESSION}
    await running.ask(QUESTION, session)
    second = {**QUESTION, "messages": [{"role": "user", "content": "word " * 20200}]}

    assert await running.explain(second, session) == 0
    assert await running.explain(second, {}) == 0

    explained = capsys.readouterr().out
    with_session, without = (json.loads(f"{text}}}") for text in explained.split("\n}\n")[:2])
    assert (with_session["route"], without["route"]) == ("mock,long", "mock,big")
    reason = with_session["trace"][-1]["reason"]
    assert reason == "the session's last prompt had 50,000 tokens > 20,500"
    assert (await running.ask(second, session)).headers["x-ccr-route"] == "mock,long"


async def test_a_service_with_another_file_is_not_asked(
    running: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVICE_PORT", running.port)
    other = running.file.parent / "other.json"
    raw = json.loads(running.file.read_text())
    other.write_text(json.dumps({**raw, "Router": {"default": "mock,other"}}))
    running.file = other

    await running.explain(QUESTION, {})

    assert json.loads(capsys.readouterr().out)["route"] == "mock,other"
