"""Usage as Gemini counts it.

Source: https://ai.google.dev/api/generate-content#UsageMetadata
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.deltas import Usage
from ccr_desktop.core.protocol.usage import count

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def read_usage(usage: JsonObject) -> Usage:
    """The counts of a `usageMetadata` object; all unknown where it has none."""
    prompt, visible = count(usage.get("promptTokenCount")), count(usage.get("candidatesTokenCount"))
    thinking = count(usage.get("thoughtsTokenCount"))
    if prompt is not None:
        prompt += count(usage.get("toolUsePromptTokenCount")) or 0
    output = None
    if visible is not None or thinking is not None:
        output = (visible or 0) + (thinking or 0)
        # Older models count the thoughts among the candidates; the total tells.
        if count(usage.get("totalTokenCount")) == (prompt or 0) + (visible or 0):
            output = visible or 0
    return Usage(
        prompt=prompt,
        cached=count(usage.get("cachedContentTokenCount")),
        output=output,
        thinking=thinking,
    )
