"""Google's `generateContent`, as the Gemini API and Vertex AI speak it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from ccr_desktop.core.dialects.base import Encoded, Target, UpstreamCall
from ccr_desktop.core.dialects.gemini.decoder import GeminiDecoder
from ccr_desktop.core.dialects.gemini.request import encode_request
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

NAME = "gemini"
_MODELS = re.compile(r"(.*?/models)(/.*)?", re.S)
_COLLECTION = re.compile(r"/(v\d\w*|publishers/\w+)$")


class Gemini:
    """The generateContent dialect. Source: https://ai.google.dev/api/generate-content"""

    name = NAME

    def encode(self, body: JsonObject, target: Target, session_id: str) -> Encoded:
        encoded = encode_request(body, target)
        if not encoded.body["contents"]:
            raise ClientError("messages: there is no text, image or tool result to answer")
        return encoded

    def call(self, encoded: Encoded, target: Target) -> UpstreamCall:
        headers = {"Content-Type": "application/json", **target.profile.headers}
        if target.api_key:
            headers["x-goog-api-key"] = target.api_key
        url = _method_url(target, is_stream=encoded.is_stream)
        return UpstreamCall(url, {**headers, **target.headers}, dumps_safe(encoded.body))

    def decoder(self, target: Target) -> GeminiDecoder:
        return GeminiDecoder(target)


def endpoint(url: str) -> str:
    """The address of the models for one that may be less or more than that.

    `https://host` and `https://host/v1beta` are completed; a model and its method are cut off.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if match := _MODELS.fullmatch(path):
        path = match[1]
    elif _COLLECTION.search(path):
        path = f"{path}/models"
    else:
        path = f"{path}/v1beta/models"
    return urlunsplit(parts._replace(path=path))


def models_url(url: str) -> str:
    """Where the models are listed, all on one page."""
    parts = urlsplit(endpoint(url))
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith("pageSize=")]
    return urlunsplit(parts._replace(query="&".join([*kept, "pageSize=1000"])))


def _method_url(target: Target, *, is_stream: bool) -> str:
    parts = urlsplit(target.url)
    method = "streamGenerateContent" if is_stream else "generateContent"
    path = f"{parts.path}/{quote(target.model.removeprefix('models/'), safe='@')}:{method}"
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith("alt=")]
    query = "&".join([*kept, "alt=sse"] if is_stream else kept)
    return urlunsplit(parts._replace(path=path, query=query))
