"""JSON Schemas of tools, in the form that servers agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.json import JsonObject


def object_schema(
    schema: JsonObject | None, clean: Callable[[JsonObject], JsonObject] | None
) -> JsonObject:
    """A schema as strict servers want it: an object with `properties`, without `$schema`.

    *clean* is the provider's own policy.
    """
    kept = {key: value for key, value in (schema or {}).items() if key != "$schema"}
    whole = {"type": "object", "properties": {}, **kept} if "properties" not in kept else kept
    if not isinstance(whole.get("type"), str):
        whole = {**whole, "type": "object"}
    return clean(whole) if clean else whole
