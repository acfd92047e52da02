"""Policies that profiles name, where a fact is more than a value. All are pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ccr_desktop.core.protocol.json import dumps_text

JsonObject = dict[str, Any]

_AGENTS = frozenset({"assistant", "tool"})
_IMAGES = frozenset({"image", "image_url", "input_image"})

# Members whose values are schemas by name, not schemas: a property may be called `properties`.
_NAMED = frozenset({"properties", "$defs", "definitions", "patternProperties"})


# Members that hold values of the described data, which are not ours to change.
_DATA = frozenset({"default", "const", "enum", "example", "examples", "required"})


def complete_objects(schema: JsonObject) -> JsonObject:
    """*schema* with `properties` in every object, also in those inside.

    OpenAI refuses one without (observed), and so do servers that make a grammar of the schema:
    https://github.com/musistudio/claude-code-router/issues/272
    """
    return dict(_rewritten(schema, _with_properties)) if _has_bare_object(schema) else schema


def without_marks(schema: JsonObject) -> JsonObject:
    """*schema* with whole objects, without what only says how strict it is: `$id`, `strict`.

    Source: litellm/llms/mistral, which strips them from tools.
    """
    return dict(_rewritten(complete_objects(schema), _unmarked))


def copilot_headers(body: JsonObject) -> Mapping[str, str]:
    """Who asks, and whether images are there, which both count in GitHub Copilot's quota; an id.

    Another try of the same request has the same id. In all of its protocols. Sources:
    litellm/llms/github_copilot, https://github.com/ericc-ch/copilot-api.
    """
    said = body.get("messages") or body.get("input") or []
    is_agent = any(item.get("role") in _AGENTS or "call_id" in item for item in said)
    headers = {
        "X-Initiator": "agent" if is_agent else "user",
        "X-Request-Id": str(uuid5(NAMESPACE_URL, dumps_text(body))),
    }
    if any(_holds_image(item) for item in said):
        headers["Copilot-Vision-Request"] = "true"
    return headers


def _holds_image(value: Any) -> bool:
    """Whether there is an image among the contents of a message, or of a tool's result in it."""
    if isinstance(value, list):
        return any(map(_holds_image, value))
    if not isinstance(value, dict):
        return False
    inner = (value.get("content"), value.get("output"))
    return value.get("type") in _IMAGES or any(map(_holds_image, inner))


def _has_bare_object(value: Any) -> bool:
    """Whether there may be work: most schemas are whole, and are not copied then."""
    if isinstance(value, str):
        return False
    if isinstance(value, dict):
        if value.get("type") == "object" and "properties" not in value:
            return True
        return any(map(_has_bare_object, value.values()))
    return isinstance(value, list) and any(map(_has_bare_object, value))


def _with_properties(schema: JsonObject) -> JsonObject:
    is_bare = schema.get("type") == "object" and "properties" not in schema
    return {**schema, "properties": {}} if is_bare else schema


def _unmarked(schema: JsonObject) -> JsonObject:
    return {
        key: value
        for key, value in schema.items()
        if key not in {"$id", "$schema", "strict"}
        and not (key == "additionalProperties" and value is False)
    }


def _rewritten(value: Any, change: Any, *, is_named: bool = False) -> Any:
    """*value* with *change* made to each schema in it."""
    match value:
        case dict() if is_named:
            return {key: _rewritten(item, change) for key, item in value.items()}
        case dict():
            members = {
                key: item if key in _DATA else _rewritten(item, change, is_named=key in _NAMED)
                for key, item in value.items()
            }
            return change(members)
        case list():
            return [_rewritten(item, change) for item in value]
        case _:
            return value
