"""From a preset and its answers to the members of a configuration that it stands for."""

from __future__ import annotations

import copy
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.presets.answers import holds
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from ccr_desktop.core.presets.manifest import Manifest
    from ccr_desktop.core.protocol.json import JsonObject

_PLACEHOLDER = re.compile(r"#\{([^}]+)\}")
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]{1,9})\]")
_MAX_INDEX = 1000
APPLIED = (
    "Providers",
    "Router",
    "transformers",
    "StatusLine",
    "NON_INTERACTIVE_MODE",
    "fallback",
    "routeSets",
)
"""What a preset may set. Ports, keys of the service, proxies and programs are the user's own."""


def build(manifest: Manifest, answers: Mapping[str, Any]) -> JsonObject:
    """The members that the preset brings, with the answers in their places."""
    result: JsonObject = {**manifest.parts, **(manifest.template or {})}
    if "providers" in result:
        result["Providers"] = result.pop("providers")
    asked = {entry.id for entry in manifest.inputs}
    result = _without_gaps(fill(result, answers), asked)
    for mapping in manifest.mappings:
        if holds(mapping.when, answers):
            value = fill(mapping.value, answers)
            if not _is_gap(value, asked):
                set_at(result, mapping.target, value)
    return result


def fill(value: Any, answers: Mapping[str, Any]) -> Any:
    """A copy with `#{id}` replaced; a text that is only that takes over the answer's type."""
    match value:
        case str():
            whole = _PLACEHOLDER.fullmatch(value)
            if whole and whole.group(1) in answers:
                return copy.deepcopy(answers[whole.group(1)])
            return _PLACEHOLDER.sub(lambda match: _shown(match, answers), value)
        case list():
            return [fill(item, answers) for item in value]
        case dict():
            return {_fill_key(key, answers): fill(item, answers) for key, item in value.items()}
        case _:
            return value


def _fill_key(key: str, answers: Mapping[str, Any]) -> str:
    return _PLACEHOLDER.sub(lambda match: _shown(match, answers), key)


def set_at(root: JsonObject, target: str, value: Any) -> None:
    """Put *value* at a place such as `Providers[0].api_key`, made where it is not there yet."""
    steps: list[str | int] = [name or int(index) for name, index in _STEP.findall(target)]
    if not steps or not isinstance(steps[0], str):
        raise ClientError(f"configMappings: {target!r} is no place in a configuration")
    node: Any = root
    for step, following in pairwise(steps):
        node = _descend(node, step, [] if isinstance(following, int) else {}, target)
    _put(node, steps[-1], value, target)


def _descend(node: Any, step: str | int, empty: Any, target: str) -> Any:
    if isinstance(node, dict) and isinstance(step, str):
        if not isinstance(node.get(step), dict | list):
            node[step] = empty
        return node[step]
    if isinstance(node, list) and isinstance(step, int) and step <= _MAX_INDEX:
        while len(node) <= step:
            node.append(copy.deepcopy(empty))
        return node[step]
    raise ClientError(f"configMappings: {target!r} does not fit what is there")


def _put(node: Any, step: str | int, value: Any, target: str) -> None:
    if isinstance(node, dict) and isinstance(step, str):
        node[step] = value
    elif isinstance(node, list) and isinstance(step, int) and step <= _MAX_INDEX:
        while len(node) <= step:
            node.append(None)
        node[step] = value
    else:
        raise ClientError(f"configMappings: {target!r} does not fit what is there")


def _shown(match: re.Match[str], answers: Mapping[str, Any]) -> str:
    value = answers.get(match.group(1))
    return match.group() if value is None else str(value)


def _without_gaps(value: Any, asked: Set[str]) -> Any:
    """A copy without members whose question was optional and got no answer."""
    match value:
        case list():
            return [_without_gaps(item, asked) for item in value if not _is_gap(item, asked)]
        case dict():
            kept = {key: item for key, item in value.items() if not _is_gap(item, asked)}
            return {key: _without_gaps(item, asked) for key, item in kept.items()}
        case _:
            return value


def _is_gap(value: Any, asked: Set[str]) -> bool:
    """Also a text of which a part is missing: a route without its model is none."""
    if not isinstance(value, str):
        return False
    is_whole = _PLACEHOLDER.fullmatch(value) is not None
    return is_whole or any(name in asked for name in _PLACEHOLDER.findall(value))
