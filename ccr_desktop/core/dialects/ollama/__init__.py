"""Ollama's own protocol, `/api/chat`: the one in which the size of the context can be set.

Its OpenAI-compatible address can't, and cuts prompts off at the front. Source:
https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.dialects.base import Encoded, Target, UpstreamCall
from ccr_desktop.core.dialects.ollama.decoder import OllamaDecoder
from ccr_desktop.core.dialects.ollama.request import encode_request
from ccr_desktop.core.dialects.search_wish import cannot_search
from ccr_desktop.core.protocol.json import dumps_safe

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

NAME = "ollama"
_PATH = "/api/chat"


class Ollama:
    """The dialect of a local Ollama, and of its cloud."""

    name = NAME

    def encode(self, body: JsonObject, target: Target, session_id: str) -> Encoded:
        if target.search:
            raise cannot_search(target)
        return encode_request(body, target, session_id)

    def call(self, encoded: Encoded, target: Target) -> UpstreamCall:
        headers = {"Content-Type": "application/json"}
        if target.api_key:
            headers["Authorization"] = f"Bearer {target.api_key}"
        return UpstreamCall(target.url, {**headers, **target.headers}, dumps_safe(encoded.body))

    def decoder(self, target: Target) -> OllamaDecoder:
        return OllamaDecoder(target)


def endpoint(url: str) -> str:
    """The complete endpoint for an address of the server, whatever part of it was given."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix(_PATH).removesuffix("/api")
    path = path.removesuffix("/chat/completions").removesuffix("/v1")
    return urlunsplit(parts._replace(path=f"{path}{_PATH}"))
