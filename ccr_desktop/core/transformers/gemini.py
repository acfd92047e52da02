"""`gemini`: says that a provider speaks Gemini's protocol, and may set what its filters block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

# What can be set: https://ai.google.dev/gemini-api/docs/safety-settings
_CATEGORIES = (
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
)


class GeminiFilters:
    """Sends a threshold for every filter. Without one Google's own holds, and nothing runs."""

    name = "gemini"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._threshold = options.get("block")
        if self._threshold:
            self.upstream_request = self._upstream_request

    def _upstream_request(self, body: JsonObject, context: TransformContext) -> JsonObject:
        if context.provider.dialect != self.name or "safetySettings" in body:
            return body
        settings = [{"category": name, "threshold": self._threshold} for name in _CATEGORIES]
        return {**body, "safetySettings": settings}
