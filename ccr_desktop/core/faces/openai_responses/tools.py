"""Tools and the choice among them, from the Responses API to Messages.

Custom tools take free text: for the model they are functions with one argument. Names inside a
namespace get it as their beginning. On the way back both become what the client declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.wishes import one_at_a_time
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.protocol.json import JsonObject

TEXT_ARGUMENT = "input"
"""The argument of a function that stands for a custom tool."""

_NO_PARAMETERS: JsonObject = {"type": "object", "properties": {}}
_WEB_SEARCH: JsonObject = {"type": "web_search_20250305", "name": "web_search"}
_POSSIBLE = "Functions, custom tools, namespaces of them, and web search are."


@dataclass(frozen=True, slots=True)
class AgentTool:
    """A tool as the client knows it."""

    name: str
    namespace: str | None = None
    is_custom: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools for the model, and what the client calls them."""

    declared: list[JsonObject]
    by_name: Mapping[str, AgentTool]


def read_tools(body: JsonObject) -> Tools:
    """The declared tools. Raises `ClientError` for those that only OpenAI's servers have."""
    found = body.get("tools")
    if found is not None and not isinstance(found, list):
        raise ClientError("tools: a list is required")
    declared: list[JsonObject] = []
    by_name: dict[str, AgentTool] = {}
    wants_search = False
    for index, tool in enumerate(found or ()):
        if _is_search(tool):
            wants_search = True
            continue
        for agent_tool, definition in _read(tool, f"tools.{index}", None):
            declared.append(definition)
            by_name[definition["name"]] = agent_tool
    if wants_search and (not declared or _is_search(body.get("tool_choice"))):
        # Beside functions it is only an offer, and would send every request of an agent to the
        # route for web search.
        declared.append(_WEB_SEARCH)
    return Tools(declared, by_name)


def model_name(name: str, namespace: object) -> str:
    """The name that the model sees."""
    return f"{namespace}__{name}" if isinstance(namespace, str) and namespace else name


def _is_search(tool: Any) -> bool:
    kind = tool.get("type") if isinstance(tool, dict) else None
    return isinstance(kind, str) and kind.startswith("web_search")


def _read(tool: Any, where: str, namespace: str | None) -> Iterator[tuple[AgentTool, JsonObject]]:
    match tool:
        case {"type": "function" | "custom" as kind, "name": str(name)}:
            definition = {"name": model_name(name, namespace)}
            if isinstance(description := tool.get("description"), str):
                definition["description"] = description
            is_custom = kind == "custom"
            schema = _text_schema(tool) if is_custom else _parameters(tool, where)
            agent_tool = AgentTool(name, namespace, is_custom)
            yield agent_tool, {**definition, "input_schema": schema}
        case {"type": "namespace", "name": str(name), "tools": list(inner)} if namespace is None:
            for index, member in enumerate(inner):
                yield from _read(member, f"{where}.tools.{index}", name)
        case {"type": "function" | "custom" | "namespace"}:
            raise ClientError(f"{where}.name: a string is required")
        case {"type": str(kind)}:
            raise ClientError(f"{where}.type: {kind!r} is not possible", _POSSIBLE)
        case _:
            raise ClientError(f"{where}.type: a string is required")


def _parameters(tool: JsonObject, where: str) -> JsonObject:
    parameters = tool.get("parameters")
    if parameters is not None and not isinstance(parameters, dict):
        raise ClientError(f"{where}.parameters: an object is required")
    return parameters or _NO_PARAMETERS


def _text_schema(tool: JsonObject) -> JsonObject:
    """The schema for free text; a grammar for it can only be described."""
    text: JsonObject = {"type": "string"}
    match tool.get("format"):
        case {"type": "grammar", "definition": str(definition), **more}:
            syntax = more.get("syntax") or "lark"
            text["description"] = f"Text by this {syntax} grammar:\n{definition}"
    return {
        "type": "object",
        "properties": {TEXT_ARGUMENT: text},
        "required": [TEXT_ARGUMENT],
        "additionalProperties": False,
    }


def read_tool_choice(body: JsonObject) -> JsonObject | None:
    """Which tools must or may be used, and whether several at a time; None: no wish."""
    return one_at_a_time(body, _choice(body.get("tool_choice")))


def _choice(choice: Any) -> JsonObject | None:
    match choice:
        case None:
            return None
        case "none" | "auto":
            return {"type": choice}
        case "required":
            return {"type": "any"}
        case {"type": "function" | "custom", "name": str(name), **more}:
            return {"type": "tool", "name": model_name(name, more.get("namespace"))}
        case {"type": "allowed_tools", "mode": str(mode)}:
            return {"type": "any" if mode == "required" else "auto"}
        case {"type": str(kind)} if kind.startswith("web_search"):
            return {"type": "tool", "name": "web_search"}
        case _:
            hint = 'It is "none", "auto", "required", or names one function.'
            raise ClientError("tool_choice: this is none that exists", hint)
