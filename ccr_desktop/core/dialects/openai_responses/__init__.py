"""OpenAI's Responses API, and the servers that have taken it over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.dialects.base import Encoded, Target, UpstreamCall
from ccr_desktop.core.dialects.openai_responses.decoder import ResponsesDecoder
from ccr_desktop.core.dialects.openai_responses.request import encode_request
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_VERSION_SEGMENT = re.compile(r"/(v\d\w*|openai|codex)$")
_CHAT = "/chat/completions"


NAME = "openai-responses"


class OpenAIResponses:
    """The Responses dialect."""

    name = NAME

    def encode(self, body: JsonObject, target: Target, session_id: str) -> Encoded:
        encoded = encode_request(body, target, session_id)
        if all(item.get("role") == "developer" for item in encoded.body["input"]):
            raise ClientError("messages: there is no text, image or tool result to answer")
        return encoded

    def call(self, encoded: Encoded, target: Target) -> UpstreamCall:
        own = target.profile.own_headers(encoded.body)
        headers = {"Content-Type": "application/json", **own}
        if target.api_key:
            headers["Authorization"] = f"Bearer {target.api_key}"
        return UpstreamCall(target.url, {**headers, **target.headers}, dumps_safe(encoded.body))

    def decoder(self, target: Target) -> ResponsesDecoder:
        return ResponsesDecoder(target)


def endpoint(url: str) -> str:
    """The complete endpoint for an address that may be only its beginning.

    `https://host` and `https://host/v1` are completed, the address of the same server's Chat
    Completions is changed; any other path is taken as it is.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if not path:
        path = "/v1/responses"
    elif _VERSION_SEGMENT.search(path):
        path = f"{path}/responses"
    elif path.endswith(_CHAT):
        path = f"{path.removesuffix(_CHAT)}/responses"
    elif not path.endswith("/responses"):  # without a slash behind it
        return url
    return urlunsplit(parts._replace(path=path))
