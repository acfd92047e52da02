"""The scripted provider itself: what it sends must be what the tests ask for."""

import http.client
import json
from collections.abc import Iterator

import pytest

from tests.support.turns import (
    Drop,
    JsonObject,
    call,
    cut,
    cut_in_arguments,
    html,
    reasoning,
    reset,
    text,
    tool_calls,
)
from tests.support.upstream import Upstream

CALLS = [call("Write", {"content": "x" * 40}, "call_1"), call("Bash", {"command": "ls"}, "call_2")]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server


def post(upstream: Upstream, **body: object) -> tuple[int, bytes]:
    """Ask for a completion and read all of the answer."""
    connection = http.client.HTTPConnection(upstream.url.removeprefix("http://"), timeout=60)
    try:
        headers = {"Content-Type": "application/json", "X-Test": "yes"}
        connection.request("POST", "/v1/chat/completions", json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def chunks(raw: bytes) -> list[JsonObject]:
    """The JSON of every event but `[DONE]`."""
    events = [line.removeprefix("data: ") for line in raw.decode().split("\n\n") if line]
    return [json.loads(event) for event in events if event != "[DONE]"]


def folded(raw: bytes) -> dict[int, str]:
    """The arguments of the streamed calls, by index."""
    parts = [
        part
        for chunk in chunks(raw)
        for choice in chunk["choices"]
        for part in choice["delta"].get("tool_calls", [])
    ]
    return {
        index: "".join(p["function"]["arguments"] for p in parts if p["index"] == index)
        for index in {part["index"] for part in parts}
    }


def test_a_stream_ends_with_finish_usage_and_done(upstream: Upstream) -> None:
    upstream.script(text("Hello there", piece_chars=4))

    _, raw = post(upstream, stream=True, stream_options={"include_usage": True})

    *_, finish, closing = chunks(raw)
    assert finish["choices"][0]["finish_reason"] == "stop"
    assert closing["choices"] == []
    assert closing["usage"]["total_tokens"] == 1234
    assert raw.endswith(b"data: [DONE]\n\n")


def test_usage_is_sent_only_when_it_is_asked_for(upstream: Upstream) -> None:
    upstream.script(text("Hello"))

    _, raw = post(upstream, stream=True)

    assert not any("usage" in chunk for chunk in chunks(raw))


@pytest.mark.parametrize("interleaved", [False, True])
def test_fragments_add_up_to_the_arguments(upstream: Upstream, interleaved: bool) -> None:
    upstream.script(tool_calls(CALLS, fragment_chars=3, interleaved=interleaved))

    _, raw = post(upstream, stream=True)

    assert folded(raw) == {0: CALLS[0].json, 1: CALLS[1].json}


def test_without_stream_the_same_turn_is_one_object(upstream: Upstream) -> None:
    turn = reasoning("Hm.") + text("I write.") + tool_calls(CALLS, fragment_chars=3)
    upstream.script(turn)

    _, raw = post(upstream)

    [choice] = json.loads(raw)["choices"]
    message = choice["message"]
    assert choice["finish_reason"] == "tool_calls"
    assert (message["reasoning_content"], message["content"]) == ("Hm.", "I write.")
    assert [made["id"] for made in message["tool_calls"]] == ["call_1", "call_2"]
    assert [made["function"]["arguments"] for made in message["tool_calls"]] == [
        made.json for made in CALLS
    ]


def test_a_cut_stream_ends_like_a_whole_one_but_says_nothing_of_it(upstream: Upstream) -> None:
    upstream.script(cut(text("Hello there", piece_chars=4), after_deltas=2))

    _, raw = post(upstream, stream=True)

    assert b"finish_reason" in raw
    assert not any(c["finish_reason"] for chunk in chunks(raw) for c in chunk["choices"])
    assert b"[DONE]" not in raw


def test_a_cut_in_arguments_leaves_them_unfinished(upstream: Upstream) -> None:
    upstream.script(cut_in_arguments(tool_calls(CALLS[:1], fragment_chars=3)))

    _, raw = post(upstream, stream=True)

    [arguments] = folded(raw).values()
    assert arguments
    assert CALLS[0].json.startswith(arguments)
    assert arguments != CALLS[0].json


@pytest.mark.parametrize("stream", [True, False])
def test_a_reset_is_no_clean_end(upstream: Upstream, stream: bool) -> None:
    upstream.script(reset(text("Hello there"), after_bytes=100))

    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        post(upstream, stream=stream)


def test_a_dropped_connection_gives_no_answer(upstream: Upstream) -> None:
    upstream.script(Drop())

    with pytest.raises(ConnectionError):
        post(upstream, stream=True)


def test_answers_follow_the_script_and_then_the_default(upstream: Upstream) -> None:
    upstream.script(html(502), text("A"), model="a")
    upstream.script(text("B"), when=lambda request: request.headers["x-test"] == "yes")

    statuses = [post(upstream, model=model)[0] for model in ("b", "a", "a", "a")]
    _, last = post(upstream, model="a")

    assert statuses == [200, 502, 200, 200]
    assert b"(not scripted)" in last
    assert [request.model for request in upstream.requests] == ["b", "a", "a", "a", "a"]
