"""claude-code-router's own plugins in JavaScript, run by Node.js beside the router."""

import asyncio
import os
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp import web

from ccr_desktop.core import sidecar
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
from tests.component.provider import (
    DONE,
    Call,
    JsonObject,
    Provider,
    Script,
    held,
    soon,
    stream,
    text_chunks,
    whole,
)
from tests.component.silent_provider import FIRST
from tests.support.node import needs_node

pytestmark = needs_node

TRANSFORMER = """
class Mine {
  constructor(options) { this.name = "mine"; this.options = options; }

  async transformRequestIn(request, provider, context) {
    this.logger.info("asked", provider.name);
    console.log("what a plugin prints harms nothing");
    return {
      body: {
        ...request,
        user: `${provider.name},${context.req.sessionId}`,
        seed: this.options.seed,
      },
      config: {
        url: new URL("/other", provider.baseUrl),
        headers: { "X-Mine": "1", Authorization: undefined },
      },
    };
  }

  async transformResponseOut(response, context) {
    if (!response.headers.get("Content-Type")?.includes("stream")) {
      const message = await response.json();
      message.choices[0].message.content = message.choices[0].message.content.toUpperCase();
      return new Response(JSON.stringify(message), { status: 200, headers: response.headers });
    }
    const decoder = new TextDecoder(), encoder = new TextEncoder();
    const shout = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        const loud = text.replace(/(?<="content": ").*?(?=")/g, (words) => words.toUpperCase());
        controller.enqueue(encoder.encode(loud));
      },
    });
    return new Response(response.body.pipeThrough(shout), { headers: response.headers });
  }
}
module.exports = Mine;
"""


def script(home: Path, text: str, name: str = "plugin.js") -> str:
    path = home / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return str(path)


def chained(provider: Provider, path: str, **options: Any) -> JsonObject:
    """The configuration with the plugin `mine` for the provider `mock`."""
    raw = configuration(provider.url)
    raw["Providers"][0]["transformer"] = {"use": ["mine"]}
    return {**raw, "transformers": [{"path": path, "options": {"seed": 7, **options}}]}


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_a_transformer_changes_requests_and_answers(
    connect: Connect, provider: Provider, home: Path, asked: JsonObject
) -> None:
    if asked is QUESTION:
        said = {"role": "assistant", "content": "Hello."}
        provider.script = whole({"choices": [{"message": said, "finish_reason": "stop"}]})
    else:
        provider.script = stream(text_chunks("Hello."))
    client = await connect(**chained(provider, script(home, TRANSFORMER)))

    session = {"metadata": {"user_id": "user_x_account_y_session_abc"}}
    answer = await client.ask({**asked, **session})

    assert answer.text == "HELLO."
    (call,) = provider.calls
    assert call.target == "/other"
    assert (call.body["user"], call.body["seed"]) == ("mock,abc", 7)
    assert call.header("x-mine") == "1"
    assert call.header("authorization") is None


async def test_many_answers_run_through_it_at_once(
    connect: Connect, provider: Provider, home: Path
) -> None:
    provider.script = stream(text_chunks("One two three four five."))
    client = await connect(**chained(provider, script(home, TRANSFORMER)))

    answers = await asyncio.gather(*(client.ask(STREAMED) for _ in range(12)))

    assert {answer.text for answer in answers} == {"ONE TWO THREE FOUR FIVE."}


ROUTER = """
module.exports = async function router(req, config, { event }) {
  event.on("onSend", () => {});
  const said = req.body.messages.find((message) => message.role === "user")?.content;
  if (said && said.includes("please")) {
    req.body.messages[0].content = `${said} (${req.tokenCount > 0}, ${config.Router.default})`;
    return "mock,vendor/odd-model";
  }
  return null;
};
"""


async def test_a_router_chooses_and_may_change_the_request(
    connect: Connect, provider: Provider, home: Path
) -> None:
    client = await connect(CUSTOM_ROUTER_PATH=script(home, ROUTER))

    chosen = await client.ask({**QUESTION, "messages": [{"role": "user", "content": "Hi, please"}]})
    left = await client.ask()

    assert chosen.headers["x-ccr-route"] == "mock,vendor/odd-model"
    assert left.headers["x-ccr-route"] == "mock,big"
    texts = [call.body["messages"][0]["content"] for call in provider.calls]
    assert texts == ["Hi, please (true, mock,big)", "Say hello"]


FAILURES = {
    "throws": ('throw new Error("no such thing")', "no such thing"),
    "never ends": ("await new Promise(() => {})", "it took longer than 2.5 s"),
    "never waits": ("for (;;) {}", "it took longer than 2.5 s"),
    "ends Node.js": ("process.exit(3)", "Node.js has ended"),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_a_request_that_a_plugin_fails_is_told_so_and_the_next_one_works(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sidecar, "CALL_LIMIT_S", 2.5)
    monkeypatch.setattr(sidecar, "_PING_LIMIT_S", 0.2)
    statement, words = FAILURES[name]
    path = script(
        home,
        f"""
        module.exports = class {{
          name = "mine";
          async transformRequestIn(request) {{
            if (request.messages[0].content === "fail") {{ {statement}; }}
            return request;
          }}
        }};
        """,
    )
    client = await connect(**chained(provider, path))

    failed = await client.ask({**QUESTION, "messages": [{"role": "user", "content": "fail"}]})
    fine = await client.ask()

    assert failed.status == 500
    assert failed.error["message"].startswith("The transformer 'mine' failed: transformRequestIn: ")
    assert words in failed.error["message"]
    assert fine.status == 200


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
    async def dying(call: Call) -> web.StreamResponse:
        response = await call.start()
        await response.write(FIRST)
        await asyncio.sleep(0.1)
        call.reset()
        return response

    provider.script = dying
    client = await connect(**chained(provider, script(home, text)))

    answer = await client.ask(STREAMED)

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


async def test_node_ends_with_the_service(
    connect: Connect, provider: Provider, home: Path, start_service: Any
) -> None:
    service = await start_service(
        {**configuration(provider.url), **chained(provider, script(home, TRANSFORMER))}
    )
    assert not nodes()
    async with aiohttp.ClientSession() as session:
        await session.post(f"{service.url}/v1/messages", json=QUESTION)
    assert nodes()

    await service.stop()

    assert not nodes()


def nodes() -> list[psutil.Process]:
    """The sidecars of this process."""
    children = psutil.Process(os.getpid()).children()
    return [c for c in children if c.is_running() and c.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("module.exports = 5", "it exports no class with a `name`"),
        ("module.exports = class { transformRequestIn() {} }", "it exports no class with a `name`"),
        ("module.exports = {{", "SyntaxError"),
        ('require("no-such-module")', "Cannot find module 'no-such-module'"),
    ],
)
async def test_a_file_that_is_none_is_an_issue(
    provider: Provider, home: Path, start_service: Any, text: str, problem: str
) -> None:
    service = await start_service(
        {**configuration(provider.url), "transformers": [script(home, text)]}
    )

    (issue,) = service.issues
    assert issue.where == "transformers[0]"
    assert problem in issue.problem


async def test_modules_in_todays_form_work_too(
    connect: Connect, provider: Provider, home: Path
) -> None:
    hook = "transformRequestIn(r) { return { ...r, seed: 3 }; }"
    text = f'export default class {{ name = "mine"; {hook} }}'
    client = await connect(**chained(provider, script(home, text, "plugin.mjs")))

    await client.ask()

    assert provider.calls[0].body["seed"] == 3


async def test_without_node_an_issue_says_what_to_do(
    provider: Provider, home: Path, start_service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(home))
    service = await start_service(
        {
            **configuration(provider.url),
            "transformers": [script(home, TRANSFORMER)],
            "CUSTOM_ROUTER_PATH": script(home, ROUTER, "router.js"),
        }
    )

    told = {issue.where: issue.problem for issue in service.issues}
    assert told.keys() == {"transformers[0]", "CUSTOM_ROUTER_PATH"}
    for problem in told.values():
        assert "Node.js, which runs it, was not found. Install Node.js 18" in problem
