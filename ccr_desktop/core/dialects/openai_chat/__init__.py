"""OpenAI's Chat Completions, and all that call themselves compatible with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.dialects.base import Encoded, Target, UpstreamCall
from ccr_desktop.core.dialects.openai_chat.decoder import ChatDecoder
from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.dialects.openai_chat.search import SearchDecoder
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.providers.catalog import completed_path
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import StreamDecoder
    from ccr_desktop.core.protocol.json import JsonObject

_PATH = "/chat/completions"
# A version at the end, or a deployment at Azure.
_VERSION_SEGMENT = re.compile(r"/(v\d\w*|openai|deployments/[^/]+)$")


class OpenAIChat:
    """The Chat Completions dialect."""

    name = "openai-chat"

    def encode(self, body: JsonObject, target: Target, session_id: str) -> Encoded:
        encoded = encode_request(body, target, session_id)
        if all(message["role"] == "system" for message in encoded.body["messages"]):
            raise ClientError("messages: there is no text, image or tool result to answer")
        return encoded

    def call(self, encoded: Encoded, target: Target) -> UpstreamCall:
        own = target.profile.own_headers(encoded.body)
        headers = {"Content-Type": "application/json", **own}
        if target.api_key:
            is_bearer = target.profile.key_header == "Authorization"
            key = f"Bearer {target.api_key}" if is_bearer else target.api_key
            headers[target.profile.key_header] = key
        return UpstreamCall(target.url, {**headers, **target.headers}, dumps_safe(encoded.body))

    def decoder(self, target: Target) -> StreamDecoder:
        decoder = ChatDecoder(target)
        return SearchDecoder(decoder, target.search.query) if target.search else decoder


def endpoint(url: str) -> str:
    """The complete endpoint for an address that may be only its beginning.

    The beginnings of known providers' addresses, `https://host` and `https://host/v1` are
    completed; any other path is taken as it is.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path.endswith(_PATH):
        return urlunsplit(parts._replace(path=path))  # servers have nothing behind another slash
    path = completed_path(url) or (path if _VERSION_SEGMENT.search(path) else "")
    if not path:
        return url
    return urlunsplit(parts._replace(path=f"{path.rstrip('/')}{_PATH}"))
