"""Requests that are never sent: what they look like, and that they are decided as real ones."""

import asyncio
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.observe.asked import Asked
from ccr_desktop.core.observe.journal import Entry
from ccr_desktop.core.routing.tokens import TokenCounter
from ccr_desktop.core.routing.unknown import ALWAYS, Fact
from ccr_desktop.core.service import Service
from ccr_desktop.desktop.explaining import explained, own_prompts
from ccr_desktop.desktop.hosting import LoopHost
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.trial import THINKING, Trial, body_of, headers_of, trial_of
from ccr_desktop.errors import CcrError, ClientError
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.routes.opened import configuration

ROUTER: dict[str, Any] = {
    "default": ["a,m", "a,n"],
    "background": "b,small",
    "think": "a,n",
    "longContext": "b,large",
    "webSearch": "b,large",
    "image": "b,large",
    "subagent": "b,small",
    "agents": {"Explore": "a,n", "mine": "b,large"},
    "longContextThreshold": 20_000,
    "rules": [
        {"name": "acme", "when": {"contains": "acme"}, "route": "b,large"},
        {"name": "client", "when": {"folder": "/srv/client"}, "only": ["a"]},
        {"name": "secret", "when": {"contains": "secret plan"}, "block": "Not here."},
    ],
}
TRIALS = {
    "plain": (Trial(), "default"),
    "named": (Trial(model="b,large", folder="/srv"), "explicit"),
    "nobody knows where": (Trial(model="b,large"), ""),
    "haiku": (Trial(model="claude-haiku-4-5", folder="/srv"), "background"),
    "rule": (Trial(text="for acme", folder="/srv"), "rule"),
    "plan": (Trial(thinking="plan"), "think"),
    "ultrathink": (Trial(thinking="ultrathink"), "think"),
    "highest effort": (Trial(thinking="max"), "think"),
    "low effort": (Trial(thinking="low"), "default"),
    "picture": (Trial(has_picture=True, folder="/srv"), "image"),
    "search": (Trial(searches_web=True, folder="/srv"), "webSearch"),
    "long": (Trial(tokens=30_000, folder="/srv"), "longContext"),
    "helper": (Trial(agent="", folder="/srv"), "subagent"),
    "named helper": (Trial(agent="Explore"), "subagent"),
    "own helper": (
        Trial(agent="mine", prompts={"mine": "You mend clocks."}, folder="/srv"),
        "subagent",
    ),
    "folder": (Trial(folder="/srv/client", text="for acme"), ""),
    "refused": (Trial(text="the secret plan"), ""),
    "too long": (Trial(tokens=1_200_000), ""),
    "nobody": (Trial(model="nobody,m"), ""),
}


def _config(upstream: Upstream) -> Config:
    raw = configuration(upstream.url, Router=ROUTER)
    return read_config({**raw, "PORT": 3456}, None, {})


@pytest.fixture
def agents(home: Path) -> None:
    folder = home / ".claude" / "agents"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text("You mend clocks.")


@pytest.mark.usefixtures("agents")
async def test_what_is_told_is_what_happens(upstream: Upstream, qloop: Loop) -> None:
    config = _config(upstream)
    host = LoopHost(lambda: Service(replace(config, port=0)))
    await host.start()
    try:
        async with aiohttp.ClientSession() as session:
            for name, (trial, scenario) in TRIALS.items():
                told = await _told(trial, host, config)
                assert await _happened(session, host.url, trial) == told, name
                if scenario:
                    assert told[1] == scenario, name
    finally:
        await host.stop()


@pytest.mark.usefixtures("agents")
async def test_without_the_service_the_same_is_told(upstream: Upstream, qloop: Loop) -> None:
    config = _config(upstream)
    off, on = (LoopHost(lambda: Service(replace(config, port=0))) for _ in range(2))
    await on.start()
    try:
        for trial, _ in TRIALS.values():
            assert await _told(trial, off, config) == await _told(trial, on, config)
    finally:
        await on.stop()
    assert upstream.requests == []


async def _told(trial: Trial, host: LoopHost, config: Config) -> tuple[str, str]:
    try:
        decision = await explained(trial, host, config)
    except CcrError as exc:
        return "", str(exc)
    return str(decision.route), decision.scenario


async def _happened(session: aiohttp.ClientSession, url: str, trial: Trial) -> tuple[str, str]:
    body = await asyncio.to_thread(body_of, trial)
    sent = BytesIO(json.dumps(body).encode())  # aiohttp warns of large bodies as bytes
    headers = {**headers_of(trial), "content-type": "application/json"}
    async with session.post(f"{url}/v1/messages", data=sent, headers=headers) as answer:
        text = await answer.text()
        if answer.status != 200:
            return "", str((await answer.json())["error"]["message"])
        assert text
        return answer.headers["x-ccr-route"], answer.headers["x-ccr-scenario"]


@pytest.mark.parametrize("tokens", [500, 30_000, 200_000])
def test_it_is_filled_up_to_the_size_that_is_wanted(tokens: int) -> None:
    body = body_of(Trial(text="Write a haiku", tokens=tokens, has_picture=True))

    counter = TokenCounter()
    assert tokens <= counter.count(counter.survey(body)) <= tokens + 5
    assert body["messages"][-1]["content"][0]["text"] == "Write a haiku"


def test_a_text_that_is_larger_than_the_size_stays_as_it_is() -> None:
    body = body_of(Trial(text="many words " * 100, tokens=10))

    assert len(body["messages"]) == 1


@pytest.mark.parametrize("sign", THINKING)
def test_each_way_of_thinking_is_sent_as_claude_code_sends_it(sign: str) -> None:
    body = body_of(Trial(thinking=sign))

    assert body["thinking"] == {"type": "adaptive"}
    said = " ".join(block["text"] for block in body["messages"][-1]["content"])
    assert ("Plan mode is active" in said) == (sign == "plan")
    assert ("ultrathink" in said) == (sign == "ultrathink")


def test_a_past_request_is_tried_by_what_is_known_of_it() -> None:
    entry = Entry(
        request_id="r",
        at_s=0,
        model="claude-opus-5",
        folder="/srv/x",
        scenario="webSearch",
        usage={"input_tokens": 10, "cache_read_input_tokens": 500, "output_tokens": 3},
    )

    found = trial_of(entry)
    assert (found.model, found.folder, found.tokens) == ("claude-opus-5", "/srv/x", 510)
    assert found.unknown == set(Fact) - {Fact.SIZE}  # it was refused before anybody looked
    assert found.text == ""

    kept = replace(entry, usage={}, asked=Asked(is_subagent=True, agent=None, has_image=True))
    found = trial_of(kept)
    assert found.unknown == {*ALWAYS, Fact.AGENT, Fact.SIZE}
    assert (found.agent, found.has_picture, found.searches_web) == ("", True, False)
    signs = frozenset({"any", "thinking:adaptive", "effort:high", "plan"})
    assert trial_of(replace(kept, asked=Asked(signs=signs))).thinking == "plan"


@pytest.mark.usefixtures("agents")
async def test_prompts_of_own_helpers_are_found(qloop: Loop) -> None:
    assert await own_prompts(Trial(agent="mine")) == {"mine": "You mend clocks."}
    assert await own_prompts(Trial(agent="Explore")) == {}
    assert await own_prompts(Trial()) == {}


async def test_a_request_that_is_refused_is_refused_here_too(
    upstream: Upstream, qloop: Loop
) -> None:
    host = LoopHost(lambda: Service(_config(upstream)))

    with pytest.raises(ClientError, match="refuses this"):
        await explained(Trial(text="the secret plan"), host, _config(upstream))
