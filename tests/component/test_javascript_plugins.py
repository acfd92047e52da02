"""claude-code-router's own plugins in JavaScript, run by Node.js beside the router."""

import asyncio
import os
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest

from ccr_desktop.core import sidecar
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
from tests.component.javascript import TRANSFORMER, chained, script
from tests.component.provider import (
    PATIENCE_S,
    JsonObject,
    Provider,
    held,
    stream,
    text_chunks,
    whole,
)
from tests.component.silent_provider import FIRST
from tests.support.node import needs_node

pytestmark = needs_node


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


OLD = """
function Mine(options) {
  this.name = "mine";
  this.transformRequestIn = async function (request, provider, context) {
    const { id, body } = context.req;
    return { ...request, user: `${id.length > 0},${body.messages[0].content},${body.model}` };
  };
}
module.exports = Mine;
"""


async def test_a_constructor_function_is_a_transformer_and_sees_the_whole_request(
    connect: Connect, provider: Provider, home: Path
) -> None:
    client = await connect(**chained(provider, script(home, OLD)))

    await client.ask()

    assert provider.calls[0].body["user"] == "true,Say hello,big"


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
    "throws oddly": (
        "throw { get message() { throw 1; } }",
        "it threw what can't be put into words",
    ),
    "never ends": ("await new Promise(() => {})", "it took longer than 2.5 s"),
    "never waits": ("for (;;) {}", "it took longer than 2.5 s"),
    "ends Node.js": ("process.exit(3)", "Node.js has ended"),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_a_request_that_a_plugin_fails_is_told_so_and_the_next_one_works(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
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
    assert (await client.ask()).status == 200  # Node.js runs, which may take a while

    with monkeypatch.context() as short:
        short.setattr(sidecar, "CALL_LIMIT_S", 2.5)
        short.setattr(sidecar, "_PING_LIMIT_S", 0.2)
        failed = await client.ask({**QUESTION, "messages": [{"role": "user", "content": "fail"}]})
    fine = await client.ask()

    assert failed.status == 500
    assert failed.error["message"].startswith("The transformer 'mine' failed: transformRequestIn: ")
    assert words in failed.error["message"]
    assert fine.status == 200


@pytest.mark.parametrize("name", ["never ends", "never waits"])
async def test_a_response_hook_has_as_much_time_as_others(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    statement, _ = FAILURES[name]
    text = f"""
        module.exports = class {{
          name = "mine";
          async transformResponseOut(response, context) {{
            if (context.req.headers["x-fail"]) {{ {statement}; }}
            return response;
          }}
        }};
        """
    client = await connect(**chained(provider, script(home, text)))

    assert (await client.ask(STREAMED)).status == 200  # Node.js runs, which may take a while

    async with asyncio.timeout(PATIENCE_S):
        with monkeypatch.context() as short:
            short.setattr(sidecar, "CALL_LIMIT_S", 1.5)
            short.setattr(sidecar, "_PING_LIMIT_S", 0.2)
            failed = await client.ask(STREAMED, {"x-fail": "1"})
        fine = await client.ask(STREAMED)

    said = "The transformer 'mine' failed: transformResponseOut: it took longer than 1.5 s"
    assert failed.error["message"] == said
    assert fine.status == 200


async def test_a_hook_that_wants_the_whole_answer_first_has_its_time_from_there_on(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidecar, "CALL_LIMIT_S", 2.0)
    text = """
        module.exports = class {
          name = "mine";
          async transformResponseOut(response) {
            return new Response(await response.text(), { headers: response.headers });
          }
        };
        """
    release = asyncio.Event()
    provider.script = held(release, [FIRST], text_chunks("Second."))
    client = await connect(**chained(provider, script(home, text)))

    asking = asyncio.ensure_future(client.ask(STREAMED))
    await provider.called()
    await asyncio.sleep(2.5)
    release.set()

    assert (await asking).text == "First. Second."


async def test_what_a_plugin_writes_where_answers_go_harms_nothing(
    connect: Connect, provider: Provider, home: Path
) -> None:
    path = script(
        home,
        """
        const { writeSync } = require("node:fs");
        writeSync(1, "loading");
        module.exports = class {
          name = "mine";
          async transformRequestIn(request) {
            writeSync(1, 'garbage\\n[]\\n5\\n{"id":1,"error":0}\\n');
            writeSync(1, '{"event":"log","level":[],"text":""}\\nno end');
            return request;
          }
        };
        """,
    )
    client = await connect(**chained(provider, path))

    async with asyncio.timeout(PATIENCE_S):
        answers = [await client.ask() for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]


async def test_node_that_is_heard_no_more_is_started_again(
    connect: Connect, provider: Provider, home: Path
) -> None:
    path = script(
        home,
        """
        module.exports = class {
          name = "mine";
          async transformRequestIn(request) {
            if (request.messages[0].content === "fail") require("node:fs").closeSync(1);
            return request;
          }
        };
        """,
    )
    client = await connect(**chained(provider, path))

    async with asyncio.timeout(PATIENCE_S):
        failed = await client.ask({**QUESTION, "messages": [{"role": "user", "content": "fail"}]})
        fine = await client.ask()

    assert "Node.js has ended" in failed.error["message"]
    assert fine.status == 200


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
        ("function f() { throw new Error('oops') }\nf()", "at f ("),
        ("process.exit(0)", "it ended Node.js while it was loaded"),
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
    assert not any(word in issue.problem for word in ("node:", "sidecar.mjs"))
    assert "    at " not in issue.problem.splitlines()[-1]  # what is shown where one line must do


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("module.exports = {{", "SyntaxError: "),
        ('require("no-such-module")', "Error: Cannot find module 'no-such-module')"),
        ("throw 5", "5)"),
    ],
)
async def test_who_uses_a_file_that_cant_be_loaded_is_told_what_is_wrong_with_it(
    provider: Provider, home: Path, start_service: Any, text: str, reason: str
) -> None:
    path = script(home, text)
    service = await start_service(chained(provider, path))

    used = next(issue for issue in service.issues if issue.where.endswith("use[0]"))
    assert f"{path} ({reason}" in used.problem


ALL_HOOKS = """
module.exports = class {
  name = "mine";
  endPoint = "/v1/mine";
  transformRequestIn(request) { return request; }
  transformRequestOut(request) { return request; }
  transformResponseIn(response) { return response; }
};
"""


async def test_what_a_plugin_has_for_other_clients_is_named(
    provider: Provider, home: Path, start_service: Any
) -> None:
    path = script(home, ALL_HOOKS)
    service = await start_service({**configuration(provider.url), "transformers": [path]})

    (issue,) = service.issues
    assert issue.where == "transformers[0]"
    what = "endPoint, transformRequestOut, transformResponseIn of 'mine' have no effect here."
    assert issue.problem == f"{path}: {what}"
    assert "/v1/chat/completions" in issue.hint


@pytest.mark.parametrize("is_of_model", [False, True])
async def test_a_provider_of_another_protocol_is_named_when_it_is_read(
    provider: Provider, home: Path, start_service: Any, *, is_of_model: bool
) -> None:
    raw = chained(provider, script(home, TRANSFORMER))
    use = {"use": ["mine"]}
    entry = {**raw["Providers"][0], "dialect": "gemini", "models": ["m"]}
    entry["transformer"] = {"m": use} if is_of_model else use
    service = await start_service({**raw, "Providers": [entry]})

    (issue,) = [issue for issue in service.issues if "JavaScript" in issue.problem]
    place = "transformer.m.use[0]" if is_of_model else "transformer.use[0]"
    assert issue.where == f"Providers[0].{place}"
    assert "providers that speak openai-chat, and this one gemini" in issue.problem
    assert "write it in Python" in issue.hint


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
