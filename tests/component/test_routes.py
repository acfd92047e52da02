"""Each setting that concerns routes does what it says, seen from outside."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
from tests.component.provider import JsonObject, Provider, whole

PICTURE = {
    "type": "image",
    "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="},
}
SEARCH = {"type": "web_search_20250305", "name": "web_search"}
BASH = {"name": "Bash", "input_schema": {"type": "object"}}
AGENT = {"x-claude-code-agent-id": "a1"}
SESSION = {"x-claude-code-session-id": "00000000-0000-4000-8000-000000000009"}
EXPLORER = "You are a file search specialist for Claude Code."
FOLDER = "Primary working directory: /code/acme"


def says(content: Any = "Say hello", **members: Any) -> JsonObject:
    return {**QUESTION, "messages": [{"role": "user", "content": content}], **members}


LONG = says("word " * 200)
EFFORT = says(output_config={"effort": "max"})
TAG = "<CCR-SUBAGENT-MODEL>mock, tagged</CCR-SUBAGENT-MODEL>"


@pytest.mark.parametrize(
    ("router", "body", "headers", "expected"),
    [
        pytest.param({}, QUESTION, {}, "default mock,big", id="default"),
        pytest.param(
            {"background": "mock,s"},
            says(model="claude-3-5-haiku-20241022"),
            {},
            "background mock,s",
            id="background",
        ),
        pytest.param(
            {"background": "mock,s"},
            says(model="Claude-HAIKU-9"),
            {},
            "background mock,s",
            id="background of another generation",
        ),
        pytest.param({"think": "mock,t"}, EFFORT, {}, "think mock,t", id="think"),
        pytest.param(
            {"think": "mock,t"},
            says(thinking={"type": "disabled"}),
            {},
            "default mock,big",
            id="thinking switched off",
        ),
        pytest.param(
            {"think": "mock,t"},
            says(thinking={"type": "adaptive"}),
            {},
            "default mock,big",
            id="adaptive thinking",
        ),
        pytest.param(
            {"think": "mock,t", "thinkWhen": ["any"]},
            says(thinking={"type": "adaptive"}),
            {},
            "think mock,t",
            id="thinkWhen",
        ),
        pytest.param(
            {"longContext": "mock,l", "longContextThreshold": 200},
            LONG,
            {},
            "longContext mock,l",
            id="longContextThreshold",
        ),
        pytest.param(
            {"longContext": "mock,l"}, LONG, {}, "default mock,big", id="below 60,000 tokens"
        ),
        pytest.param(
            {"longContext": "mock,l"},
            says("word " * 60_001),
            {},
            "longContext mock,l",
            id="longContext",
        ),
        pytest.param(
            {"longContext": "mock,l"},
            says([{"type": "text", "text": "word " * 60_001 + "<|endoftext|>"}]),
            {},
            "longContext mock,l",
            id="special tokens are text",
        ),
        pytest.param(
            {"webSearch": "mock,w", "think": "mock,t"},
            {**EFFORT, "tools": [SEARCH]},
            {},
            "webSearch mock,w",
            id="webSearch before think",
        ),
        pytest.param({"image": "mock,i"}, says([PICTURE]), {}, "image mock,i", id="image"),
        pytest.param({"subagent": "mock,h"}, QUESTION, AGENT, "subagent mock,h", id="subagent"),
        pytest.param(
            {"subagent": "mock,h", "agents": {"explore": "mock,e"}},
            says(system=EXPLORER),
            AGENT,
            "subagent mock,e",
            id="agents",
        ),
        pytest.param(
            {"models": {"sonnet": "mock,s", "claude": "mock,c"}},
            says(model="Claude-Sonnet-5"),
            {},
            "default mock,s",
            id="a part of the name",
        ),
        pytest.param(
            {"models": {"opus": "mock,o"}, "subagent": "mock,h"},
            says(model="claude-opus-5"),
            AGENT,
            "subagent mock,h",
            id="kinds of work before the name",
        ),
        pytest.param(
            {"models": {"opus": "mock,o"}},
            says(model="claude-sonnet-5"),
            {},
            "default mock,big",
            id="another name",
        ),
        pytest.param({}, says(system=TAG), {}, "subagent mock,tagged", id="the tag in a text"),
        pytest.param(
            {},
            says(system=[{"type": "text", "text": "One"}, {"type": "text", "text": f"Two {TAG}"}]),
            {},
            "subagent mock,tagged",
            id="the tag within a block",
        ),
        pytest.param(
            {"background": "mock,s"},
            says(model="MOCK, Big"),
            {},
            "explicit mock,big",
            id="explicit in another case",
        ),
        pytest.param(
            {}, says(model="mock,a,b"), {}, "explicit mock,a,b", id="explicit with two commas"
        ),
        pytest.param(
            {},
            says(model="mock/vendor/odd-model"),
            {},
            "explicit mock,vendor/odd-model",
            id="slash",
        ),
        pytest.param(
            {"default": "mock, vendor/odd-model "},
            QUESTION,
            {},
            "default mock,vendor/odd-model",
            id="a route with spaces",
        ),
        pytest.param(
            {"rules": [{"name": "shell", "when": {"tool": "Bash"}, "route": "mock,r"}]},
            {**EFFORT, "tools": [BASH]},
            {},
            "rule mock,r",
            id="rules",
        ),
    ],
)
async def test_a_route_is_taken_when_its_setting_says_so(
    *,
    connect: Connect,
    provider: Provider,
    router: JsonObject,
    body: JsonObject,
    headers: dict[str, str],
    expected: str,
) -> None:
    client = await connect(Router={"default": "mock,big", **router})

    answer = await client.ask(body, headers)

    assert answer.status == 200
    assert f"{answer.headers['x-ccr-scenario']} {answer.headers['x-ccr-route']}" == expected
    assert provider.calls[0].body["model"] == expected.partition(",")[2]
    assert "CCR-SUBAGENT" not in provider.calls[0].raw.decode()


@pytest.mark.parametrize(
    ("rule", "status", "told"),
    [
        ({"only": "other"}, 200, "other,o"),
        ({"never": ["mock"]}, 200, "other,o"),
        ({"block": "Not from here."}, 403, "Not from here."),
        (
            {"only": "claude"},
            403,
            "'here' refuses this request: mock,big, other,o may not serve it: the client works in",
        ),
    ],
)
async def test_a_rule_may_forbid(
    connect: Connect, provider: Provider, rule: JsonObject, status: int, told: str
) -> None:
    raw = configuration(provider.url)
    providers = [*raw["Providers"], {**raw["Providers"][0], "name": "other"}]
    rules = [{"name": "here", "when": {"folder": "/code/*"}, **rule}]
    routes = ["mock,big", "other,o"]
    client = await connect(Providers=providers, Router={"default": routes, "rules": rules})

    answer = await client.ask(says(system=FOLDER))

    assert answer.status == status
    assert told in (answer.headers["x-ccr-route"] if status == 200 else answer.error["message"])
    assert len(provider.calls) == (status == 200)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"routeSets": {"Away": {"default": "mock,away"}}, "routeSet": "Away"}, "mock,away"),
        ({"projects": {"/code": ["mock,here", "mock,big"]}}, "mock,here"),
        (
            {"projects": {"/code/*": "Away"}, "routeSets": {"Away": {"default": "mock,away"}}},
            "mock,away",
        ),
        (
            {"projects": {"/code/../../../code/": "mock,away", "/code/acme": "mock,here"}},
            "mock,here",
        ),
    ],
)
async def test_sets_and_projects_take_the_place_of_router(
    connect: Connect, members: JsonObject, expected: str
) -> None:
    client = await connect(**members)

    assert (await client.ask(says(system=FOLDER))).headers["x-ccr-route"] == expected


async def test_files_of_claude_code_router_for_a_project_count(
    connect: Connect, home: Path
) -> None:
    client = await connect()
    folder = home / ".claude-code-router" / "-code-acme"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"Router": {"default": "mock,project"}}))
    assert (await client.ask(says(system=FOLDER))).headers["x-ccr-route"] == "mock,project"

    session = SESSION["x-claude-code-session-id"]
    (folder / f"{session}.json").write_text(json.dumps({"Router": {"default": "mock,session"}}))
    answer = await client.ask(says(system=FOLDER), SESSION)
    assert answer.headers["x-ccr-route"] == "mock,session"


async def test_a_custom_router_may_choose_and_may_fail(connect: Connect, home: Path) -> None:
    path = home / "router.py"
    path.write_text("def route(request, config): return request.headers.get('x-wanted')")
    client = await connect(CUSTOM_ROUTER_PATH=str(path))

    chosen = await client.ask(QUESTION, {"x-wanted": "mock,mine"})
    nobody = await client.ask(QUESTION, {"x-wanted": "nobody,m"})

    assert (chosen.headers["x-ccr-route"], chosen.headers["x-ccr-scenario"]) == (
        "mock,mine",
        "custom",
    )
    assert (nobody.status, nobody.headers["x-ccr-route"]) == (200, "mock,big")


async def test_the_system_prompt_is_replaced_up_to_its_environment(
    connect: Connect, provider: Provider, home: Path
) -> None:
    (home / "prompt.md").write_text("Be brief.")
    client = await connect(REWRITE_SYSTEM_PROMPT=str(home / "prompt.md"))
    system = [{"type": "text", "text": text} for text in ("You.", "Long words.<env>here</env>")]

    await client.ask(says(system=system))

    assert "Be brief.<env>here</env>" in provider.calls[0].raw.decode()
    assert "Long words" not in provider.calls[0].raw.decode()


async def test_a_file_with_the_keys_from_before_there_were_providers_works(
    connect: Connect, provider: Provider
) -> None:
    client = await connect(
        Providers=[],
        Router={},
        OPENAI_API_KEY="old-key-123456",
        OPENAI_BASE_URL=f"{provider.url}/v1",
        OPENAI_MODEL="old-model",
    )

    answer = await client.ask(QUESTION)

    assert answer.headers["x-ccr-route"] == "openai,old-model"
    [call] = provider.calls
    assert call.header("Authorization") == "Bearer old-key-123456"
    assert call.target == "/v1/chat/completions"


async def test_a_provider_gets_the_headers_that_its_entry_says(
    connect: Connect, provider: Provider
) -> None:
    mock = {**configuration(provider.url)["Providers"][0], "headers": {"X-Team": "blue"}}
    client = await connect(Providers=[mock])

    await client.ask(QUESTION)

    assert provider.calls[0].header("X-Team") == "blue"


async def test_a_server_that_wants_no_key_gets_none(connect: Connect, provider: Provider) -> None:
    mock = {**configuration(provider.url)["Providers"][0], "auth": "none"}
    del mock["api_key"]
    client = await connect(Providers=[mock])

    assert (await client.ask(QUESTION)).status == 200
    assert provider.calls[0].header("Authorization") is None


async def test_a_session_after_a_long_prompt_stays_on_the_route_for_long_ones(
    connect: Connect, provider: Provider
) -> None:
    """What came from the provider's cache counts, as it was sent."""
    usage = {"input_tokens": 9, "cache_read_input_tokens": 90_000, "output_tokens": 1}
    message = {"type": "message", "role": "assistant", "id": "msg_1", "model": "x", "content": []}
    provider.script = whole({**message, "usage": usage, "stop_reason": "end_turn"})
    client = await connect(
        Router={"default": "claude,claude-upstream", "longContext": "claude,long"}
    )
    await client.ask(QUESTION, SESSION)
    middling = says("word " * 20_001)

    assert (await client.ask(middling, SESSION)).headers["x-ccr-route"] == "claude,long"
    assert (await client.ask(middling)).headers["x-ccr-route"] == "claude,claude-upstream"


async def test_the_answer_as_a_whole_has_a_limit(connect: Connect, provider: Provider) -> None:
    provider.script = whole({"error": {"message": "late"}}, 500)
    client = await connect(timeout={"total_s": 0.000001})

    answer = await client.ask(STREAMED)

    assert (answer.status, answer.error["type"]) == (504, "timeout_error")
    assert "took longer than" in answer.error["message"]


@pytest.mark.parametrize("messages", [[5], ["hi", {"role": "user", "content": TAG}], [None]])
async def test_a_message_that_is_no_object_is_refused_by_every_rule(
    connect: Connect, messages: list[Any]
) -> None:
    router = {"default": "mock,big", "rules": [{"when": {"folder": "/x"}, "route": "mock,here"}]}
    client = await connect(Router=router, projects={"/code": "mock,here"})

    answer = await client.ask({**QUESTION, "messages": messages})

    assert answer.status == 400
    assert "messages.0: an object" in answer.error["message"]


@pytest.mark.parametrize(
    ("folder", "session"), [("/code/" + "a" * 300, "s"), ("/code", "s" * 4000), ("/w", "é" * 200)]
)
async def test_names_that_no_file_can_have_break_nothing(
    connect: Connect, home: Path, folder: str, session: str
) -> None:
    for name in (".claude/projects/-code", ".claude-code-router/-code"):
        (home / name).mkdir(parents=True)
    client = await connect(projects={"/nowhere": "mock,here"})

    body = {**QUESTION, "system": f"Primary working directory: {folder}"}
    answer = await client.ask(body, {"x-claude-code-session-id": session})

    assert answer.status == 200
