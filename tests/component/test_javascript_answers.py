"""Answers on their way through plugins in JavaScript, and how they end."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from aiohttp import web

from ccr_desktop.core import sidecar
from ccr_desktop.core.transformers import javascript
from ccr_desktop.core.upstream import client as upstream_client
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect
from tests.component.javascript import TRANSFORMER, chained, script
from tests.component.provider import (
    DONE,
    PATIENCE_S,
    Call,
    JsonObject,
    Provider,
    Script,
    held,
    soon,
    text_chunks,
)
from tests.component.silent_provider import FIRST
from tests.support.node import needs_node

pytestmark = needs_node


async def test_a_response_hook_that_fails_is_told_by_name(
    connect: Connect, provider: Provider, home: Path
) -> None:
    path = script(
        home,
        """
        module.exports = class {
          name = "mine";
          async transformResponseOut(response) {
            const body = new ReadableStream({ start(c) { c.error(new Error("lost it")); } });
            return new Response(body, { headers: response.headers });
          }
        };
        """,
    )
    client = await connect(**chained(provider, path))

    answer = await client.ask(STREAMED)

    assert answer.status == 500
    assert "'mine' failed: transformResponseOut: lost it" in answer.error["message"]


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_a_refusal_that_a_response_hook_makes_is_one(
    connect: Connect, provider: Provider, home: Path, asked: JsonObject
) -> None:
    path = script(
        home,
        """
        module.exports = class {
          name = "mine";
          async transformResponseOut(response) {
            const error = { error: { message: "the budget is spent" } };
            return new Response(JSON.stringify(error), { status: 403 });
          }
        };
        """,
    )
    client = await connect(**chained(provider, path))

    answer = await client.ask(asked)

    assert answer.status == 403
    assert "the budget is spent" in answer.error["message"]


REBUILT = """
module.exports = class {
  name = "mine";
  async transformResponseOut(response) {
    const reader = response.body.getReader(), logger = this.logger;
    const stream = new ReadableStream({
      async start(controller) {
        try {
          for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            controller.enqueue(value);
          }
          logger.info("saw the end");
          controller.close();
        } catch (error) {
          controller.error(error);
        }
      },
    });
    return new Response(stream, { headers: response.headers });
  }
};
"""
PASSED = "module.exports = class { name = 'mine'; async transformResponseOut(r) { return r; } };"


def dripping(pieces: Iterable[bytes], peers: list[object]) -> Script:
    """An event stream whose pieces and whose end come one by one; *peers* are who asked."""

    async def script(call: Call) -> web.StreamResponse:
        assert call.http.transport is not None
        peers.append(call.http.transport.get_extra_info("peername"))
        response = await call.start()
        for piece in pieces:
            await asyncio.sleep(0.03)
            await response.write(piece)
        await asyncio.sleep(0.03)
        return response

    return script


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of an answer may take as long to come as a busy machine makes it."""
    for module in (javascript, upstream_client):
        monkeypatch.setattr(module, "_DRAIN_S", PATIENCE_S)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("text", [REBUILT, PASSED, TRANSFORMER], ids=["new", "same", "piped"])
async def test_answers_that_come_slowly_are_whole(
    connect: Connect,
    provider: Provider,
    home: Path,
    caplog: pytest.LogCaptureFixture,
    text: str,
) -> None:
    caplog.set_level("INFO")
    peers: list[object] = []
    provider.script = dripping([*text_chunks("Slow."), DONE], peers)
    client = await connect(**chained(provider, script(home, text)))

    answers = [await client.ask(STREAMED) for _ in range(6)]

    assert [answer.text.upper() for answer in answers] == ["SLOW."] * 6
    assert all(answer.events[-1]["type"] == "message_stop" for answer in answers)
    assert len(set(peers)) == 1  # connections are used again
    if text is REBUILT:
        assert [r.message for r in caplog.records].count("plugin: saw the end") == 6


async def test_a_provider_that_never_ends_its_answer_is_cut(
    connect: Connect, provider: Provider, home: Path
) -> None:
    provider.script = held(asyncio.Event(), [*text_chunks("All."), DONE])
    client = await connect(**chained(provider, script(home, PASSED)))

    answer = await client.ask(STREAMED)
    call = await provider.called()

    assert answer.text == "All."
    assert answer.events[-1]["type"] == "message_stop"
    await soon(call.gone)


def changing(statement: str) -> str:
    """A plugin that does something at the first piece that it passes on."""
    return f"""
        module.exports = class {{
          name = "mine";
          async transformResponseOut(response) {{
            const stop = new TransformStream({{
              transform(chunk, controller) {{ controller.enqueue(chunk); {statement}; }},
            }});
            return new Response(response.body.pipeThrough(stop), {{ headers: response.headers }});
          }}
        }};
    """


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "setTimeout(() => controller.error(new Error('tripped')), 50)",
            "'mine' failed: transformResponseOut: tripped",
        ),
        ("controller.terminate()", "mock,big"),
    ],
    ids=["throws", "ends"],
)
async def test_a_plugin_that_stops_in_the_middle_is_told_and_ends_the_providers_work(
    connect: Connect, provider: Provider, home: Path, statement: str, problem: str
) -> None:
    provider.script = held(asyncio.Event(), [FIRST])
    client = await connect(**chained(provider, script(home, changing(statement))))

    answer = await client.ask(STREAMED)
    call = await provider.called()

    assert answer.text.upper() == "FIRST. "
    assert answer.events[-1]["type"] == "error"
    assert problem in answer.events[-1]["error"]["message"]
    await soon(call.gone)


@pytest.mark.parametrize("text", [REBUILT, PASSED, TRANSFORMER], ids=["new", "same", "piped"])
async def test_a_provider_that_dies_in_the_middle_is_the_one_blamed(
    connect: Connect, provider: Provider, home: Path, text: str
) -> None:
    has_come = asyncio.Event()

    async def dying(call: Call) -> web.StreamResponse:
        response = await call.start()
        await response.write(FIRST)
        await has_come.wait()
        call.reset()
        return response

    provider.script = dying
    client = await connect(**chained(provider, script(home, text)))

    async with client.streaming(STREAMED) as stream:
        await stream.until(b"FIRST. " if text is TRANSFORMER else b"First. ")
        has_come.set()
        answer = await stream.rest()

    assert answer.text.upper() == "FIRST. "
    message = answer.events[-1]["error"]["message"]
    assert message.startswith("mock,big can't be reached: ")
    assert "broke the connection off" in message


async def test_a_client_that_leaves_ends_the_providers_work(
    connect: Connect, provider: Provider, home: Path
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], text_chunks("Never."))
    client = await connect(**chained(provider, script(home, TRANSFORMER)))

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"FIRST")
    call = await provider.called()

    await soon(call.gone)


async def test_a_client_that_leaves_ends_the_work_of_the_plugin_itself(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = asyncio.Event()
    monkeypatch.setattr(sidecar.log, "log", lambda *_: let_go.set())  # what the plugin logs
    text = """
        module.exports = class {
          name = "mine";
          async transformResponseOut(response) {
            const reader = response.body.getReader(), logger = this.logger;
            const body = new ReadableStream({
              async start(controller) { controller.enqueue((await reader.read()).value); },
              cancel() { logger.info("let go"); },
            });
            return new Response(body, { headers: response.headers });
          }
        };
    """
    provider.script = held(asyncio.Event(), [FIRST])
    client = await connect(**chained(provider, script(home, text)))

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"First")

    await soon(let_go)


WHOLE = """
module.exports = class {
  name = "mine";
  async transformResponseOut(response) { return new Response(await response.text()); }
};
"""
AT_ONCE = """
module.exports = class {
  name = "mine";
  async transformResponseOut(response) {
    const text = JSON.stringify({ choices: [{ message: { content: "x".repeat(5e6) } }] });
    await response.text();
    return new Response(text, { headers: { "content-type": "application/json" } });
  }
};
"""


async def test_a_plugin_that_wants_more_of_an_answer_than_fits_is_told_so(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidecar, "MOST_HELD_BYTES", 2 * 1024 * 1024)
    provider.script = dripping([b": " + b"x" * 2**20 + b"\n\n"] * 4, [])
    client = await connect(**chained(provider, script(home, WHOLE)))

    answer = await client.ask(STREAMED)

    assert answer.status == 500
    told = answer.error["message"]
    assert "'mine' failed: transformResponseOut: it holds back more than 2 MB" in told
    assert "pass streams on piece by piece" in told
    provider.script = dripping([*text_chunks("Yes."), DONE], [])
    assert (await client.ask(STREAMED)).text == "Yes."


async def test_a_long_answer_may_come_from_a_plugin_in_one_piece(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidecar, "_LINE_LIMIT_BYTES", 2 * 1024 * 1024)
    client = await connect(**chained(provider, script(home, AT_ONCE)))

    assert len((await client.ask()).text) == 5_000_000
