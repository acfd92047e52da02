"""Whatever a client sends, the translation works or says what is wrong with it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.errors import ClientError
from tests.support.examples import one_in
from tests.support.programs import leave_out
from tests.unit.core.dialects.openai_chat.bodies import (
    PROFILES,
    JsonObject,
    request,
    target_for,
    tool,
)

CAPTURES = Path(__file__).parents[6] / "shared" / "fixtures" / "claude-code"
FEWER = one_in(2)  # odd JSON is slow to draw
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_WORDS = st.sampled_from(
    [
        "text",
        "image",
        "document",
        "tool_use",
        "tool_result",
        "thinking",
        "base64",
        "url",
        "content",
        "user",
        "assistant",
        "system",
        "custom",
        "web_search",
        "enabled",
        "tool",
        "search_result",
        "text/plain",
        "web_search_tool_result",
        "compaction",
        "tool_reference",
        "disabled",
    ]
)
_KEYS = st.sampled_from(
    [
        "type",
        "text",
        "content",
        "source",
        "data",
        "id",
        "name",
        "input",
        "tool_use_id",
        "role",
        "thinking",
        "signature",
        "title",
        "media_type",
        "input_schema",
        "tools",
        "tool_name",
        "url",
        "cache_control",
        "defer_loading",
        "clear_at",
        "is_error",
        "budget_tokens",
        "format",
        "schema",
    ]
)
JSON = st.recursive(
    _SCALARS | _WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(_KEYS | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=8,
)
_MEMBERS = st.sampled_from(
    [
        "model",
        "max_tokens",
        "messages",
        "system",
        "tools",
        "tool_choice",
        "thinking",
        "stream",
        "output_config",
        "output_format",
        "stop_sequences",
        "metadata",
        "temperature",
        "mcp_servers",
    ]
)


def survives(raw: bytes, profile: str) -> None:
    """Everything that is done with a request works, or says what is wrong with it."""
    target = target_for(profile)
    try:
        body = parse_body(raw)
        check_request(body)
        check_translatable(body)
    except ClientError:
        return
    encoded = encode_request(body, target, "session")
    assert json.loads(OpenAIChat().call(encoded, target).body)["model"] == "some-model"
    survives_gemini(body, profile)


def survives_gemini(body: JsonObject, profile: str) -> None:
    target = target_for(profile, "gemini-3-flash")
    try:
        encoded = Gemini().encode(body, target, "session")
    except ClientError:
        return
    assert json.loads(Gemini().call(encoded, target).body)["contents"]


@given(st.binary(max_size=40))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    survives(raw, "generic")


@FEWER
@given(JSON)
def test_no_json_breaks_the_translation(value: Any) -> None:
    survives(dumps_safe(value), "generic")


@FEWER
@given(
    messages=st.lists(
        st.fixed_dictionaries(
            {
                "role": st.sampled_from(["user", "assistant", "system"]),
                "content": st.lists(
                    st.dictionaries(_KEYS, JSON, min_size=2, max_size=6), max_size=3
                )
                | JSON,
            }
        ),
        min_size=1,
        max_size=3,
    ),
    members=st.dictionaries(
        _MEMBERS.filter(lambda m: m not in {"model", "messages"}), JSON, max_size=3
    ),
    profile=st.sampled_from(sorted(PROFILES)),
)
def test_no_request_of_odd_blocks_breaks_the_translation(
    messages: list[Any], members: JsonObject, profile: str
) -> None:
    body = {"model": "m", "max_tokens": 5, "tools": [tool()], "messages": messages, **members}

    survives(dumps_safe(body), profile)


@pytest.mark.parametrize("depth", [150, 190, 250, 500, 800])
@pytest.mark.parametrize("where", ["input", "schema", "result", "system", "source", "search"])
def test_deep_nesting_is_refused_or_sent(where: str, depth: int) -> None:
    deep: Any = "x"
    for _ in range(depth // 2):
        deep = [{"type": "tool_result", "tool_use_id": "a", "content": deep}]
    source = {"type": "content", "content": deep}
    blocks = {
        "input": {"type": "tool_use", "id": "a", "name": "n", "input": {"x": deep}},
        "result": {"type": "tool_result", "tool_use_id": "b", "content": deep},
        "source": {"type": "document", "source": source},
        "search": {"type": "search_result", "content": deep},
    }
    body = request({"role": "user", "content": [blocks.get(where, {"type": "text", "text": "x"})]})
    if where == "schema":
        body["tools"] = [{"name": "t", "input_schema": {"x": deep}}]
    if where == "system":
        body["system"] = deep

    raw = json.dumps(body).encode()
    survives(raw, "generic")
    survives(raw.replace(b'"claude-x"', b'"\\ud800"'), "generic")


@cache
def captured_bodies() -> list[bytes]:
    files = [json.loads(path.read_bytes()) for path in sorted(CAPTURES.glob("*/*.json"))]
    return [json.dumps(file["request"]["body"]).encode() for file in files if "request" in file]


@FEWER
@given(data=st.data())
def test_no_mutation_of_a_captured_request_breaks_the_translation(data: st.DataObject) -> None:
    if not captured_bodies():
        leave_out(f"there are no captured requests in {CAPTURES}")
    body = json.loads(data.draw(st.sampled_from(captured_bodies()))) or {}

    for _ in range(data.draw(st.integers(1, 3))):
        mutate(body, data)

    survives(dumps_safe(body), data.draw(st.sampled_from(sorted(PROFILES))))


def mutate(body: JsonObject, data: st.DataObject) -> None:
    """Replace, remove or repeat something at a random place."""
    holder: Any = body
    while True:
        if not holder:
            return
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(list(keys)))
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or not data.draw(st.integers(0, 3)):
            break
        holder = inner
    match data.draw(st.sampled_from(["replace", "remove", "repeat"])):
        case "replace":
            holder[key] = data.draw(JSON)
        case "remove":
            del holder[key]
        case _ if isinstance(holder, list):
            holder.append(holder[key])
        case _:
            holder[data.draw(_KEYS)] = holder[key]
