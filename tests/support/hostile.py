"""Answers of every protocol that hold most of what there is, and ways to spoil a place in them."""

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any

Path = tuple[str | int, ...]
JsonObject = dict[str, Any]

GONE = object()
"""Takes the member out."""
TOO_LARGE = "1e999"
"""A number that no float holds, which stands for itself where it is written."""
VALUES: tuple[Any, ...] = (
    *(None, "", "x", 0, -1, 10**30, 1.5, True, False, TOO_LARGE, "\ud800", "[DONE]", GONE),
    *([], {}, [None], [[]], [{}], [1, "a", None], {"a": None}, {"text": None}),
    [{"type": "text"}],
)


def places(value: Any, before: Path = ()) -> Iterator[Path]:
    """Every place in a JSON value, itself first."""
    yield before
    members = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else ()
    for key, inner in (*members, *items):
        yield from places(inner, (*before, key))


def spoiled(value: Any, place: Path, by: Any) -> Any:
    """*value* with something else at *place*."""
    if not place:
        return by
    changed = copy.deepcopy(value)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    if by is GONE:
        del holder[place[-1]]
    else:
        holder[place[-1]] = by
    return changed


def written(value: Any) -> bytes:
    if value is GONE:
        return b""
    text = json.dumps(value).replace(f'"{TOO_LARGE}"', TOO_LARGE)
    return text.encode("utf-8", "surrogatepass")


def as_events(events: Sequence[Any]) -> bytes:
    return b"".join(b"data: " + written(event) + b"\n\n" for event in events)


def as_named_events(events: Sequence[Any]) -> bytes:
    return b"".join(_name(event) + as_events([event]) for event in events)


def _name(event: Any) -> bytes:
    kind = event.get("type") if isinstance(event, dict) else None
    return f"event: {kind}\n".encode() if isinstance(kind, str) and kind.isidentifier() else b""


# -- Chat Completions --------------------------------------------------------------------------


def _chunk(delta: JsonObject, finish: str | None = None, **members: Any) -> JsonObject:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {"id": "c", "model": "m", "choices": [choice], **members}


def _call(**function: str) -> JsonObject:
    return {"tool_calls": [{"index": 0, "id": "call_1", "function": function}]}


_CHAT_USAGE = {
    "prompt_tokens": 3,
    "completion_tokens": 2,
    "prompt_tokens_details": {"cached_tokens": 1},
    "completion_tokens_details": {"reasoning_tokens": 1},
}
_DETAIL = {"type": "reasoning.text", "text": "Hm", "index": 0, "signature": "s"}
_URL_CITATION = {"url": "https://x", "title": "t", "start_index": 0, "end_index": 1}
_PARTS = [
    {"type": "thinking", "thinking": [{"type": "text", "text": "t"}], "signature": "s"},
    {"type": "text", "text": "a"},
]
CHAT: list[Any] = [
    _chunk({"role": "assistant", "reasoning_content": "Hm", "reasoning_details": [_DETAIL]}),
    _chunk({"content": _PARTS}),
    _chunk({"content": "a"}),
    _chunk({"content": "b"}),
    _chunk({"annotations": [{"type": "url_citation", "url_citation": _URL_CITATION}]}),
    _chunk({"refusal": "no"}),
    _chunk(_call(name="Bash", arguments='{"a":')),
    _chunk({"tool_calls": [{"index": 0, "function": {"arguments": "1"}}]}),
    _chunk({"tool_calls": [{"index": 0, "function": {"arguments": "}"}}]}),
    _chunk({"function_call": {"name": "f", "arguments": "{}"}}),
    _chunk({}, "tool_calls", usage=_CHAT_USAGE, search_results=[{"url": "https://x"}]),
    {"choices": [], "usage": _CHAT_USAGE, "x_groq": {"usage": _CHAT_USAGE}},
]
CHAT_WHOLE: list[Any] = [
    {"choices": [{"index": 0, "message": each["choices"][0]["delta"], "finish_reason": "stop"}]}
    for each in CHAT[:-2]
]

# -- Gemini ------------------------------------------------------------------------------------


def _response(*parts: JsonObject, **members: Any) -> JsonObject:
    usage = {"promptTokenCount": 3, "candidatesTokenCount": 2, "totalTokenCount": 5}
    candidate = {"content": {"parts": [*parts], "role": "model"}, "index": 0, **members}
    return {"candidates": [candidate], "usageMetadata": usage, "responseId": "r"}


_GROUNDING = {
    "webSearchQueries": ["q"],
    "groundingChunks": [{"web": {"uri": "https://x", "title": "t"}}],
    "groundingSupports": [{"segment": {"text": "x"}, "groundingChunkIndices": [0]}],
}
_PARTIAL = [{"jsonPath": "$.a.b[0]", "stringValue": "x"}, {"jsonPath": "$.c", "numberValue": 1}]
GEMINI: list[Any] = [
    _response({"text": "Hm", "thought": True, "thoughtSignature": "s"}),
    _response({"text": "a"}),
    _response({"text": "b"}),
    _response({"functionCall": {"id": "1", "name": "f", "args": {"a": 1}}}),
    _response({"functionCall": {"name": "g", "partialArgs": _PARTIAL, "willContinue": True}}),
    _response({"functionCall": {"partialArgs": _PARTIAL}}),
    _response({"text": "x"}, groundingMetadata=_GROUNDING),
    {"response": _response({"text": "a"})},
    _response(finishReason="STOP"),
    {"promptFeedback": {"blockReason": "SAFETY"}},
]

# -- Responses ---------------------------------------------------------------------------------

_REASONING = {
    "id": "rs_1",
    "type": "reasoning",
    "summary": [{"type": "summary_text", "text": "Hm"}],
    "encrypted_content": "e",
}
_SAID = {
    "id": "m_1",
    "type": "message",
    "content": [{"type": "output_text", "text": "ab", "annotations": [_URL_CITATION]}],
}
_FUNCTION = {"id": "f_1", "type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}
_SEARCH = {
    "id": "w_1",
    "type": "web_search_call",
    "action": {"type": "search", "query": "q", "sources": [{"type": "url", "url": "https://x"}]},
}
_TOKENS = {"input_tokens": 3, "output_tokens": 2, "input_tokens_details": {"cached_tokens": 1}}
RESPONSE = {
    "id": "resp_1",
    "status": "completed",
    "output": [_REASONING, _SAID, _FUNCTION, _SEARCH],
    "usage": _TOKENS,
    "error": None,
    "incomplete_details": {"reason": "max_output_tokens"},
}


def _happening(kind: str, at: int = 0, **members: Any) -> JsonObject:
    return {"type": f"response.{kind}", "output_index": at, **members}


RESPONSES: list[Any] = [
    _happening("created", response={**RESPONSE, "output": []}),
    _happening("output_item.added", item={**_REASONING, "summary": []}),
    _happening("reasoning_summary_text.delta", item_id="rs_1", summary_index=0, delta="Hm"),
    _happening("output_item.done", item=_REASONING),
    _happening("output_item.added", 1, item={**_SAID, "content": []}),
    _happening("output_text.delta", 1, item_id="m_1", content_index=0, delta="a"),
    _happening("output_text.delta", 1, item_id="m_1", content_index=0, delta="b"),
    _happening("output_text.annotation.added", 1, item_id="m_1", annotation=_URL_CITATION),
    _happening("refusal.delta", 1, item_id="m_1", content_index=1, delta="no"),
    _happening("output_item.done", 1, item=_SAID),
    _happening("output_item.added", 2, item={**_FUNCTION, "arguments": ""}),
    _happening("function_call_arguments.delta", 2, item_id="f_1", delta="{}"),
    _happening("function_call_arguments.done", 2, item_id="f_1", arguments="{}"),
    _happening("output_item.done", 2, item=_FUNCTION),
    _happening("output_item.done", 3, item=_SEARCH),
    _happening("completed", response=RESPONSE),
]

# -- Messages and Ollama's own -----------------------------------------------------------------

_COUNTS = {"input_tokens": 3, "output_tokens": 2, "output_tokens_details": {"thinking_tokens": 1}}
_BLOCKS: list[JsonObject] = [
    {"type": "thinking", "thinking": "h", "signature": "s"},
    {"type": "redacted_thinking", "data": "d"},
    {"type": "text", "text": "a", "citations": [{"type": "x", "cited_text": "c"}]},
    {"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1}},
    {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}},
    {"type": "web_search_tool_result", "tool_use_id": "s", "content": []},
]
MESSAGE: JsonObject = {
    "id": "m",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "content": _BLOCKS,
    "stop_reason": "end_turn",
    "usage": _COUNTS,
}
_GROWTH: list[tuple[int, JsonObject]] = [
    (0, {"type": "thinking_delta", "thinking": "Hm"}),
    (0, {"type": "signature_delta", "signature": "s"}),
    (2, {"type": "text_delta", "text": "a"}),
    (2, {"type": "citations_delta", "citation": {"type": "x", "cited_text": "c"}}),
    (3, {"type": "input_json_delta", "partial_json": '{"a":1}'}),
    (4, {"type": "input_json_delta", "partial_json": '{"query":"q"}'}),
]


def _block_events(at: int, block: JsonObject) -> Iterator[JsonObject]:
    empty: JsonObject = {"thinking": "", "signature": "", "text": "", "input": {}}
    start = {**block, **{name: empty[name] for name in empty if name in block}}
    yield {"type": "content_block_start", "index": at, "content_block": start}
    for index, delta in _GROWTH:
        if index == at:
            yield {"type": "content_block_delta", "index": at, "delta": delta}
    yield {"type": "content_block_stop", "index": at}


MESSAGES: list[Any] = [
    {"type": "message_start", "message": {**MESSAGE, "content": []}},
    *(event for at, block in enumerate(_BLOCKS) for event in _block_events(at, block)),
    {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": _COUNTS},
    {"type": "message_stop"},
]
_OLLAMA_CALL = {"id": "1", "function": {"index": 0, "name": "f", "arguments": {"a": 1}}}
OLLAMA: list[Any] = [
    {"message": {"role": "assistant", "content": "a", "thinking": "t"}, "done": False},
    {"message": {"role": "assistant", "content": "", "tool_calls": [_OLLAMA_CALL]}, "done": False},
    {"message": {"content": ""}, "done": True, "done_reason": "stop", "prompt_eval_count": 3},
]
