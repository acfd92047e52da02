"""An Anthropic conversation as turns that other protocols can express.

Other APIs want the result of every call directly after the calls. Claude Code's histories may
hold results in any order, mixed with text, orphaned or missing; here each call gets exactly one
result and nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import blocks, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.protocol.json import JsonObject

NO_RESULT: JsonObject = {
    "type": "tool_result",
    "content": "No result was recorded for this tool call.",
    "is_error": True,
}


@dataclass(frozen=True, slots=True)
class UserTurn:
    """Blocks from the user. Tool results among them answer no call that is known."""

    blocks: Sequence[JsonObject]


@dataclass(frozen=True, slots=True)
class SystemNote:
    """A system message in the middle of the conversation."""

    text: str


@dataclass(frozen=True, slots=True)
class AssistantTurn:
    """An answer of the model: `calls` pairs each `tool_use` block with its `tool_result`."""

    blocks: Sequence[JsonObject]
    calls: Sequence[tuple[JsonObject, JsonObject]]


Turn = UserTurn | SystemNote | AssistantTurn


def read_turns(messages: Sequence[JsonObject]) -> Iterator[Turn]:
    """The turns of a conversation in order.

    Answers in a row are one answer to Anthropic: the results after the last belong to all.
    """
    last_user = max((i for i, m in enumerate(messages) if m["role"] == "user"), default=-1)
    results = _Results()
    for index, message in enumerate(messages):
        match message["role"]:
            case "assistant":
                if index == 0 or not _is_answer(messages[index - 1]):
                    results = _Results(_results_after(messages, index))
                yield _assistant_turn(message, results)
            case "system":
                expires = message.get("clear_at") == "next_user_message" and index < last_user
                if not expires and (text := "\n\n".join(texts(message["content"]))):
                    yield SystemNote(text)
            case _:
                rest = [b for b in blocks(message["content"]) if not results.was_used(b)]
                if rest:
                    yield UserTurn(rest)


class _Results:
    """The tool results between two answers, each to be used once."""

    def __init__(self, found: Sequence[JsonObject] = ()) -> None:
        self._by_call: defaultdict[str, deque[JsonObject]] = defaultdict(deque)
        self._used: set[int] = set()
        for block in found:
            self._by_call[block["tool_use_id"]].append(block)

    def take(self, call_id: str) -> JsonObject:
        waiting = self._by_call[call_id]
        if not waiting:
            return NO_RESULT
        block = waiting.popleft()
        self._used.add(id(block))
        return block

    def was_used(self, block: JsonObject) -> bool:
        return id(block) in self._used


def _results_after(messages: Sequence[JsonObject], start: int) -> list[JsonObject]:
    """The tool results between the answers from *start* on and the next answer."""
    found: list[JsonObject] = []
    has_begun = False
    for index in range(start, len(messages)):
        message = messages[index]
        if not _is_answer(message):
            has_begun = True
            found += [b for b in blocks(message["content"]) if b.get("type") == "tool_result"]
        elif has_begun:
            break
    return found


def _is_answer(message: JsonObject) -> bool:
    return bool(message["role"] == "assistant")


def _assistant_turn(message: JsonObject, results: _Results) -> AssistantTurn:
    content = blocks(message["content"])
    calls = [block for block in content if block.get("type") == "tool_use"]
    return AssistantTurn(content, [(call, results.take(call["id"])) for call in calls])
