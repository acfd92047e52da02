"""`maxcompletiontokens`: the newer name for the limit of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

_OLD, _NEW = "max_tokens", "max_completion_tokens"


class MaxCompletionTokens:
    """Sends `max_tokens` as `max_completion_tokens`, which OpenAI's reasoning models demand."""

    name = "maxcompletiontokens"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return {_NEW if name == _OLD else name: value for name, value in body.items()}
