"""Transformers in a running service: built-in ones and plugins, on every kind of provider."""

import asyncio
import json
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.events import ConfigReloaded
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import KEY, Connect, configuration
from tests.component.provider import (
    PATIENCE_S,
    JsonObject,
    Provider,
    chunk,
    held,
    message,
    message_events,
    stream,
    text_chunks,
    whole,
)

TOOL = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object"}}
PLUGIN = """
from dataclasses import replace
from ccr_desktop.api import TextDelta

class Mine:
    name = "mine"

    def __init__(self, options):
        self.word = options["word"]

    def request(self, body, context):
        body["messages"][0]["content"] += f" ({self.word})"
        return body

    async def upstream_request(self, body, context):
        about = [context.provider.name, context.model, context.scenario, context.session_id]
        return {**body, "user": ",".join(about) + context.headers["x-team"]}

    def upstream_call(self, call, context):
        return replace(call, headers={**call.headers, "X-Signed": self.word})

    def open(self, context):
        return Shouting()

class Shouting:
    def feed(self, delta):
        yield TextDelta(delta.text.upper()) if isinstance(delta, TextDelta) else delta

    def finish(self):
        yield TextDelta("!")
"""


def chained(provider: Provider, chain: Any, *plugins: Any, name: str = "mock") -> JsonObject:
    """The configuration with a chain for the provider *name*, which is the default route."""
    raw = configuration(provider.url)
    for entry in raw["Providers"]:
        if entry["name"] == name:
            entry["transformer"] = chain
            raw["Router"] = {"default": f"{name},{entry['models'][0]}"}
    return {**raw, "transformers": list(plugins)}


def plugin(home: Path, text: str = PLUGIN, name: str = "mine.py") -> str:
    path = home / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return str(path)


# -- built-in ones -----------------------------------------------------------------------------


async def test_options_count_for_the_provider_and_for_one_model(
    connect: Connect, provider: Provider
) -> None:
    chain = {
        "use": [["maxtoken", {"max_tokens": 50}], ["customparams", {"seed": 7}]],
        "vendor/odd-model": {"use": [["maxtoken", {"max_tokens": 20}]]},
    }
    client = await connect(**chained(provider, chain))

    for model in ("mock,big", "mock,vendor/odd-model"):
        await client.ask({**QUESTION, "model": model})

    assert [call.body["max_tokens"] for call in provider.calls] == [50, 20]
    assert [call.body["seed"] for call in provider.calls] == [7, 7]


async def test_a_limit_above_what_is_assumed_of_servers_counts(
    connect: Connect, provider: Provider
) -> None:
    chain = {"use": [["maxtoken", {"max_tokens": 60_000}]]}
    client = await connect(**chained(provider, chain))

    await client.ask({**QUESTION, "max_tokens": 100_000})

    assert provider.calls[0].body["max_tokens"] == 60_000


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_a_tool_for_words_becomes_text(
    connect: Connect, provider: Provider, asked: JsonObject
) -> None:
    call = {
        "index": 0,
        "id": "call_1",
        "function": {"name": "ExitTool", "arguments": json.dumps({"response": "Done."})},
    }
    chunks = [
        {"id": "c", "choices": [{"index": 0, "delta": {"tool_calls": [call]}}]},
        {"id": "c", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]},
    ]
    provider.script = stream([b"data: %b\n\n" % json.dumps(c).encode() for c in chunks])
    client = await connect(**chained(provider, {"use": ["tooluse"]}))

    answer = await client.ask({**asked, "tools": [TOOL]})

    assert answer.text == "Done."
    assert '"stop_reason":"end_turn"' in answer.raw.decode()
    assert provider.calls[0].body["tool_choice"] == "required"


async def test_an_anthropic_endpoint_gets_the_changed_request_and_nothing_else_changes(
    connect: Connect, provider: Provider
) -> None:
    provider.script = whole(message("Hello."))
    chain = {"use": ["Anthropic", ["maxtoken", {"max_tokens": 9}], ["customparams", {"x": 1}]]}
    client = await connect(**chained(provider, chain, name="claude"))

    answer = await client.ask({**QUESTION, "safeguards": {"a": 1}})

    assert answer.text == "Hello."
    assert provider.calls[0].body == {
        **QUESTION,
        "model": "claude-upstream",
        "max_tokens": 9,
        "safeguards": {"a": 1},
        "x": 1,
    }


# -- plugins -----------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
@pytest.mark.parametrize("name", ["mock", "claude"])
async def test_every_hook_of_a_plugin_runs(
    connect: Connect, provider: Provider, home: Path, asked: JsonObject, name: str
) -> None:
    if name == "claude":
        provider.script = stream(message_events("Hello."))
    else:
        provider.script = stream(text_chunks("Hello."))
    entry = {"path": plugin(home), "options": {"word": "please"}}
    client = await connect(**chained(provider, {"use": ["mine"]}, entry, name=name))
    session = {"metadata": {"user_id": "user_x_account_y_session_abc"}}

    answer = await client.ask({**asked, **session}, {"X-Team": "+blue", "user-agent": "sdk"})

    (call,) = provider.calls
    model = "big" if name == "mock" else "claude-upstream"
    assert answer.text == "HELLO.!"
    assert call.body["messages"][0]["content"] == "Say hello (please)"
    assert call.body["user"] == f"{name},{model},default,abc+blue"
    assert call.header("x-signed") == "please"
    assert KEY in (call.header("authorization") or call.header("x-api-key") or "")


async def test_the_next_try_begins_with_what_the_client_sent(
    connect: Connect, provider: Provider, home: Path
) -> None:
    entry = {"path": plugin(home), "options": {"word": "once"}}
    raw = chained(provider, {"use": ["mine"]}, entry)
    provider.script = whole({"error": {"message": "busy"}}, status=503)
    client = await connect(**raw)

    await client.ask(QUESTION, {"x-team": ""})

    texts = [call.body["messages"][0]["content"] for call in provider.calls]
    assert texts == ["Say hello (once)"] * 2


FAILING = """
class Mine:
    name = "mine"
    def {hook}(self, *_):
        raise KeyError("no such thing")
"""


@pytest.mark.parametrize("hook", ["request", "upstream_request", "upstream_call", "open"])
@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_a_plugin_that_fails_fails_its_request_by_name(
    connect: Connect, provider: Provider, home: Path, hook: str, asked: JsonObject
) -> None:
    path = plugin(home, FAILING.format(hook=hook))
    raw = chained(provider, {"big": {"use": ["mine"]}}, path)
    client = await connect(**raw)

    answer = await client.ask(asked)

    assert answer.status == 500
    assert answer.error["message"] == (
        f"The transformer 'mine' failed: {hook}: KeyError: 'no such thing'"
    )
    assert answer.headers["x-should-retry"] == "false"
    assert (await client.ask({**asked, "model": "mock,vendor/odd-model"})).status == 200


@pytest.mark.parametrize("hook", ["request", "upstream_request"])
async def test_a_plugin_that_returns_what_is_no_json_is_named(
    connect: Connect, provider: Provider, home: Path, hook: str
) -> None:
    text = f"""
        class Mine:
            name = "mine"
            def {hook}(self, body, context):
                return {{**body, "user": {{1, 2}}}}
    """
    client = await connect(**chained(provider, {"use": ["mine"]}, plugin(home, text)))

    answer = await client.ask()

    said = f"The transformer 'mine' failed: {hook}: TypeError: Type is not JSON serializable: set"
    assert answer.error["message"] == said
    assert not provider.calls


async def test_a_plugin_that_exits_fails_its_request_and_no_other(
    connect: Connect, provider: Provider, home: Path
) -> None:
    text = FAILING.format(hook="request").replace('KeyError("no such thing")', "SystemExit(3)")
    client = await connect(**chained(provider, {"big": {"use": ["mine"]}}, plugin(home, text)))

    answer = await client.ask()

    assert answer.error["message"] == "The transformer 'mine' failed: request: SystemExit: 3"
    assert (await client.ask({**QUESTION, "model": "mock,vendor/odd-model"})).status == 200


REFUSING = """
    class Mine:
        name = "mine"
        def open(self, context):
            return self
        def feed(self, delta):
            if getattr(delta, "text", "") == "the ":
                raise ValueError("not this word")
            return [delta]
    """


async def test_a_filter_that_fails_in_mid_stream_ends_it_with_its_name(
    connect: Connect, provider: Provider, home: Path
) -> None:
    path = plugin(home, REFUSING)
    release = asyncio.Event()
    first, *rest = text_chunks("Hello the world")
    provider.script = held(release, [first], rest)
    client = await connect(**chained(provider, {"use": ["mine"]}, path))

    async with client.streaming(STREAMED) as running:
        await running.until(b"Hello ")
        release.set()
        answer = await running.rest()

    assert answer.kinds[-1] == "error"
    assert "'mine' failed: feed: ValueError: not this word" in answer.raw.decode()


async def test_what_came_before_a_failure_in_the_same_read_is_passed_on(
    connect: Connect, provider: Provider, home: Path
) -> None:
    words = [f"word{number} " for number in range(2000)]
    pieces = [chunk({"content": word}) for word in [*words, "the ", "end"]]
    provider.script = stream([b"".join(pieces)])
    client = await connect(**chained(provider, {"use": ["mine"]}, plugin(home, REFUSING)))

    answer = await client.ask(STREAMED)

    assert answer.kinds[-1] == "error"
    assert answer.text.startswith("".join(words[:1000]))


async def test_a_chain_that_can_not_be_had_is_refused_with_the_reason(
    connect: Connect, provider: Provider, home: Path
) -> None:
    path = plugin(home, "def broken(:")
    client = await connect(**chained(provider, {"use": ["mine"]}, path))

    answer = await client.ask()

    assert answer.status == 500
    assert answer.error["message"] == (
        "The transformer 'mine' failed: no plugin that could be loaded has this name. "
        f"Not loaded: {path} (SyntaxError: invalid syntax)."
    )
    assert not provider.calls


# -- reloading ---------------------------------------------------------------------------------


@pytest.fixture
async def watched(provider: Provider, home: Path) -> AsyncIterator[tuple[Service, Path]]:
    """A service that watches its file and the plugin in it."""
    path = Path(plugin(home))
    entry = {"path": str(path), "options": {"word": "one"}}
    file = home / "config.json"
    file.write_text(json.dumps(chained(provider, {"use": ["mine"]}, entry)))
    store = ConfigStore(file, explicit=True, environment={}, overrides={"port": 0})
    service = Service(store.config, store)
    await service.start()
    yield service, path
    await service.stop()


async def test_a_changed_plugin_counts_from_the_next_request_on(
    watched: tuple[Service, Path], provider: Provider
) -> None:
    service, path = watched
    changes: asyncio.Queue[ConfigReloaded] = asyncio.Queue()
    service.bus.subscribe(lambda e: changes.put_nowait(e) if type(e) is ConfigReloaded else None)
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        await client.ask(QUESTION, {"x-team": ""})
        path.write_text(PLUGIN.replace('f" ({self.word})"', '" (anew)"'), encoding="utf-8")
        async with asyncio.timeout(PATIENCE_S):
            change = await changes.get()
        await client.ask(QUESTION, {"x-team": ""})

    assert change.notes == ["Plugins were loaded again."]
    texts = [call.body["messages"][0]["content"] for call in provider.calls]
    assert texts == ["Say hello (one)", "Say hello (anew)"]


async def test_a_plugin_that_breaks_is_an_issue_until_it_is_mended(
    watched: tuple[Service, Path],
) -> None:
    service, path = watched
    assert not service.issues
    changes: asyncio.Queue[ConfigReloaded] = asyncio.Queue()
    service.bus.subscribe(lambda e: changes.put_nowait(e) if type(e) is ConfigReloaded else None)
    async with asyncio.timeout(PATIENCE_S):
        path.write_text("oops(", encoding="utf-8")
        await changes.get()
        broken = [str(issue) for issue in service.issues]
        path.write_text(PLUGIN, encoding="utf-8")
        await changes.get()

    assert any("transformers[0]" in issue and "SyntaxError" in issue for issue in broken)
    assert not service.issues
