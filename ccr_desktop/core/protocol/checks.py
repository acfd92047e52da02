"""What a request must be like so that it can be read, and where it is not.

Only what reading needs is checked: new members and block types arrive with every client. Paths to
what is wrong are put together only when something is, as every request comes through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ccr_desktop.core.protocol.json import JsonObject, dumps
from ccr_desktop.core.protocol.messages import is_server_tool
from ccr_desktop.errors import ClientError

_NAMES: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "a boolean"}
_CONTENT = "a string or a list of blocks is required"
_MAX_DEPTH = 250
_ROLES = ("user", "assistant", "system")
_REFUSED = {
    "compaction": "it changes the meaning of the answer",
    "thread": "it continues a conversation that only Anthropic's servers hold",
    "mcp_servers": "they would have to be called by Anthropic's servers",
}


class _Wrong(Exception):
    """Something is not as it must be; `path` grows on the way up."""

    def __init__(self, path: str, problem: str, found: str = "") -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem
        self.found = found

    def inside(self, name: str) -> _Wrong:
        path = f"{name}.{self.path}" if self.path else name
        return _Wrong(path, self.problem, self.found)


def check_request(body: JsonObject) -> None:
    """What any request must have, whoever answers it. Raises `ClientError`."""
    model = body.get("model")
    if not isinstance(model, str) or not model.strip():
        found = "It is empty." if isinstance(model, str) else f"It is {_kind(model)}."
        raise ClientError("model: a non-empty string is required", found)
    messages = body.get("messages")
    if not isinstance(messages, list):
        raise ClientError("messages: a list is required", f"It is {_kind(messages)}.")
    if not messages:
        raise ClientError("messages: at least one message is required")
    for index, message in enumerate(messages):
        if not isinstance(message, dict):
            title = f"messages.{index}: an object is required"
            raise ClientError(title, f"It is {_kind(message)}.")
    if _is_too_deep(body):
        raise ClientError("The request is nested too deeply", "About 250 levels are possible.")


def check_translatable(body: JsonObject) -> None:
    """What a request must be so that it can be put into another protocol."""
    try:
        _check_translatable(body)
    except _Wrong as wrong:
        raise ClientError(f"{wrong.path}: {wrong.problem}", wrong.found) from wrong
    check_members(body)


def check_members(body: JsonObject) -> None:
    """What only Anthropic's servers can do must not be asked for. Raises `ClientError`."""
    for name, why in _REFUSED.items():
        if body.get(name):
            raise ClientError(f"{name}: not possible with this provider", f"{why.capitalize()}.")


def _check_translatable(body: JsonObject) -> None:
    _check_max_tokens(body.get("max_tokens"))
    _each("messages", body["messages"], _check_message)
    _check_content("system", body.get("system"))
    _expect("tools", body.get("tools"), list, optional=True)
    _each("tools", body.get("tools") or (), _check_tool)
    for name in ("thinking", "tool_choice", "output_config", "metadata"):
        _expect(name, body.get(name), dict, optional=True)
    _expect("stop_sequences", body.get("stop_sequences"), list, optional=True)


def _check_max_tokens(limit: Any) -> None:
    is_number = isinstance(limit, int) and not isinstance(limit, bool)
    if limit is not None and (not is_number or limit < 0):
        raise _Wrong("max_tokens", "a whole number of 0 or more is required")


def _check_message(message: Any) -> None:
    _expect("", message, dict)
    if message.get("role") not in _ROLES:
        raise _Wrong("role", f"must be one of {', '.join(_ROLES)}")
    if "content" not in message:
        raise _Wrong("content", _CONTENT)
    _check_content("content", message["content"])


def _check_content(name: str, content: Any) -> None:
    if isinstance(content, str) or content is None:
        return
    if not isinstance(content, list):
        raise _Wrong(name, _CONTENT, f"It is {_kind(content)}.")
    _each(name, content, _check_block)


def _check_block(block: Any) -> None:
    _expect("", block, dict)
    match block.get("type"):
        case "text":
            _expect("text", block.get("text"), str)
        case "tool_use":
            _expect("id", block.get("id"), str)
            _expect("name", block.get("name"), str)
            _expect("input", block.get("input"), dict, optional=True)
        case "tool_result":
            _expect("tool_use_id", block.get("tool_use_id"), str)
            _check_content("content", block.get("content"))
        case "image" | "document":
            _expect("source", block.get("source"), dict)
        case str():
            pass
        case _:
            raise _Wrong("type", "a string is required")


def _check_tool(tool: Any) -> None:
    _expect("", tool, dict)
    _expect("type", tool.get("type"), str, optional=True)
    if not is_server_tool(tool):
        _expect("name", tool.get("name"), str)
        _expect("input_schema", tool.get("input_schema"), dict, optional=True)


def _each(name: str, items: Iterable[Any], check: Callable[[Any], None]) -> None:
    count = 0
    try:
        for item in items:
            check(item)
            count += 1
    except _Wrong as wrong:
        raise wrong.inside(f"{name}.{count}") from None


def _expect(name: str, value: Any, kind: type, *, optional: bool = False) -> None:
    if not isinstance(value, kind) and not (optional and value is None):
        raise _Wrong(name, f"{_NAMES[kind]} is required", f"It is {_kind(value)}.")


def _kind(value: Any) -> str:
    return "missing or null" if value is None else _NAMES.get(type(value), "a number")


def _is_too_deep(body: JsonObject) -> bool:
    """Whether containers are nested more deeply than can be written again: orjson says so."""
    try:
        dumps(body)
    except TypeError:  # also for lone surrogates, which may hide the depth
        return _is_deeper(body, _MAX_DEPTH)
    return False


def _is_deeper(value: Any, limit: int) -> bool:
    """Whether containers are nested more than *limit* levels; level by level, not recursively."""
    level = [value]
    for _ in range(limit):
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True
