"""claude-code-router's transformers in JavaScript, as links of a chain.

Their hooks on the provider's side work as there: `transformRequestIn` gets the request in OpenAI's
format and may answer `{body, config}`, `transformResponseOut` gets a web `Response`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.sidecar import JavaScriptError, TooMuchHeldError
from ccr_desktop.errors import CcrError, TransformerError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.sidecar import Response, Sidecar
    from ccr_desktop.core.transformers.base import TransformContext
    from ccr_desktop.core.user_code import Stamp

_REQUEST, _RESPONSE, _AUTH = "transformRequestIn", "transformResponseOut", "auth"
_UNHEARD = ("transformRequestOut", "transformResponseIn")
_STREAM_ON = "Have it pass streams on piece by piece."
_DIALECT = "openai-chat"
_DRAIN_S = 0.1
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class JavaScriptClass:
    """A class in a file; calling it with options makes one for a chain."""

    name: str
    path: str
    seen: Stamp
    hooks: Sequence[str]
    sidecar: Sidecar
    end_point: str = ""

    def __call__(self, options: Mapping[str, Any]) -> JavaScriptTransformer:
        return JavaScriptTransformer(self, options)

    @property
    def unheard(self) -> Sequence[str]:
        """What it has for other clients, for which nobody asks here."""
        hooks = [name for name in _UNHEARD if name in self.hooks]
        return ["endPoint", *hooks] if self.end_point else hooks


class JavaScriptTransformer:
    """One use of a transformer; it lives in the sidecar, and again in a new one."""

    def __init__(self, kind: JavaScriptClass, options: Mapping[str, Any]) -> None:
        hooks = kind.hooks
        self._name = kind.name
        self._path = kind.path
        self._options = dict(options)
        self._version = kind.seen[0]
        self._sidecar = kind.sidecar
        self._number = next(_numbers)
        self._generation = 0
        self._loading = asyncio.Lock()
        self.dialect = _DIALECT if {_REQUEST, _AUTH, _RESPONSE} & {*hooks} else ""
        """The protocol of the providers that it works for; empty when it does nothing there."""
        if _REQUEST in hooks or _AUTH in hooks:
            self._request_hook = _REQUEST if _REQUEST in hooks else _AUTH
            self.upstream_request = self._upstream_request
            self.upstream_call = self._upstream_call
        if _RESPONSE in hooks:
            self.reply = self._reply

    async def _upstream_request(self, body: JsonObject, context: TransformContext) -> JsonObject:
        _check(self._name, context)
        found = await self._call(self._request_hook, body, _provider(context), _request(context))
        if isinstance(found, dict) and isinstance(found.get("body"), dict):
            context.notes.update(found.get("config") or {})
            made: JsonObject = found["body"]
            return made
        return found  # type: ignore[no-any-return]  # the chain says what is wrong with it

    async def _upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        """Address and headers that `transformRequestIn` asked for."""
        url, headers = context.notes.get("url"), context.notes.get("headers") or {}
        changed = {name.lower(): name for name in headers}
        kept = {name: value for name, value in call.headers.items() if name.lower() not in changed}
        set_ = {name: str(value) for name, value in headers.items() if value not in (None, "")}
        return replace(call, url=_url(url) or call.url, headers={**kept, **set_})

    async def _reply(self, reply: Any, context: TransformContext) -> JavaScriptReply:
        _check(self._name, context)
        await self._load()
        response = await self._sidecar.respond(
            instance=self._number,
            hook=_RESPONSE,
            status=reply.status,
            headers=dict(reply.headers),
            context=_request(context),
        )
        made = JavaScriptReply(self._name, reply, response)
        await made.begin()
        return made

    async def _call(self, hook: str, *arguments: Any) -> Any:
        try:
            await self._load()
            return await self._sidecar.call(
                "call", instance=self._number, hook=hook, args=list(arguments)
            )
        except JavaScriptError as exc:
            raise TransformerError(self._name, f"{hook}: {exc}") from exc

    async def _load(self) -> None:
        """Make it in the sidecar, unless it is there."""
        async with self._loading:
            await self._sidecar.start()
            if self._generation == self._sidecar.generation:
                return
            await self._sidecar.call(
                "load",
                instance=self._number,
                path=self._path,
                options=self._options,
                version=self._version,
            )
            self._generation = self._sidecar.generation


class JavaScriptReply:
    """A provider's answer as the plugin passes it on."""

    def __init__(self, name: str, inner: Any, response: Response) -> None:
        self._name = name
        self._inner = inner
        self._response = response
        self._feeding = asyncio.ensure_future(self._feed())
        self._error: CcrError | None = None

    @property
    def status(self) -> int:
        return self._response.status

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    async def begin(self) -> None:
        """Wait for its status and headers."""
        try:
            await self._response.begin()
        except JavaScriptError as exc:
            self.close()
            if self._error:
                raise self._error from None
            raise TransformerError(self._name, f"{_RESPONSE}: {exc}") from exc
        except BaseException:
            self.close()
            raise

    async def read_some(self) -> bytes:
        try:
            return await self._response.read()
        except JavaScriptError as exc:
            if self._error:
                raise self._error from None  # it only passed on what happened to the provider
            raise TransformerError(self._name, f"{_RESPONSE}: {exc}") from exc

    async def read_all(self, limit: int) -> bytes:
        parts: list[bytes] = []
        while limit > 0 and (part := await self.read_some()):
            parts.append(part[:limit])
            limit -= len(part)
        return b"".join(parts)

    async def drain(self) -> None:
        """What may follow goes through the plugin, so that it sees its end too.

        Two can't read the provider's answer at once: what feeds the plugin ends first.
        """
        with suppress(TimeoutError, CcrError):
            async with asyncio.timeout(_DRAIN_S):
                while await self.read_some():
                    pass
                self._feeding.cancel()
                await asyncio.wait({self._feeding})
                await self._inner.drain()

    def close(self) -> None:
        self._feeding.cancel()
        self._inner.close()
        self._leaving = asyncio.ensure_future(self._response.cancel())

    async def _feed(self) -> None:
        """What the provider sends goes into the plugin."""
        with suppress(JavaScriptError):  # whoever reads is told of it
            try:
                while data := await self._inner.read_some():
                    await self._response.write(data)
            except TooMuchHeldError as exc:
                self._error = TransformerError(self._name, f"{_RESPONSE}: {exc}. {_STREAM_ON}")
                await self._response.broke(str(exc))
            except CcrError as exc:
                self._error = exc
                await self._response.broke(str(exc))
            else:
                await self._response.end()


def _check(name: str, context: TransformContext) -> None:
    """They know one format of requests and answers."""
    if context.provider.dialect != _DIALECT:
        raise TransformerError(name, f"{wrong_protocol(_DIALECT)}.")


def wrong_protocol(dialect: str) -> str:
    return f"it works for providers that speak {dialect}"


def _provider(context: TransformContext) -> JsonObject:
    """claude-code-router's description of a provider."""
    provider = context.provider
    return {
        "name": provider.name,
        "baseUrl": provider.url,
        "apiKey": provider.api_key,
        "models": list(provider.models),
        "transformer": {},
    }


def _request(context: TransformContext) -> JsonObject:
    """Its `context`: what is known of the client's request."""
    request = {
        "headers": dict(context.headers),
        "sessionId": context.session_id,
        "provider": context.provider.name,
        "id": context.request_id,
        "body": {**context.body, "model": context.model},
    }
    return {"req": request}


def _url(found: Any) -> str:
    """A `URL` arrives as its text."""
    return found if isinstance(found, str) else ""
