"""`bedrock-claude`: Claude at Amazon Bedrock, with a Bedrock API key or signed requests."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from ccr_desktop.core.credentials.aws import find_keys
from ccr_desktop.core.credentials.aws_signature import signature_headers
from ccr_desktop.core.protocol.json import dumps_safe, loads_lenient
from ccr_desktop.core.transformers.bedrock_claude import (
    bedrock_body,
    bedrock_headers,
    invoke_body,
    messages_headers,
)
from ccr_desktop.core.transformers.bedrock_stream import CONTENT_TYPE, BedrockReply
from ccr_desktop.core.transformers.signing import STAND_IN, authorized, key_named

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.transformers.base import TransformContext

_OWN_MESSAGES = "/anthropic/v1/messages"
_HOST = re.compile(
    r"(?P<service>bedrock-[a-z-]+)\.(?P<region>[a-z0-9-]+)\.(?P<rest>amazonaws\.com(\.cn)?|api\.aws)"
)
_STREAMS = "bedrock-streams"
_ANY_BYTES = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_VARIABLE = "AWS_BEARER_TOKEN_BEDROCK"
# What an address is completed to, or ends in where it was given in full.
_END = re.compile(r"(/openai|/v\d|/messages|/chat/completions)*$|/model/.*$")


class BedrockClaude:
    """Asks for models by `invoke`, whose streams are frames; an address of Bedrock's own Messages
    endpoint, whose streams are as Anthropic's, stays as it is.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html
    """

    name = "bedrock-claude"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._region = str(options.get("region") or "")
        self._profile = str(options.get("profile") or "")
        self._base_model = str(options.get("base_model") or "")

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        body, model = loads_lenient(call.body), context.model
        if "claude" not in model:
            model = self._base_model or model  # the name of a profile may be anything
        url = self._in_region(context.provider.url)
        if urlsplit(url).path.rstrip("/").endswith(_OWN_MESSAGES):
            own = {name: body[name] for name in ("model", "stream") if name in body}
            made = {**own, **bedrock_body(body, model)}
            headers = messages_headers(call.headers, made, model)
        else:
            made = invoke_body(body, model, call.headers.get("anthropic-beta", ""))
            headers = bedrock_headers(call.headers)
            method = "invoke-with-response-stream" if body.get("stream") is True else "invoke"
            context.notes[_STREAMS] = body.get("stream") is True
            url = f"{_base(url)}/model/{quote(context.model, safe=':')}/{method}"
        asked = replace(call, url=url, headers=headers, body=dumps_safe(made))
        return await self._signed(asked, context)

    async def _signed(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        """*call* with the provider's key, else with what the environment has for Amazon."""
        found = _HOST.fullmatch(urlsplit(call.url).hostname or "")
        key = context.provider.api_key
        if found and not self._profile:
            key = key or os.environ.get(_VARIABLE, "")  # no gateway is sent that one
        if context.fetch is None or key:
            return authorized(call, f"Bearer {key or STAND_IN}")
        with key_named(context):
            keys = await asyncio.to_thread(find_keys, self._profile)
        region = found["region"] if found else self._region or "us-east-1"
        is_mantle = found is not None and found["service"] == "bedrock-mantle"
        place = region, "bedrock-mantle" if is_mantle else "bedrock"
        headers = signature_headers(keys, call.url, call.body, place=place, now=datetime.now(UTC))
        signed = authorized(call, headers.pop("Authorization"))
        return replace(signed, headers={**signed.headers, **headers})

    async def reply(self, reply: Any, context: TransformContext) -> Any:
        """The answer; one in frames as the stream of events that it holds."""
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_framed = kind == CONTENT_TYPE
        if kind in _ANY_BYTES and reply.status == 200:  # a gateway that tells no type
            is_framed = context.notes.get(_STREAMS) is True
        return BedrockReply(reply, context) if is_framed else reply

    def _in_region(self, url: str) -> str:
        """*url* in the region of the options, if it is one of Amazon's."""
        parts = urlsplit(url)
        found = _HOST.fullmatch(parts.hostname or "")
        if not (self._region and found):
            return url
        return parts._replace(netloc=f"{found['service']}.{self._region}.{found['rest']}").geturl()


def _base(url: str) -> str:
    """An address as far as it is not the path of a single request."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{_END.sub('', parts.path.rstrip('/'))}"
