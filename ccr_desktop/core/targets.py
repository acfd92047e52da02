"""From a route to the place where its requests go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.dialects import openai_chat
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.known import endpoint_of
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.errors import RoutingError, UpstreamKeyMissing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import ChainLink, Config, Provider, Route

_GEMINI_HOST = "generativelanguage.googleapis.com"
_GEMINI_COMPATIBLE = "/v1beta/openai/chat/completions"


def find_target(route: Route, config: Config, further: Sequence[ChainLink] = ()) -> Target:
    """The target of a route; the provider must be configured.

    What a transformer says of the API holds for the model that it is given for, and *further*
    ones are those of a rule.
    """
    provider = config.providers.get(route.provider)
    if provider is None:
        known = ", ".join(config.providers)
        raise RoutingError(
            f"No provider {route.provider!r} is configured", f"The providers are: {known}."
        )
    if provider.awaits_key:
        title = f"The key of the provider {provider.name!r} is still to come"
        failure = Failure.of(UpstreamKeyMissing.AWAITED, f"{title}: {provider.key_problem}")
        raise UpstreamKeyMissing(provider.name, route.model, failure, {})
    if provider.key_problem:
        title = f"The provider {provider.name!r} has no key"
        failure = Failure.of(403, f"{title}: {provider.key_problem}")
        raise UpstreamKeyMissing(provider.name, route.model, failure, {})
    names = (*(link.name for link in further), *provider.transformers_of(route.model))
    profile = find_profile(provider.url, names, provider.dialect, provider.profile)
    return Target(
        provider=provider.name,
        model=route.model,
        url=_endpoint(provider),
        api_key=provider.api_key,
        profile=profile.for_model(route.model),
        dialect=provider.dialect,
        headers=provider.headers,
        bearer=provider.bearer or profile.messages_bearer,
        context_window=provider.context_window(route.model),
    )


def _endpoint(provider: Provider) -> str:
    parts = urlsplit(provider.url)
    if parts.scheme == "demo":
        return provider.url
    if endpoint := endpoint_of(provider.dialect):
        return endpoint(provider.url)
    if parts.hostname == _GEMINI_HOST and not parts.path.startswith("/v1beta/openai"):
        # For who asks for Chat Completions at the address of Gemini's own protocol: that is on
        # the same host and takes the same key.
        return urlunsplit(parts._replace(path=_GEMINI_COMPATIBLE, query=""))
    return openai_chat.endpoint(provider.url)
