import json
from typing import Any

from hypothesis import given
from openai.types.responses import ResponseStreamEvent
from pydantic import TypeAdapter

from ccr_desktop.core.faces.openai_responses.answer import response
from ccr_desktop.core.faces.openai_responses.request import ResponsesRequest, read_request
from ccr_desktop.core.faces.openai_responses.stream import EventStream
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.sse import SseDecoder, encode_event
from tests.support.grammar import fold, read_stream
from tests.support.replay import cut, stream
from tests.support.scripts import SEEDS, Script, render, scripts

JsonObject = dict[str, Any]

REQUEST = read_request({"model": "m", "input": "hi", "tools": [{"type": "custom", "name": "g"}]})
_EVENT: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)


def events(raw: bytes, request: ResponsesRequest = REQUEST, seed: int = 0) -> list[JsonObject]:
    """What the client gets for a Messages stream."""
    face = EventStream(request, created_s=5)
    out = b"".join(face.feed(piece) for piece in (cut(raw, seed) if seed else [raw]))
    return [json.loads(event.data) for event in SseDecoder().events(out)]


def block(index: int, start: JsonObject, *deltas: JsonObject) -> bytes:
    return b"".join(
        [
            encode_event(
                "content_block_start",
                {"type": "content_block_start", "index": index, "content_block": start},
            ),
            *(
                encode_event(
                    "content_block_delta",
                    {"type": "content_block_delta", "index": index, "delta": delta},
                )
                for delta in deltas
            ),
            encode_event("content_block_stop", {"type": "content_block_stop", "index": index}),
        ]
    )


def started(*blocks: bytes) -> bytes:
    message = {"id": "msg_1", "model": "m", "usage": {"input_tokens": 3, "output_tokens": 0}}
    start = encode_event("message_start", {"type": "message_start", "message": message})
    return b"".join([start, *blocks])


def kinds(found: list[JsonObject]) -> list[str]:
    return [event["type"].removeprefix("response.") for event in found]


def test_text_comes_as_a_message_with_one_part() -> None:
    text = block(0, {"type": "text", "text": ""}, {"type": "text_delta", "text": "Hi"})

    found = events(started(text))

    assert kinds(found) == [
        "created",
        "in_progress",
        "output_item.added",
        "content_part.added",
        "output_text.delta",
        "output_text.done",
        "content_part.done",
        "output_item.done",
    ]
    assert found[-1]["item"]["content"][0]["text"] == "Hi"


def test_arguments_keep_the_form_in_which_they_came() -> None:
    used = {"type": "tool_use", "id": "t", "name": "f", "input": {}}
    piece = {"type": "input_json_delta", "partial_json": '{ "a": 1.0 }'}

    found = events(started(block(0, used, piece)))

    assert found[-2]["arguments"] == found[-1]["item"]["arguments"] == '{ "a": 1.0 }'


def test_free_text_comes_at_one_go() -> None:
    used = {"type": "tool_use", "id": "t", "name": "g", "input": {}}
    pieces = [{"type": "input_json_delta", "partial_json": p} for p in ('{"inp', 'ut":"x\\n"}')]

    found = events(started(block(0, used, *pieces)))

    assert kinds(found)[2:] == [
        "output_item.added",
        "custom_tool_call_input.delta",
        "custom_tool_call_input.done",
        "output_item.done",
    ]
    assert found[-1]["item"]["input"] == "x\n"


def test_a_block_that_holds_nothing_is_no_item() -> None:
    empty = block(0, {"type": "text", "text": ""}), block(1, {"type": "thinking", "thinking": ""})

    assert kinds(events(started(*empty))) == ["created", "in_progress"]


def test_silence_is_bridged_by_comments() -> None:
    face = EventStream(REQUEST, created_s=5)

    assert face.feed(b'event: ping\ndata: {"type":"ping"}\n\n').startswith(b":")


def test_an_error_ends_the_stream_for_sdks_and_agents() -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}

    *_, first, second = events(started(encode_event("error", error)))

    assert first["error"]["message"] == "busy"
    assert second["response"]["status"] == "failed"
    assert second["response"]["error"] == {"code": "server_error", "message": "busy"}


def test_a_stream_that_is_given_up_ends_like_that() -> None:
    out = EventStream(REQUEST, created_s=5).failed(Failure.of(503, "stopping"))

    assert b'"type":"response.failed"' in out


@given(scripts(lone=False), SEEDS)
def test_a_stream_ends_in_what_a_complete_answer_is(script: Script, seed: int) -> None:
    raw = stream(render(script, seed)).raw
    message = fold(read_stream(raw))

    found = events(raw, seed=seed + 1)

    for event in found:
        _EVENT.validate_python(event)
    assert [event["sequence_number"] for event in found] == [*range(len(found))]
    ended = found[-1]["response"]
    whole = response(message, REQUEST, created_s=5)
    assert _comparable(ended) == _comparable(whole)
    assert _pieces(found) == [text for item in ended["output"] for text in _texts(item)]


def _comparable(made: JsonObject) -> JsonObject:
    """An answer in which it does not matter how arguments are spelt."""
    output = [
        {**item, "arguments": json.loads(item["arguments"])} if "arguments" in item else item
        for item in made["output"]
    ]
    return {**made, "output": output}


def _pieces(found: list[JsonObject]) -> list[str]:
    """The deltas of each item, joined."""
    texts: dict[int, str] = {}
    for event in found:
        if "delta" in event:
            index = event["output_index"]
            texts[index] = texts.get(index, "") + event["delta"]
    return list(texts.values())


def _texts(item: JsonObject) -> list[str]:
    parts = item.get("content") or item.get("summary")
    return [part["text"] for part in parts] if parts else [item["arguments"]]
