"""The transformers of one route, in their order, and one request's way through them.

Requests run through the provider's list, then the model's; answers run through both backwards.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.json import dumps_safe, loads
from ccr_desktop.core.transformers.base import HOOKS, failures_named
from ccr_desktop.core.transformers.filtering import FilteredDecoder, NamedFilter
from ccr_desktop.core.transformers.returned import wrong_with
from ccr_desktop.errors import TransformerError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import StreamDecoder, Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext


@dataclass(frozen=True, slots=True)
class Link:
    """A transformer in its place. One of a plugin gets copies: it may edit what it is given."""

    name: str
    transformer: Any
    options: Mapping[str, Any] = field(default_factory=dict)
    is_plugin: bool = False

    def hook(self, name: str) -> Callable[..., Any] | None:
        return getattr(self.transformer, name, None)


class Chain:
    """What runs for one route. `problem` says why nothing can be sent there."""

    def __init__(self, links: Sequence[Link] = (), problem: str = "") -> None:
        self.problem = problem
        self._links = tuple(links)
        self.changes_requests = self._has("request") or self._has("upstream_request")
        self.changes_answers = self._has("open")
        self.is_active = any(map(self._has, (*HOOKS, "reply")))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(link.name for link in self._links)

    def adapted(self, target: Target) -> Target:
        """*target* with what the transformers know about the provider."""
        profile = target.profile
        for link in self.having("profile"):
            profile = link.transformer.profile(profile)
        return replace(target, profile=profile)

    def then(self, further: Chain) -> Chain:
        """Both chains one after the other."""
        return Chain([*self._links, *further._links], self.problem or further.problem)

    def having(self, hook: str) -> Sequence[Link]:
        return [link for link in self._links if link.hook(hook)]

    def _has(self, hook: str) -> bool:
        return bool(self.having(hook))

    def begin(self, context: TransformContext) -> ChainRun:
        return ChainRun(self, context)


NO_CHAIN = Chain()


class ChainRun:
    """One try of one request on its way through a chain."""

    def __init__(self, chain: Chain, context: TransformContext) -> None:
        self.chain = chain
        self._context = context
        self._contexts: dict[int, TransformContext] = {}

    async def request(self, body: JsonObject) -> JsonObject:
        """The client's request as the provider is to get it; *body* itself when none changes it."""
        return await self._bodies("request", body)

    async def upstream_request(self, body: JsonObject) -> JsonObject:
        """The provider's request."""
        return await self._bodies("upstream_request", body)

    async def upstream_call(self, call: UpstreamCall) -> UpstreamCall:
        """The HTTP request."""
        for link in self.chain.having("upstream_call"):
            call = await self._changed(link, "upstream_call", call, UpstreamCall)
        return call

    def renews_token(self) -> bool:
        """The request was refused as not signed: whether another token will sign the next."""
        asked = [link.transformer.refused(self._of(link)) for link in self.chain.having("refused")]
        return any(asked)

    async def reply(self, reply: Any) -> Any:
        """The provider's answer before it is read, the last transformer first."""
        for link in reversed(self.chain.having("reply")):
            with failures_named(link.name, "reply"):
                reply = await link.transformer.reply(reply, self._of(link))
        return reply

    def filtered(self, decoder: StreamDecoder) -> StreamDecoder:
        """*decoder* with the transformers' filters behind it, the last transformer's first."""
        filters = [self._filter(link) for link in reversed(self.chain.having("open"))]
        return FilteredDecoder(decoder, filters) if filters else decoder

    async def _bodies(self, hook: str, body: JsonObject) -> JsonObject:
        for link in self.chain.having(hook):
            given = loads(dumps_safe(body)) if link.is_plugin else body
            body = await self._changed(link, hook, given, dict)
        return body

    async def _changed(self, link: Link, hook: str, given: Any, kind: type) -> Any:
        with failures_named(link.name, hook):
            found = getattr(link.transformer, hook)(given, self._of(link))
            if inspect.isawaitable(found):
                found = await found
            if not isinstance(found, kind):
                what = "forgot to return what it made"
                what = what if found is None else f"returned {found!r:.60}"
                raise TransformerError(link.name, f"{hook} {what}")
            # What can't be used shall be told by the name of who made it.
            if link.is_plugin and (
                wrong := wrong_with(hook, found, self._context.provider.dialect)
            ):
                raise TransformerError(link.name, f"{hook} {wrong}")
        return found

    def _filter(self, link: Link) -> NamedFilter:
        with failures_named(link.name, "open"):
            return NamedFilter(link.name, link.transformer.open(self._of(link)))

    def _of(self, link: Link) -> TransformContext:
        """The context of one use: its own options and notes."""
        context = self._contexts.get(id(link))
        if context is None:
            context = replace(self._context, options=link.options, notes={})
            self._contexts[id(link)] = context
        return context
