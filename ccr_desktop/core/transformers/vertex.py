"""`vertex-gemini`, `vertex-claude` and `vertex-openai`: models on Google's Vertex AI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from ccr_desktop.core.credentials.google import GoogleAccount, Grant, ServiceAccount
from ccr_desktop.core.protocol.json import dumps_safe, loads_lenient
from ccr_desktop.core.transformers.signing import STAND_IN, authorized, key_named
from ccr_desktop.core.transformers.vertex_claude import vertex_body, vertex_headers
from ccr_desktop.core.transformers.vertex_place import VertexPlace, find_place
from ccr_desktop.errors import CredentialError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.transformers.base import TransformContext

_CHAT = "/chat/completions"
_BARE_CHAT = f"/v1{_CHAT}"  # what an address without a path is completed to
_USED = "grant"
_NOTHING_SENT = Grant({"authorization": f"Bearer {STAND_IN}"}, "PROJECT")


class _OnVertex:
    """What the three have in common."""

    _access: _Access

    def refused(self, context: TransformContext) -> bool:
        return self._access.refuse(context)


class VertexGemini(_OnVertex):
    """Gemini's own protocol, at the address of the project."""

    name = "vertex-gemini"

    def __init__(self, options: Mapping[str, Any]) -> None:
        # The version is that of Google's own library: the other one lacks members.
        self._access = _Access(options, "us-central1", "v1beta1")

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        place, signed = await self._access.use(call, context)
        method, _, query = call.url.rpartition(":")[2].partition("?")
        url = f"{place.url}/publishers/google/models/{_name(context)}:{method}"
        return replace(signed, url=f"{url}?{query}" if query else url)


class VertexClaude(_OnVertex):
    """Anthropic's own protocol; the model stands in the address, and not in the body.

    Source: https://docs.anthropic.com/en/api/claude-on-vertex-ai
    """

    name = "vertex-claude"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._access = _Access(options, "us-east5", "v1")

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        place, signed = await self._access.use(call, context)
        body = loads_lenient(call.body)
        method = "streamRawPredict" if body.get("stream") is True else "rawPredict"
        return replace(
            signed,
            url=f"{place.url}/publishers/anthropic/models/{_name(context)}:{method}",
            headers=vertex_headers(signed.headers),
            body=dumps_safe(vertex_body(body, context.model)),
        )


class VertexOpenAI(_OnVertex):
    """Chat Completions for the models of other makers. A complete address stays as it is."""

    name = "vertex-openai"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._access = _Access(options, "us-central1", "v1")

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        place, signed = await self._access.use(call, context)
        path = urlsplit(call.url).path.rstrip("/")
        if path.endswith("/openapi"):
            return replace(signed, url=call.url.rstrip("/") + _CHAT)
        if path.endswith(_CHAT) and path != _BARE_CHAT:
            return signed
        return replace(signed, url=f"{place.url}/endpoints/openapi{_CHAT}")


class _Access:
    """The account of one use of a transformer, and where its models are."""

    def __init__(self, options: Mapping[str, Any], location: str, version: str) -> None:
        email, key = options.get("client_email"), options.get("private_key")
        self._is_half = bool(email) != bool(key)
        self._account = GoogleAccount(ServiceAccount(email, key) if email and key else None)
        self._location = location
        self._version = version

    async def use(
        self, call: UpstreamCall, context: TransformContext
    ) -> tuple[VertexPlace, UpstreamCall]:
        """The place for a request, and *call* with the headers that sign it."""
        with key_named(context):
            if self._is_half:  # somebody else's credentials would be the wrong ones
                hint = "Give both, or neither for Google's usual credentials."
                raise CredentialError("client_email and private_key belong together", hint)
            grant = await self._account.grant(context.fetch) if context.fetch else _NOTHING_SENT
            place = find_place(context, grant.project, self._location, self._version)
        context.notes[_USED] = grant
        headers = dict(grant.headers)
        signed = authorized(call, headers.pop("authorization"))
        return place, replace(signed, headers={**signed.headers, **headers})

    def refuse(self, context: TransformContext) -> bool:
        """Google refused what signed the request: have another token, if one was used."""
        grant = context.notes.pop(_USED, None)
        if grant is not None:
            self._account.refuse(grant)
        return grant is not None


def _name(context: TransformContext) -> str:
    return quote(context.model.removeprefix("models/"), safe="@")
