"""What real clients sent, routed and translated: the provider gets nothing illegal or private."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openai.types.chat.completion_create_params import CompletionCreateParams
from pydantic import ConfigDict, TypeAdapter

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.messages import blocks, parse_body, texts
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.providers.profile import MidSystem
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.core.routing.router import decide, needs_count
from ccr_desktop.core.routing.tokens import TokenCounter
from ccr_desktop.core.routing.turn import RequestFacts, session_id
from ccr_desktop.errors import RoutingError
from tests.support.programs import leave_out

JsonObject = dict[str, Any]

CAPTURES = Path(__file__).parents[3] / "shared" / "fixtures" / "claude-code"
PROFILES = {
    "openai": catalog.OPENAI,
    "openrouter": catalog.OPENROUTER,
    "deepseek": catalog.DEEPSEEK,
    "ollama": catalog.OLLAMA,
    "local": catalog.LOCAL,
    "groq": catalog.GROQ,
    "mistral": catalog.MISTRAL,
    "moonshot": catalog.MOONSHOT,
    "minimax": catalog.MINIMAX,
    "generic": catalog.COMPATIBLE,
}
STRICT = TypeAdapter(
    CompletionCreateParams, config=ConfigDict(extra="forbid", arbitrary_types_allowed=True)
)
# What some providers take beyond OpenAI's types: members of the request, of messages, of parts.
EXTRA_MEMBERS = {
    "openrouter": {"reasoning", "plugins", "session_id"},
    "deepseek": {"thinking"},
}
EXTRA_IN_MESSAGES = {
    "openrouter": {"reasoning_details"},
    "deepseek": {"reasoning_content"},
    "ollama": {"reasoning"},
    "moonshot": {"reasoning_content"},
}
EXTRA_IN_PARTS = {"openrouter": {"cache_control"}}
CONFIG = {
    "Providers": [
        {"name": name, "api_base_url": f"https://{name}.test/v1", "api_key": "k", "models": []}
        for name in ("main", "openrouter", "bg")
    ],
    "Router": {
        "default": "main,default-model",
        "background": "main,small-model",
        "think": "main,think-model",
        "longContext": "main,long-model",
        "webSearch": "main,search-model",
    },
}
SCENARIOS = {
    "anthropic-sdk-python-2.12.0/stream-with-tools-thinking": "think",
    "claude-1.0.128/background-bash-prefix": "background",
    "claude-1.0.128/background-file-paths": "background",
    "claude-1.0.128/background-title": "background",
    "claude-1.0.128/background-topic": "background",
    "claude-1.0.128/compact-request": "explicit",
    "claude-1.0.128/model-haiku": "background",
    "claude-1.0.128/model-switch-probe": "explicit",
    "claude-1.0.128/plan-mode-turn": "think",
    "claude-1.0.128/ultrathink-turn": "think",
    "claude-1.0.128/web-search-request": "webSearch",
    "claude-2.0.14/model-haiku": "background",
    "claude-2.0.14/ultrathink-turn": "think",
    "claude-2.0.14/web-search-request": "webSearch",
    "claude-2.1.330/effort-max": "think",
    "claude-2.1.330/model-comma-known": "explicit",
    "claude-2.1.330/model-haiku": "background",
    "claude-2.1.330/model-switch-probe": "explicit",
    "claude-2.1.330/model-thinking-enabled": "think",
    "claude-2.1.330/plan-mode-turn": "think",
    "claude-2.1.330/subagent-turn-other-model": "explicit",
    "claude-2.1.330/ultrathink-turn": "think",
    "claude-2.1.330/web-search-request": "webSearch",
}
"""All others go to the default, also though 2.1 sends adaptive thinking on every turn."""
UNKNOWN_PROVIDER = "claude-2.1.330/model-comma-unknown"


@cache
def captured() -> dict[str, JsonObject]:
    """The requests with a messages body, by folder and name."""
    files = sorted(CAPTURES.glob("*/*.json"))
    found = {f"{f.parent.name}/{f.stem}": json.loads(f.read_bytes()).get("request") for f in files}
    return {name: r for name, r in found.items() if r and r["path"] == "/v1/messages"}


def names() -> list[str]:
    return list(captured()) or ["none"]


@pytest.fixture(params=names())
def name(request: pytest.FixtureRequest) -> str:
    if not captured():
        leave_out(f"there are no captured requests in {CAPTURES}")
    found: str = request.param
    return found


@pytest.fixture
def body(name: str) -> JsonObject:
    found: JsonObject = captured()[name]["body"]
    return found


def for_every_provider(check: Callable[[JsonObject, Target], None]) -> Callable[[JsonObject], None]:
    """A test of one captured request that looks at what each provider gets of it."""

    def test(body: JsonObject) -> None:
        for name, profile in PROFILES.items():
            target = Target(
                provider=name, model="model", url="https://h", api_key="k", profile=profile
            )
            try:
                check(body, target)
            except AssertionError as exc:
                exc.add_note(f"provider: {name}")
                raise

    test.__doc__ = check.__doc__
    return test


@pytest.fixture(scope="module")
def config() -> Config:
    return read_config(CONFIG, None, {})


def facts_of(name: str, config: Config) -> RequestFacts:
    """What the service would know of the request."""
    request = captured()[name]
    headers = {key.lower(): value for key, value in request["headers"]}
    raw = dumps(request["body"])
    body = parse_body(raw)
    check_request(body)
    counter = TokenCounter()
    tokens = counter.count(counter.survey(body)) if needs_count(config, raw) else None
    return RequestFacts(body, headers, tokens)


def decision_for(name: str, config: Config) -> Decision:
    return decide(facts_of(name, config), config)


def translated(body: JsonObject, target: Target) -> JsonObject:
    check_request(body)
    check_translatable(body)
    return encode_request(body, target, session_id(body, {})).body


def sent_texts(messages: list[JsonObject]) -> str:
    """All words that the provider reads."""
    contents = [m["content"] for m in messages]
    return "\n".join(c if isinstance(c, str) else "\n".join(texts(c)) for c in contents if c)


def images(content: Any) -> Iterator[str]:
    """The data of all images in a client's content, those of tool results included."""
    for block in blocks(content):
        if block["type"] == "image":
            yield block["source"]["data"]
        elif block["type"] == "tool_result":
            yield from images(block.get("content"))


# -- routing -----------------------------------------------------------------------------------


def test_each_request_takes_the_route_of_its_scenario(name: str, config: Config) -> None:
    if name == UNKNOWN_PROVIDER:
        with pytest.raises(RoutingError, match="main, openrouter, bg"):
            decision_for(name, config)
        return

    assert decision_for(name, config).scenario == SCENARIOS.get(name, "default")


def test_the_trace_names_every_rule_up_to_the_one_that_won(name: str, config: Config) -> None:
    if name == UNKNOWN_PROVIDER:
        pytest.skip("no provider, no decision")

    decision = decision_for(name, config)

    assert [v.matched for v in decision.trace] == [False] * (len(decision.trace) - 1) + [True]
    assert all(verdict.reason for verdict in decision.trace)


def test_sessions_are_found_in_every_form(name: str) -> None:
    headers = {key.lower(): value for key, value in captured()[name]["headers"]}
    found = session_id(captured()[name]["body"], headers)
    without_header = session_id(captured()[name]["body"], {})

    is_cli = name.startswith("claude-")
    assert bool(found) is is_cli
    assert bool(without_header) is is_cli


# -- translation -------------------------------------------------------------------------------


@for_every_provider
def test_what_is_sent_fits_openais_types(body: JsonObject, target: Target) -> None:
    plain = without_extras(translated(body, target), target.profile.name)

    assert materialised(STRICT.validate_python(plain)) == plain


def without_extras(sent: JsonObject, provider: str) -> JsonObject:
    """*sent* less what only this provider understands, each member of which is listed above."""
    top = {k: v for k, v in sent.items() if k not in EXTRA_MEMBERS.get(provider, ())}
    return {**top, "messages": [_plain_message(m, provider) for m in sent["messages"]]}


def _plain_message(message: JsonObject, provider: str) -> JsonObject:
    kept = {k: v for k, v in message.items() if k not in EXTRA_IN_MESSAGES.get(provider, ())}
    if isinstance(kept["content"], list):
        extra = EXTRA_IN_PARTS.get(provider, ())
        parts = [{k: v for k, v in part.items() if k not in extra} for part in kept["content"]]
        kept["content"] = parts
    return kept


def materialised(value: Any) -> Any:
    """A validated value with its lazy lists walked through, which is what validates them."""
    if isinstance(value, dict):
        return {key: materialised(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int | float):
        return value
    return [materialised(item) for item in value]


@for_every_provider
def test_nothing_private_leaves_the_machine(body: JsonObject, target: Target) -> None:
    sent = dumps(translated(body, target)).decode()

    for private in ("x-anthropic-billing-header", "safeguards", "user_id", "device_id"):
        assert private not in sent
    assert not {"metadata", "safeguards", "context_management", "system"} & json.loads(sent).keys()
    assert "account_uuid" not in sent


@for_every_provider
def test_no_word_of_the_system_is_lost(body: JsonObject, target: Target) -> None:
    words = sent_texts(translated(body, target)["messages"])

    notes = [m["content"] for m in body["messages"] if m["role"] == "system"]
    for text in (text for content in [body.get("system"), *notes] for text in texts(content)):
        assert text in words or text.startswith("x-anthropic-billing-header:")


@for_every_provider
def test_system_messages_take_the_role_that_the_provider_knows(
    body: JsonObject, target: Target
) -> None:
    messages = translated(body, target)["messages"]

    has_system_after_start = any(m["role"] == "system" for m in messages[1:])
    notes = [m for m in body["messages"] if m["role"] == "system" and list(texts(m["content"]))]
    knows_them = target.profile.mid_system is MidSystem.SYSTEM
    assert has_system_after_start is bool(notes and knows_them)


@for_every_provider
def test_calls_and_results_are_paired(body: JsonObject, target: Target) -> None:
    waiting: list[str] = []
    for message in translated(body, target)["messages"]:
        if message["role"] == "tool":
            assert message["tool_call_id"] == waiting.pop(0)
            continue
        assert not waiting
        waiting = [call["id"] for call in message.get("tool_calls", ())]
    assert not waiting


@for_every_provider
def test_no_text_part_and_no_list_is_empty(body: JsonObject, target: Target) -> None:
    for message in translated(body, target)["messages"]:
        content = message["content"]
        assert content or message.get("tool_calls")
        if isinstance(content, list):
            assert all(part["text"].strip() for part in content if part["type"] == "text")


@for_every_provider
def test_only_tools_that_can_be_called_are_offered(body: JsonObject, target: Target) -> None:
    sent = translated(body, target)
    offered = {tool["function"]["name"] for tool in sent.get("tools", ())}

    loaded = {
        part["tool_name"]
        for message in body["messages"]
        for block in blocks(message["content"])
        if block["type"] == "tool_result"
        for part in blocks(block.get("content"))
        if part["type"] == "tool_reference"
    }
    inline = {t["name"] for t in body.get("tools", ()) if "input_schema" in t}
    deferred = {t["name"] for t in body.get("tools", ()) if t.get("defer_loading")}
    assert "DeferredToolPlaceholder" not in offered
    assert offered == (inline - deferred) | (loaded & inline)
    assert ("tools" in sent) is bool(offered)
    assert "$schema" not in json.dumps([t["function"]["parameters"] for t in sent.get("tools", ())])


@for_every_provider
def test_loaded_tools_are_announced_in_words(body: JsonObject, target: Target) -> None:
    words = sent_texts(translated(body, target)["messages"])

    for message in body["messages"]:
        for block in blocks(message["content"]):
            for part in blocks(block.get("content")):
                if part.get("type") == "tool_reference":
                    assert f"The tool {part['tool_name']} is loaded" in words


@for_every_provider
def test_images_are_sent_as_data_after_the_results(body: JsonObject, target: Target) -> None:
    messages = translated(body, target)["messages"]

    urls = [
        part["image_url"]["url"]
        for message in messages
        if isinstance(message["content"], list)
        for part in message["content"]
        if part["type"] == "image_url"
    ]
    wanted = [data for message in body["messages"] for data in images(message["content"])]
    assert urls == [f"data:image/png;base64,{data}" for data in wanted]
    for message in messages:
        if message["role"] == "tool":
            assert not wanted or not any(data in str(message["content"]) for data in wanted)


@for_every_provider
def test_tool_names_come_back_as_the_client_declared_them(body: JsonObject, target: Target) -> None:
    encoded = encode_request(body, target)
    declared = {tool["name"] for tool in body.get("tools", ())}

    for tool in encoded.body.get("tools", ()):
        assert encoded.client_name(tool["function"]["name"]) in declared


# -- laws --------------------------------------------------------------------------------------


@for_every_provider
def test_a_later_request_begins_with_the_bytes_of_the_earlier(
    body: JsonObject, target: Target
) -> None:
    whole = translated(body, target)["messages"]

    answers = [i for i, m in enumerate(body["messages"]) if i and m["role"] == "assistant"]
    for length in answers:
        shorter = {**body, "messages": body["messages"][:length]}
        prefix = translated(shorter, target)["messages"]
        assert dumps(whole[: len(prefix)]) == dumps(prefix)


@for_every_provider
def test_translating_changes_nothing_and_repeats_itself(body: JsonObject, target: Target) -> None:
    before = dumps(body)

    first, second = translated(body, target), translated(body, target)

    assert dumps(body) == before
    assert dumps(first) == dumps(second)
