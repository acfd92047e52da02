"""Tools and the choice among them, from Chat Completions to Messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.wishes import one_at_a_time
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_NO_PARAMETERS: JsonObject = {"type": "object", "properties": {}}
_WEB_SEARCH: JsonObject = {"type": "web_search_20250305", "name": "web_search"}


def read_tools(chat: JsonObject) -> list[JsonObject]:
    """The declared tools, also in the older form `functions`."""
    tools = _list(chat, "tools")
    found = [_tool(tool, f"tools.{index}") for index, tool in enumerate(tools)]
    functions = enumerate(_list(chat, "functions"))
    found += [_function(function, f"functions.{index}") for index, function in functions]
    if isinstance(chat.get("web_search_options"), dict):
        found.append(_WEB_SEARCH)
    return found


def read_tool_choice(chat: JsonObject) -> JsonObject | None:
    """Which tools must or may be used, and whether several at a time; None: no wish."""
    return one_at_a_time(chat, _choice(chat.get("tool_choice", chat.get("function_call"))))


def _choice(choice: Any) -> JsonObject | None:
    match choice:
        case None:
            return None
        case "none" | "auto":
            return {"type": choice}
        case "required" | "any":
            return {"type": "any"}
        case {"type": "function", "function": {"name": str(name)}} | {"name": str(name)}:
            return {"type": "tool", "name": name}
        case {"type": "allowed_tools", "allowed_tools": {"mode": str(mode)}}:
            return {"type": "any" if mode == "required" else "auto"}
        case _:
            hint = 'It is "none", "auto", "required", or names one function.'
            raise ClientError("tool_choice: this is none that exists", hint)


def _tool(tool: Any, where: str) -> JsonObject:
    if not isinstance(tool, dict):
        raise ClientError(f"{where}: an object is required")
    if tool.get("type", "function") != "function":
        raise ClientError(f"{where}.type: only functions are possible", f"It is {tool['type']!r}.")
    return _function(tool.get("function"), f"{where}.function")


def _function(function: Any, where: str) -> JsonObject:
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise ClientError(f"{where}.name: a string is required")
    parameters = function.get("parameters")
    if parameters is not None and not isinstance(parameters, dict):
        raise ClientError(f"{where}.parameters: an object is required")
    tool: JsonObject = {"name": function["name"]}
    if isinstance(description := function.get("description"), str):
        tool["description"] = description
    return {**tool, "input_schema": parameters or _NO_PARAMETERS}


def _list(chat: JsonObject, name: str) -> list[Any]:
    value = chat.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ClientError(f"{name}: a list is required")
    return value
