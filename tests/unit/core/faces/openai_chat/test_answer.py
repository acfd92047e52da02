"""Messages as Chat Completions answers, complete and streamed alike."""

import itertools
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.faces.openai_chat.answer import ChunkStream, chat_usage, completion
from ccr_desktop.core.protocol.sse import encode_event

MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "content": [
        {"type": "thinking", "thinking": "Hm. ✓", "signature": "s"},
        {"type": "text", "text": "Well: \ud800 ü"},
        {"type": "tool_use", "id": "a", "name": "f", "input": {"x": [1, "ü"]}},
        {"type": "tool_use", "id": "b", "name": "g", "input": {}},
    ],
    "stop_reason": "tool_use",
    "usage": {
        "input_tokens": 5,
        "cache_read_input_tokens": 20,
        "cache_creation_input_tokens": 3,
        "output_tokens": 9,
        "output_tokens_details": {"thinking_tokens": 4},
    },
}


def events(message: dict[str, Any], step: int = 3) -> bytes:
    """The message as a stream, its texts in pieces of *step* characters."""
    growing = {"thinking": "thinking", "text": "text", "tool_use": "partial_json"}
    start = {**message, "content": [], "stop_reason": None, "usage": {"input_tokens": 5}}
    out = [encode_event("message_start", {"type": "message_start", "message": start})]
    for block in message["content"]:
        kind = block["type"]
        whole = json.dumps(block["input"]) if kind == "tool_use" else block[kind]
        whole = "" if whole == "{}" else whole
        name = "input_json_delta" if kind == "tool_use" else f"{kind}_delta"
        empty = {**block, "input": {}} if kind == "tool_use" else {"type": kind, kind: ""}
        out.append(_event("content_block_start", content_block=empty))
        for at in range(0, len(whole), step):
            delta = {"type": name, growing[kind]: whole[at : at + step]}
            out.append(_event("content_block_delta", delta=delta))
        out.append(_event("content_block_stop"))
    delta = {"stop_reason": message["stop_reason"]}
    out += [_event("message_delta", delta=delta, usage=message["usage"]), _event("message_stop")]
    return b"".join(out)


def _event(kind: str, **members: Any) -> bytes:
    return encode_event(kind, {"type": kind, "index": 0, **members})


def chunks(raw: bytes) -> list[Any]:
    frames = raw.decode().split("\n\n")
    data = [f.removeprefix("data: ") for f in frames if f.startswith("data: ")]
    assert data[-1] == "[DONE]"
    return [json.loads(text) for text in data[:-1]]


def folded(parts: list[Any]) -> dict[str, Any]:
    """What a client makes of the chunks."""
    message: dict[str, Any] = {"content": "", "reasoning_content": "", "tool_calls": []}
    for part in parts:
        for choice in part["choices"]:
            delta = choice["delta"]
            message["content"] += delta.get("content") or ""
            message["reasoning_content"] += delta.get("reasoning_content") or ""
            for call in delta.get("tool_calls") or ():
                if call["index"] == len(message["tool_calls"]):
                    message["tool_calls"].append({**call, "function": dict(call["function"])})
                else:
                    found = message["tool_calls"][call["index"]]["function"]
                    found["arguments"] += call["function"]["arguments"]
            message["finish_reason"] = choice["finish_reason"]
    for call in message["tool_calls"]:
        del call["index"]
        call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    return message


def test_a_complete_answer_holds_everything() -> None:
    answer = completion(MESSAGE, created_s=7)

    [choice] = answer["choices"]
    assert (answer["id"], answer["created"], answer["model"]) == ("chatcmpl-1", 7, "m")
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["reasoning_content"] == "Hm. ✓"
    assert [call["id"] for call in choice["message"]["tool_calls"]] == ["a", "b"]
    assert answer["usage"] == {
        "prompt_tokens": 28,
        "completion_tokens": 9,
        "total_tokens": 37,
        "prompt_tokens_details": {"cached_tokens": 20},
        "completion_tokens_details": {"reasoning_tokens": 4},
    }


def test_content_is_null_only_beside_calls() -> None:
    without = {**MESSAGE, "content": MESSAGE["content"][2:]}
    empty = {**MESSAGE, "content": [], "stop_reason": "end_turn"}

    assert completion(without, created_s=0)["choices"][0]["message"]["content"] is None
    assert completion(empty, created_s=0)["choices"][0]["message"]["content"] == ""


@given(st.sets(st.integers(1, 2000), max_size=8), st.integers(1, 9))
def test_a_stream_says_the_same_however_it_is_cut(cuts: set[int], step: int) -> None:
    raw = events(MESSAGE, step)
    edges = [0, *sorted(cut for cut in cuts if cut < len(raw)), len(raw)]
    stream = ChunkStream(created_s=7, wants_usage=True)

    out = b"".join(stream.feed(raw[a:b]) for a, b in itertools.pairwise(edges))

    *parts, last = chunks(out)
    whole = completion(MESSAGE, created_s=7)
    [choice] = whole["choices"]
    expected = {**choice["message"], "finish_reason": choice["finish_reason"]}
    for call in expected["tool_calls"]:
        call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    got = folded(parts)
    assert got["content"].replace("\ufffd", "?") == expected["content"].replace("\ud800", "?")
    assert got["tool_calls"] == expected["tool_calls"]
    assert got["reasoning_content"] == expected["reasoning_content"]
    assert got["finish_reason"] == expected["finish_reason"]
    assert last["usage"] == whole["usage"]


def test_pings_are_comments_and_errors_end_without_done() -> None:
    stream = ChunkStream(created_s=0, wants_usage=False)
    error = {"type": "overloaded_error", "message": "busy"}

    assert stream.feed(_event("ping")).startswith(b":")
    out = stream.feed(_event("error", error=error))
    assert json.loads(out.removeprefix(b"data: "))["error"]["message"] == "busy"
    assert b"[DONE]" not in out


def test_usage_that_is_missing_counts_as_nothing() -> None:
    assert chat_usage({})["total_tokens"] == 0
