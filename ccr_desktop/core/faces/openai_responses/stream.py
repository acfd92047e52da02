"""The events of a streamed message as those of the Responses API.

Source: https://platform.openai.com/docs/api-reference/responses-streaming
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.errors import error_body
from ccr_desktop.core.faces.events import MessageEvents
from ccr_desktop.core.faces.openai_responses.answer import (
    begun_response,
    ended_response,
    failed_response,
    short_id,
)
from ccr_desktop.core.faces.openai_responses.items import (
    ItemMaker,
    begun,
    summary_part,
    text_part,
)
from ccr_desktop.core.faces.wishes import call_input
from ccr_desktop.core.protocol.sse import encode_event

if TYPE_CHECKING:
    from ccr_desktop.core.faces.openai_responses.request import ResponsesRequest
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject

_GROWS_BY = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "input_json_delta": "partial_json",
}


class EventStream(MessageEvents):
    """Turns the events of one streamed message into events of a response."""

    def __init__(self, request: ResponsesRequest, *, created_s: int) -> None:
        super().__init__()
        self._request = request
        self._created_s = created_s
        self._maker = ItemMaker("", request.tools)
        self._begun: JsonObject = begun_response({}, request, created_s=created_s)
        self._output: list[JsonObject] = []
        self._block: JsonObject = {}
        self._pieces: list[str] = []
        self._item: JsonObject | None = None
        self._number = 0

    def failed(self, failure: Failure) -> bytes:
        """What ends a stream that failed: SDKs go by the first event, Codex by the second."""
        self._fail(failure)
        return self._taken()

    def _fail(self, failure: Failure) -> None:
        self._emit("error", error=error_body(failure)["error"])
        self._emit("response.failed", response=failed_response(self._begun, self._output, failure))

    def _start(self, message: JsonObject) -> None:
        self._maker = ItemMaker(short_id(message), self._request.tools)
        self._begun = begun_response(message, self._request, created_s=self._created_s)
        self._emit("response.created", response=self._begun)
        self._emit("response.in_progress", response=self._begun)

    def _finish(self) -> None:
        ended = ended_response(self._begun, self._output, self._stop_reason, self._usage)
        self._emit(f"response.{ended['status']}", response=ended)

    # -- blocks ----------------------------------------------------------------------------

    def _open(self, block: JsonObject) -> None:
        self._block, self._pieces, self._item = dict(block), [], None
        if block.get("type") == "tool_use":
            self._begin()
        for member in ("text", "thinking"):
            if isinstance(text := block.get(member), str) and text:
                self._block[member] = ""
                self._add(text)

    def _grow(self, delta: JsonObject) -> None:
        if (member := _GROWS_BY.get(str(delta.get("type")))) is not None:
            if text := delta.get(member):
                self._add(text)
        elif delta.get("type") == "signature_delta":
            self._block["signature"] = delta.get("signature")

    def _add(self, text: str) -> None:
        """A piece of the open block; its first one begins the item."""
        self._pieces.append(text)
        if self._item is None and self._block.get("type") != "server_tool_use":
            self._begin()
        if self._item is None:
            return
        match self._item["type"]:
            case "message":
                self._emit_in(
                    "response.output_text.delta", content_index=0, delta=text, logprobs=[]
                )
            case "reasoning":
                self._emit_in("response.reasoning_summary_text.delta", summary_index=0, delta=text)
            case "function_call":
                self._emit_in("response.function_call_arguments.delta", delta=text)

    def _begin(self) -> None:
        """Tell that an item begins; what kind of item shows in a block that holds something."""
        filled = {**self._block, "text": "x", "thinking": "x"}
        self._item = self._maker.make(filled, len(self._output))
        if self._item is None:
            return
        place = len(self._output)
        self._emit("response.output_item.added", output_index=place, item=begun(self._item))
        if self._item["type"] == "message":
            self._emit_in("response.content_part.added", content_index=0, part=text_part(""))
        elif self._item["type"] == "reasoning" and self._block.get("type") == "thinking":
            part = summary_part("")
            self._emit_in("response.reasoning_summary_part.added", summary_index=0, part=part)

    def _close(self) -> None:
        item = self._maker.make(self._whole_block(), len(self._output))
        if item is None:
            return
        if self._item is None:
            self._item = item
            place = len(self._output)
            self._emit("response.output_item.added", output_index=place, item=begun(item))
        elif item["type"] == "message":
            self._end_text(item["content"][0])
        elif item["type"] == "reasoning":
            self._end_summary(item["summary"][0])
        self._end_call(item)
        self._emit("response.output_item.done", output_index=len(self._output), item=item)
        self._output.append(item)

    def _whole_block(self) -> JsonObject:
        """The open block with all its pieces."""
        text = "".join(self._pieces)
        match self._block.get("type"):
            case "text":
                return {**self._block, "text": text}
            case "thinking":
                return {**self._block, "thinking": text}
            case "tool_use" | "server_tool_use" if text:
                return {**self._block, "input": call_input(text)}
            case _:
                return self._block

    def _end_text(self, part: JsonObject) -> None:
        text = part["text"]
        self._emit_in("response.output_text.done", content_index=0, text=text, logprobs=[])
        self._emit_in("response.content_part.done", content_index=0, part=part)

    def _end_summary(self, part: JsonObject) -> None:
        text = part["text"]
        self._emit_in("response.reasoning_summary_text.done", summary_index=0, text=text)
        self._emit_in("response.reasoning_summary_part.done", summary_index=0, part=part)

    def _end_call(self, item: JsonObject) -> None:
        if item["type"] == "function_call":
            self._end_arguments(item)
        elif item["type"] == "custom_tool_call":
            if item["input"]:
                self._emit_in("response.custom_tool_call_input.delta", delta=item["input"])
            self._emit_in("response.custom_tool_call_input.done", input=item["input"])

    def _end_arguments(self, item: JsonObject) -> None:
        """The arguments as they came, so that pieces and whole agree."""
        sent = "".join(self._pieces)
        if not sent:
            self._emit_in("response.function_call_arguments.delta", delta=item["arguments"])
        else:
            item["arguments"] = sent
        name, arguments = item["name"], item["arguments"]
        self._emit_in("response.function_call_arguments.done", name=name, arguments=arguments)

    # -- events ----------------------------------------------------------------------------

    def _emit_in(self, kind: str, **members: Any) -> None:
        """An event inside the item that is open."""
        identity = self._item["id"] if self._item else ""
        self._emit(kind, item_id=identity, output_index=len(self._output), **members)

    def _emit(self, kind: str, **members: Any) -> None:
        event = {"type": kind, "sequence_number": self._number, **members}
        self._number += 1
        self._out.append(encode_event(kind, event))
