"""What a client does with an answer: the SDK folds it, and the next request carries it back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import anthropic
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.providers.catalog import COMPATIBLE, OPENROUTER
from ccr_desktop.core.providers.profile import ReasoningReplay
from tests.support.examples import one_in
from tests.support.grammar import fold
from tests.support.replay import TARGET, stream
from tests.support.scripts import SEEDS, Call, Reasoning, Script, Text, dumps, render, scripts

few = one_in(2)
REPLAYS_ALL = replace(TARGET, profile=replace(COMPATIBLE, reasoning_replay=ReasoningReplay.ALL))


class Sdk:
    """The official client, fed with bytes of ours."""

    def __init__(self) -> None:
        self.raw = b""
        transport = httpx2.MockTransport(self._answer)
        self._http = httpx2.Client(transport=transport)
        self._client = anthropic.Anthropic(
            api_key="k", base_url="http://mock", http_client=self._http, max_retries=0
        )

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        headers = {"content-type": "text/event-stream"}
        return httpx2.Response(200, headers=headers, content=self.raw, request=request)

    def message(self, raw: bytes) -> Any:
        self.raw = raw
        messages: Any = [{"role": "user", "content": "hi"}]
        with self._client.messages.stream(model="m", max_tokens=9, messages=messages) as answer:
            return answer.get_final_message()

    def close(self) -> None:
        self._client.close()
        self._http.close()


@pytest.fixture(scope="module")
def sdk() -> Iterator[Sdk]:
    client = Sdk()
    yield client
    client.close()


@few
@given(scripts(lone=False), SEEDS)
def test_the_official_sdk_folds_the_stream_to_the_same_message(
    sdk: Sdk, script: Script, seed: int
) -> None:
    answer = stream(render(script, seed))

    message = sdk.message(answer.raw)

    expected = fold(answer.events)
    assert [block.to_dict() for block in message.content] == expected["content"]
    assert message.stop_reason == expected["stop_reason"]
    assert message.usage.output_tokens == expected["usage"]["output_tokens"]
    assert message.usage.input_tokens == expected["usage"]["input_tokens"]


def replayed(message: dict[str, Any], target: Any = REPLAYS_ALL) -> dict[str, Any]:
    """The assistant message by which the next request carries *message*."""
    results = [
        {"type": "tool_result", "tool_use_id": block["id"], "content": "ok"}
        for block in message["content"]
        if block["type"] == "tool_use"
    ]
    messages = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": message["content"]},
        {"role": "user", "content": [*results, {"type": "text", "text": "go on"}]},
    ]
    body = {"model": "m", "max_tokens": 9, "messages": messages}
    sent = encode_request(body, target).body["messages"]
    return next((m for m in sent if m["role"] == "assistant"), {})


@few
@given(scripts(lone=False), SEEDS)
def test_calls_go_back_as_the_provider_sent_them(script: Script, seed: int) -> None:
    message = fold(stream(render(script, seed)).events)

    calls = [
        (call["id"], call["function"]["name"], json.loads(call["function"]["arguments"]))
        for call in replayed(message).get("tool_calls", ())
    ]

    assert calls == [(call.id, call.name, call.arguments) for call in script.calls]


@few
@given(st.sampled_from(("reasoning_content", "reasoning", "thinking")), SEEDS, scripts(lone=False))
def test_reasoning_goes_back_in_the_member_it_came_in(
    member: str, seed: int, script: Script
) -> None:
    parts = [*script.parts, Text("end"), Call("call_end", "Bash", {"a": 1})]
    script = replace(script, parts=parts, reasoning_field=member)
    text = "".join(part.text for part in parts if isinstance(part, Reasoning))

    sent = replayed(fold(stream(render(script, seed)).events))

    assert sent.get(member, "") == text


_DETAIL_TEXT = {"type": "reasoning.text", "index": 0, "format": "anthropic-claude-v1"}
_ENCRYPTED = {"type": "reasoning.encrypted", "index": 1, "id": "rs_1", "data": "b3BhcXVl"}


@few
@given(st.lists(st.sampled_from(("We ", "think", "\u2028", "😀")), min_size=1, max_size=5), SEEDS)
def test_reasoning_details_go_back_whole_with_their_signature(pieces: list[str], seed: int) -> None:
    deltas: list[dict[str, Any]] = [
        {"reasoning": piece, "reasoning_details": [{**_DETAIL_TEXT, "text": piece}]}
        for piece in pieces
    ]
    deltas += [
        {"reasoning_details": [{**_DETAIL_TEXT, "signature": "sig=="}]},
        {"reasoning_details": [_ENCRYPTED]},
        {"tool_calls": [{"index": 0, "id": "c1", "function": {"name": "f", "arguments": "{}"}}]},
    ]
    raw = "".join(
        f"data: {dumps({'choices': [{'delta': delta, 'finish_reason': None}]})}\n\n"
        for delta in deltas
    )
    end = 'data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}\n\n'

    message = fold(stream((raw + end).encode()).events)

    text = "".join(pieces)
    expected = [{**_DETAIL_TEXT, "text": text, "signature": "sig=="}, _ENCRYPTED]
    target = replace(TARGET, profile=OPENROUTER)
    assert message["content"][0]["thinking"] == text
    assert replayed(message, target)["reasoning_details"] == expected


@few
@given(scripts(lone=False), SEEDS)
def test_state_of_one_provider_never_reaches_another(script: Script, seed: int) -> None:
    message = fold(stream(render(script, seed)).events)

    sent = replayed(message, replace(REPLAYS_ALL, provider="elsewhere"))

    assert sent.keys() <= {"role", "content", "tool_calls"}
