"""Tools as function declarations, search, and what must be called.

Source: https://ai.google.dev/gemini-api/docs/function-calling
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.gemini.schema import clean_schema
from ccr_desktop.core.protocol.tools import wants_web_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames

log = logging.getLogger(__name__)

_MODES = {"auto": "AUTO", "any": "ANY", "tool": "ANY", "none": "NONE"}


def encode_tools(body: JsonObject, tools: Sequence[JsonObject], names: ToolNames) -> JsonObject:
    """The members that offer tools. There is no switch for one call at a time.

    A search beside functions is refused, or wants its own calls back, and functions matter more;
    Claude Code searches in requests of their own.
    """
    wants_search = wants_web_search(body)
    if not tools:
        return {"tools": [{"googleSearch": {}}]} if wants_search else {}
    if wants_search:
        log.info("Gemini makes no search beside functions: the request goes on without web_search")
    declarations = [_declaration(tool, names) for tool in tools]
    config = _calling(body.get("tool_choice"), tools, names)
    offered: JsonObject = {"tools": [{"functionDeclarations": declarations}]}
    return {**offered, "toolConfig": config} if config else offered


def _declaration(tool: JsonObject, names: ToolNames) -> JsonObject:
    declaration: JsonObject = {
        "name": names.provider_name(tool["name"]),
        "description": str(tool.get("description") or ""),
    }
    schema = clean_schema(tool.get("input_schema") or {})
    return {**declaration, "parameters": schema} if schema.get("properties") else declaration


def _calling(
    choice: JsonObject | None, tools: Sequence[JsonObject], names: ToolNames
) -> JsonObject:
    """The `toolConfig` for a choice."""
    mode = _MODES.get(str((choice or {}).get("type")))
    if choice is None or mode is None:
        return {}
    config: JsonObject = {"mode": mode}
    name = choice.get("name")
    if choice["type"] == "tool" and any(tool["name"] == name for tool in tools):
        config["allowedFunctionNames"] = [names.provider_name(str(name))]
    return {"functionCallingConfig": config}
