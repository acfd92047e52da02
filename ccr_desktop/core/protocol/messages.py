"""The Anthropic Messages request as clients send it: shape checks and readers.

Bodies stay mappings: unknown members must survive. What is checked here is only what reading
needs. Source: https://docs.anthropic.com/en/api/messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "a boolean"}
_ROLES = ("user", "assistant", "system")
_MAX_DEPTH = 200  # containers in containers; JSON writers and Python itself give up a little later
_REFUSED = {
    "compaction": "it changes the meaning of the answer",
    "thread": "it continues a conversation that only Anthropic's servers hold",
    "mcp_servers": "they would have to be called by Anthropic's servers",
}


def parse_body(raw: bytes) -> JsonObject:
    """A request body as an object; a `ClientError` says what is wrong with it."""
    if not raw.strip():
        raise ClientError("The request has no body", "Send a JSON object with model and messages.")
    try:
        body = loads(raw)
    except JSONDecodeError as exc:
        raise ClientError("The request body is not valid JSON", str(exc)) from exc
    if not isinstance(body, dict):
        raise ClientError("The request body must be a JSON object", f"It is {_kind(body)}.")
    return body


def check_request(body: JsonObject) -> None:
    """What any request must have, whoever answers it."""
    model = body.get("model")
    if not isinstance(model, str) or not model.strip():
        raise ClientError("model: a non-empty string is required", f"It is {_kind(model)}.")
    messages = body.get("messages")
    if not isinstance(messages, list):
        raise ClientError("messages: a list is required", f"It is {_kind(messages)}.")
    if not messages:
        raise ClientError("messages: at least one message is required")
    if _is_deeper(body, _MAX_DEPTH):
        raise ClientError(f"The request is nested more than {_MAX_DEPTH} levels deep")


def _is_deeper(value: Any, limit: int) -> bool:
    """Whether containers are nested more than *limit* levels; without recursion, level by level."""
    level = [value]
    for _ in range(limit):
        level = [
            item
            for container in level
            for item in (container.values() if type(container) is dict else container)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    return True


def check_translatable(body: JsonObject) -> None:
    """What a request must be so that it can be put into another protocol."""
    _check_max_tokens(body)
    for index, message in enumerate(body["messages"]):
        _check_message(message, f"messages.{index}")
    _check_content(body.get("system", ""), "system")
    tools = body.get("tools")
    if tools is not None and not isinstance(tools, list):
        raise ClientError("tools: a list is required", f"It is {_kind(tools)}.")
    for index, tool in enumerate(tools or ()):
        _check_tool(tool, f"tools.{index}")
    for name in ("thinking", "tool_choice", "output_config", "metadata"):
        _expect(body.get(name), dict, name, optional=True)
    _expect(body.get("stop_sequences"), list, "stop_sequences", optional=True)
    for name, why in _REFUSED.items():
        if body.get(name):
            raise ClientError(f"{name}: not possible with this provider", f"{why.capitalize()}.")


def _check_max_tokens(body: JsonObject) -> None:
    limit = body.get("max_tokens")
    if limit is None:
        return
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
        raise ClientError("max_tokens: a whole number of 0 or more is required")


def _check_message(message: Any, where: str) -> None:
    _expect(message, dict, where)
    if message.get("role") not in _ROLES:
        raise ClientError(f"{where}.role: must be one of {', '.join(_ROLES)}")
    if "content" not in message:
        raise ClientError(f"{where}.content: a string or a list of blocks is required")
    _check_content(message["content"], f"{where}.content")


def _check_content(content: Any, where: str) -> None:
    if isinstance(content, str) or content is None:
        return
    _expect(content, list, where)
    for index, block in enumerate(content):
        _check_block(block, f"{where}.{index}")


def _check_block(block: Any, where: str) -> None:
    _expect(block, dict, where)
    match block.get("type"):
        case "text":
            _expect(block.get("text"), str, f"{where}.text")
        case "tool_use":
            _expect(block.get("id"), str, f"{where}.id")
            _expect(block.get("name"), str, f"{where}.name")
            _expect(block.get("input"), dict, f"{where}.input", optional=True)
        case "tool_result":
            _expect(block.get("tool_use_id"), str, f"{where}.tool_use_id")
            _check_content(block.get("content"), f"{where}.content")
        case "image" | "document":
            _expect(block.get("source"), dict, f"{where}.source")
        case str():
            pass
        case _:
            raise ClientError(f"{where}.type: a string is required")


def _check_tool(tool: Any, where: str) -> None:
    _expect(tool, dict, where)
    _expect(tool.get("type"), str, f"{where}.type", optional=True)
    if not is_server_tool(tool):
        _expect(tool.get("name"), str, f"{where}.name")
        _expect(tool.get("input_schema"), dict, f"{where}.input_schema", optional=True)


def _expect(value: Any, kind: type, where: str, *, optional: bool = False) -> None:
    if isinstance(value, kind) or (optional and value is None):
        return
    raise ClientError(f"{where}: {_NAMES[kind]} is required", f"It is {_kind(value)}.")


def _kind(value: Any) -> str:
    return "missing or null" if value is None else _NAMES.get(type(value), "a number")


# -- readers -----------------------------------------------------------------------------------


def blocks(content: Any) -> list[JsonObject]:
    """Content as a list of blocks; a string is one text block."""
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content else []
    return objects(content)


def objects(value: Any) -> list[JsonObject]:
    """The objects in a list; anything else holds none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(content: Any) -> Iterator[str]:
    """The texts of content that are not blank."""
    for block in blocks(content):
        text = block.get("text")
        if block.get("type") == "text" and isinstance(text, str) and text.strip():
            yield text


def is_server_tool(tool: JsonObject) -> bool:
    """Whether Anthropic's servers would define or run this tool: it has a dated type."""
    return "input_schema" not in tool and tool.get("type") not in (None, "", "custom")


def is_billing_line(text: str) -> bool:
    """Claude Code's attribution, which changes with the conversation and spoils prefix caches."""
    return text.startswith("x-anthropic-billing-header:")


def system_texts(body: JsonObject) -> list[str]:
    """The system prompt without Claude Code's attribution line."""
    return [text for text in texts(body.get("system")) if not is_billing_line(text)]


def tool_use_ids(body: JsonObject) -> set[str]:
    """The ids of all tool calls of the conversation."""
    return {
        block["id"]
        for message in body["messages"]
        if message.get("role") == "assistant"
        for block in blocks(message.get("content"))
        if block.get("type") == "tool_use"
    }
