"""The input of a Responses request as the messages of a Messages request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.openai_responses.parts import read_parts, words_of
from ccr_desktop.core.faces.openai_responses.signatures import thinking_block
from ccr_desktop.core.faces.openai_responses.tools import TEXT_ARGUMENT, model_name
from ccr_desktop.core.faces.wishes import call_input
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_SYSTEM = ("system", "developer")
# What servers of OpenAI did by themselves; the answer that came of it is in the conversation.
_PASSED_OVER = frozenset(
    {
        "web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call",
        "mcp_call", "mcp_list_tools", "tool_search_call", "tool_search_output",
    }
)  # fmt: skip


def read_input(body: JsonObject) -> tuple[list[JsonObject], list[JsonObject]]:
    """The system prompt, which is what stands before all else, and the conversation after it."""
    system = read_parts(body.get("instructions"), "instructions")
    conversation = _Conversation()
    given = body.get("input")
    items = [{"role": "user", "content": given}] if isinstance(given, str) else given
    if not isinstance(items, list):
        raise ClientError("input: a string or a list of items is required")
    for index, item in enumerate(items):
        where = f"input.{index}"
        if not isinstance(item, dict):
            raise ClientError(f"{where}: an object is required")
        if item.get("role") in _SYSTEM and not conversation.messages:
            system += read_parts(item.get("content"), f"{where}.content")
        else:
            conversation.add(item, where)
    if not conversation.messages and system:
        # A question put as a system message alone is still a question.
        return [], [{"role": "user", "content": system}]
    return system, conversation.messages


class _Conversation:
    """Messages as they come in: the items of one answer are one, and so are results and words."""

    def __init__(self) -> None:
        self.messages: list[JsonObject] = []

    def add(self, item: JsonObject, where: str) -> None:
        match item.get("type", "message"):
            case "message":
                self._add_message(item, where)
            case "reasoning":
                text = words_of(item.get("summary")) or words_of(item.get("content"))
                block = thinking_block(item.get("encrypted_content"), text)
                self._append("assistant", [block] if block else [])
            case "function_call" | "custom_tool_call":
                self._append("assistant", [_call(item, where)])
            case "function_call_output" | "custom_tool_call_output":
                self._append("user", [_result(item, where)])
            case str(kind) if kind in _PASSED_OVER:
                return
            case "item_reference":
                hint = "Send the items themselves: the router keeps no conversations."
                raise ClientError(f"{where}: a reference can't be followed", hint)
            case kind:
                hint = "Messages, reasoning, calls of tools and their outputs are."
                raise ClientError(f"{where}.type: {kind!r} is not possible", hint)

    def _add_message(self, item: JsonObject, where: str) -> None:
        content = read_parts(item.get("content"), f"{where}.content")
        match item.get("role"):
            case "user" | "assistant" as role:
                self._append(role, content)
            case "system" | "developer":
                self._append("system", content)
            case role:
                hint = f"It is {role!r}."
                allowed = "user, assistant, system or developer"
                raise ClientError(f"{where}.role: must be {allowed}", hint)

    def _append(self, role: str, content: list[JsonObject]) -> None:
        if not content:
            return
        last = self.messages[-1] if self.messages else None
        if last and last["role"] == role and (role == "assistant" or _holds_result(last)):
            last["content"] += content
        else:
            self.messages.append({"role": role, "content": content})


def _holds_result(message: JsonObject) -> bool:
    return any(block["type"] == "tool_result" for block in message["content"])


def _call(item: JsonObject, where: str) -> JsonObject:
    name = item.get("name")
    if not isinstance(name, str):
        raise ClientError(f"{where}.name: a string is required")
    is_custom = item.get("type") == "custom_tool_call"
    given = {TEXT_ARGUMENT: item.get("input") or ""} if is_custom else item.get("arguments")
    return {
        "type": "tool_use",
        "id": _call_id(item, where),
        "name": model_name(name, item.get("namespace")),
        "input": call_input(given),
    }


def _result(item: JsonObject, where: str) -> JsonObject:
    output: Any = item.get("output")
    content = output if isinstance(output, str) else read_parts(output, f"{where}.output")
    return {"type": "tool_result", "tool_use_id": _call_id(item, where), "content": content}


def _call_id(item: JsonObject, where: str) -> str:
    call_id = item.get("call_id")
    if not isinstance(call_id, str):
        raise ClientError(f"{where}.call_id: a string is required")
    return call_id
