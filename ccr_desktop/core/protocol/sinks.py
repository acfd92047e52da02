"""Where the emitter's message goes: onto the wire as events, or into one complete message.

Both sinks get the same calls, so a streamed answer and a complete one can't differ.
"""

from __future__ import annotations

from typing import Any, Protocol

from ccr_desktop.core.protocol.arguments import ArgumentScanner, closing_suffix, parse_object
from ccr_desktop.core.protocol.failures import Failure, envelope
from ccr_desktop.core.protocol.json import JsonObject, dumps, dumps_each, dumps_safe
from ccr_desktop.core.protocol.sse import encode_event

# The delta that a content block of each type grows by, and the member that holds the text.
_DELTA_OF_BLOCK = {
    "text": ("text_delta", "text"),
    "thinking": ("thinking_delta", "thinking"),
    "tool_use": ("input_json_delta", "partial_json"),
    "server_tool_use": ("input_json_delta", "partial_json"),
    "mcp_tool_use": ("input_json_delta", "partial_json"),
}
_GROWING = frozenset({"text", "thinking"})  # what begins empty and says nothing by itself


class MessageSink(Protocol):
    """Receives a message, strictly in order."""

    def start(self, message: JsonObject) -> None: ...
    def open_block(self, block: JsonObject) -> None: ...
    def append(self, text: str) -> None: ...
    def append_all(self, texts: list[str]) -> None: ...
    def cite(self, citation: JsonObject) -> None: ...
    def close_block(self, signature: str = "") -> None: ...
    def stop(self, delta: JsonObject, usage: JsonObject) -> None: ...
    def fail(self, failure: Failure) -> None: ...


class EventWriter:
    """Writes Messages stream events; `take` hands over the bytes that are ready.

    None are until there is content: another answer can still take the place of an empty one,
    which `is_empty` tells when it has stopped.
    """

    def __init__(self, request_id: str = "") -> None:
        self.is_empty = False
        self.has_content = False
        self._is_over = False
        self._request_id = request_id
        self._out: list[bytes] = []
        self._index = -1
        self._before = b""

    def take(self) -> bytes:
        if not (self.has_content or self._is_over):
            return b""
        out = b"".join(self._out)
        self._out.clear()
        return out

    def start(self, message: JsonObject) -> None:
        self._event("message_start", message=message)

    def open_block(self, block: JsonObject) -> None:
        self._index += 1
        self.has_content = self.has_content or block["type"] not in _GROWING
        self._event("content_block_start", index=self._index, content_block=block)
        if delta := _DELTA_OF_BLOCK.get(block["type"]):
            # All but the text is the same for every delta of a block: it is written once.
            self._before = (
                b"event: content_block_delta\n"
                b'data: {"type":"content_block_delta","index":%d,"delta":{"type":"%b","%b":'
                % (self._index, delta[0].encode(), delta[1].encode())
            )

    def append(self, text: str) -> None:
        self.has_content = self.has_content or not text.isspace()
        try:
            literal = dumps(text)
        except TypeError:  # a lone surrogate
            literal = dumps_safe(text)
        self._out += (self._before, literal, b"}}\n\n")

    def append_all(self, texts: list[str]) -> None:
        self.has_content = self.has_content or not "".join(texts).isspace()
        literals = dumps_each(texts, b"}}\n\n" + self._before)
        self._out += (self._before, literals, b"}}\n\n")

    def cite(self, citation: JsonObject) -> None:
        delta = {"type": "citations_delta", "citation": citation}
        self._event("content_block_delta", index=self._index, delta=delta)

    def close_block(self, signature: str = "") -> None:
        if signature:
            delta = {"type": "signature_delta", "signature": signature}
            self._event("content_block_delta", index=self._index, delta=delta)
        self._event("content_block_stop", index=self._index)

    def stop(self, delta: JsonObject, usage: JsonObject) -> None:
        self._is_over = True
        self.is_empty = not self.has_content and delta["stop_reason"] == "end_turn"
        self._event("message_delta", delta=delta, usage=usage)
        self._event("message_stop")

    def fail(self, failure: Failure) -> None:
        self._is_over = True
        self._out.append(error_event(failure, self._request_id))

    def _event(self, name: str, **members: Any) -> None:
        self._out.append(encode_event(name, {"type": name, **members}))


def error_event(failure: Failure, request_id: str) -> bytes:
    """The event that ends a stream which failed."""
    return encode_event("error", envelope(failure, request_id))


class MessageFold:
    """Folds the message into the body of a non-streaming answer.

    `message` is complete after `stop`; `failure` is set when there is none.
    """

    def __init__(self) -> None:
        self.is_empty = False
        self.has_content = False
        self.message: JsonObject = {}
        self.failure: Failure | None = None
        self._content: list[JsonObject] = []
        self._parts: list[str] = []

    def start(self, message: JsonObject) -> None:
        self.message = {**message, "content": self._content}

    def open_block(self, block: JsonObject) -> None:
        self._content.append(dict(block))
        self.has_content = self.has_content or block["type"] not in _GROWING
        self._parts = []

    def append(self, text: str) -> None:
        self.has_content = self.has_content or not text.isspace()
        self._parts.append(text)

    def append_all(self, texts: list[str]) -> None:
        for text in texts:
            self.append(text)

    def cite(self, citation: JsonObject) -> None:
        self._content[-1].setdefault("citations", []).append(citation)

    def close_block(self, signature: str = "") -> None:
        block, text = self._content[-1], "".join(self._parts)
        match block["type"]:
            case "text":
                block["text"] = text
            case "thinking":
                block["thinking"] = text
                block["signature"] = signature
            case "tool_use" | "server_tool_use":
                block["input"] = _parse_cut_object(text)

    def stop(self, delta: JsonObject, usage: JsonObject) -> None:
        self.is_empty = not self.has_content and delta["stop_reason"] == "end_turn"
        self._content[:] = _without_blank_texts(self._content)
        usage = {**self.message.get("usage", {}), **usage}
        self.message = {**self.message, **delta, "usage": usage}

    def fail(self, failure: Failure) -> None:
        self.failure = failure


def _parse_cut_object(text: str) -> JsonObject:
    if (value := parse_object(text)) is not None:
        return value
    scanner = ArgumentScanner()
    scanner.feed(text)
    suffix = closing_suffix(text, scanner)
    return (parse_object(text + suffix) if suffix is not None else None) or {}


def _without_blank_texts(content: list[JsonObject]) -> list[JsonObject]:
    """Blank text beside other blocks says nothing; alone it is the answer."""
    kept = [block for block in content if block["type"] != "text" or block["text"].strip()]
    return kept or content
