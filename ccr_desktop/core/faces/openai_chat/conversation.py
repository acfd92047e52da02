"""The messages of a Chat Completions request as those of a Messages request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.openai_chat.parts import read_parts
from ccr_desktop.core.faces.wishes import NOBODYS, call_input
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_SYSTEM = ("system", "developer")
_ROLES = "system, developer, user, assistant, tool"


def read_messages(messages: Any) -> tuple[list[JsonObject], list[JsonObject]]:
    """The system prompt, which is what stands before all else, and the conversation after it."""
    if not isinstance(messages, list):
        raise ClientError("messages: a list is required")
    system: list[JsonObject] = []
    conversation = _Conversation()
    for index, message in enumerate(messages):
        where = f"messages.{index}"
        if not isinstance(message, dict):
            raise ClientError(f"{where}: an object is required")
        role = message.get("role")
        if role in _SYSTEM and not conversation.messages:
            system += read_parts(message.get("content"), where)
        else:
            conversation.add(role, message, where)
    if not conversation.messages and system:
        # A question put as a system message alone is still a question.
        return [], [{"role": "user", "content": system}]
    return system, conversation.messages


class _Conversation:
    """Messages as they come in; results and the words after them share one message."""

    def __init__(self) -> None:
        self.messages: list[JsonObject] = []
        self._old_calls: list[str] = []  # ids that were made for calls of the older form

    def add(self, role: Any, message: JsonObject, where: str) -> None:
        match role:
            case "user":
                self._append("user", read_parts(message.get("content"), where))
            case "assistant":
                self._append("assistant", self._answer(message, where))
            case "tool":
                self._append("user", [_result(message, message.get("tool_call_id"), where)])
            case "function":
                call_id = self._old_calls.pop() if self._old_calls else None
                self._append("user", [_result(message, call_id, where)])
            case "system" | "developer":
                self._append("system", read_parts(message.get("content"), where))
            case _:
                raise ClientError(f"{where}.role: must be one of {_ROLES}", f"It is {role!r}.")

    def _append(self, role: str, content: list[JsonObject]) -> None:
        if not content:
            return
        last = self.messages[-1] if self.messages else None
        if role == "user" and last and last["role"] == "user" and _holds_result(last):
            last["content"] += content
        else:
            self.messages.append({"role": role, "content": content})

    def _answer(self, message: JsonObject, where: str) -> list[JsonObject]:
        """The blocks of an earlier answer."""
        content: list[JsonObject] = []
        reasoning = message.get("reasoning_content") or message.get("reasoning")
        if isinstance(reasoning, str) and reasoning.strip():
            thinking = {"type": "thinking", "thinking": reasoning, "signature": NOBODYS}
            content.append(thinking)
        content += read_parts(message.get("content"), where)
        if isinstance(refusal := message.get("refusal"), str) and refusal:
            content.append({"type": "text", "text": refusal})
        calls = message.get("tool_calls") or []
        if not isinstance(calls, list):
            raise ClientError(f"{where}.tool_calls: a list is required")
        for index, call in enumerate(calls):
            content.append(_call(call, f"{where}.tool_calls.{index}"))
        if (old := message.get("function_call")) is not None:
            call_id = f"call_{len(self.messages)}"
            self._old_calls.append(call_id)
            content.append(_call({"id": call_id, "function": old}, f"{where}.function_call"))
        return content


def _holds_result(message: JsonObject) -> bool:
    return any(block["type"] == "tool_result" for block in message["content"])


def _call(call: Any, where: str) -> JsonObject:
    function = call.get("function") if isinstance(call, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise ClientError(f"{where}.function.name: a string is required")
    if not isinstance(call.get("id"), str):
        raise ClientError(f"{where}.id: a string is required")
    return {
        "type": "tool_use",
        "id": call["id"],
        "name": function["name"],
        "input": call_input(function.get("arguments")),
    }


def _result(message: JsonObject, call_id: Any, where: str) -> JsonObject:
    if not isinstance(call_id, str):
        raise ClientError(f"{where}.tool_call_id: a string is required")
    content = message.get("content")
    kept = content if isinstance(content, str) else read_parts(content, where)
    return {"type": "tool_result", "tool_use_id": call_id, "content": kept}
