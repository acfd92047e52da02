"""The ids of tool calls in a conversation, as Anthropic's servers take them.

Other servers of the protocol give ids such as `functions.Bash:0`, or begin with `call_0` in every
answer. The client echoes them, and Anthropic refuses both with the whole conversation.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from hashlib import sha256
from typing import TYPE_CHECKING

from ccr_desktop.core.ids import new_id
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject

_LEGAL = re.compile(r"[a-zA-Z0-9_-]+")


def holds_odd_ids(body: JsonObject) -> bool:
    """Whether an id in *body* is none that Anthropic gives, or belongs to several calls."""
    seen: set[str] = set()
    for identity in _call_ids(body):
        if identity in seen or not _LEGAL.fullmatch(identity):
            return True
        seen.add(identity)
    return False


def with_legal_ids(body: JsonObject) -> JsonObject:
    """*body* with an id of its own for every call and its result, the same on every turn."""
    ids = _Ids()
    return {**body, "messages": [_renamed(message, ids) for message in body["messages"]]}


class GivenIds:
    """The ids of calls in an answer: each its own, in the answer and in the conversation *body*.

    Clients match results with calls by nothing else.
    """

    def __init__(self, body: JsonObject) -> None:
        self._body = body
        self._given: set[str] | None = None

    def owned(self, block: JsonObject) -> JsonObject:
        """*block* with another id, if it is a call without one, or with that of another."""
        if block.get("type") != "tool_use":
            return block
        if self._given is None:  # most answers have no calls
            self._given = set(_call_ids(self._body))
        identity = block.get("id")
        if isinstance(identity, str) and identity and identity not in self._given:
            self._given.add(identity)
            return block
        own = new_id("toolu")
        self._given.add(own)
        return {**block, "id": own}


class _Ids:
    """Gives ids to calls, and remembers which results wait for them."""

    def __init__(self) -> None:
        self._count: defaultdict[str, int] = defaultdict(int)
        self._waiting: defaultdict[str, deque[str]] = defaultdict(deque)

    def begin_answer(self) -> None:
        self._waiting.clear()

    def of_call(self, identity: str) -> str:
        number = self._count[identity]
        self._count[identity] += 1
        chosen = identity
        if number or not _LEGAL.fullmatch(identity):
            seed = f"{number} {identity}".encode("utf-8", "replace")
            chosen = f"toolu_{sha256(seed).hexdigest()[:24]}"
        self._waiting[identity].append(chosen)
        return chosen

    def of_result(self, identity: str) -> str:
        waiting = self._waiting.get(identity)
        if not waiting:
            return identity
        return waiting.popleft() if len(waiting) > 1 else waiting[0]


def _renamed(message: JsonObject, ids: _Ids) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    if message.get("role") == "assistant":
        ids.begin_answer()
    return {**message, "content": [_block(block, ids) for block in content]}


def _block(block: JsonObject, ids: _Ids) -> JsonObject:
    match block:
        case {"type": "tool_use", "id": str(identity)}:
            return {**block, "id": ids.of_call(identity)}
        case {"type": "tool_result", "tool_use_id": str(identity)}:
            return {**block, "tool_use_id": ids.of_result(identity)}
        case _:
            return block


def _call_ids(body: JsonObject) -> Iterator[str]:
    for message in objects(body.get("messages")):
        if message.get("role") == "assistant":
            for block in objects(message.get("content")):
                if block.get("type") == "tool_use" and isinstance(block.get("id"), str):
                    yield block["id"]
