"""Asking a provider which models it has."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.config.discovered import remember, windows_in
from ccr_desktop.core.credentials.copilot import copilot_grant
from ccr_desktop.core.dialects import gemini
from ccr_desktop.core.dialects.base import Target, UpstreamCall
from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.core.setup.addresses import complete_url, models_url
from ccr_desktop.core.setup.templates import templates
from ccr_desktop.core.upstream.client import UpstreamClient
from ccr_desktop.core.upstream.failures import refusal
from ccr_desktop.core.upstream.fetching import fetch
from ccr_desktop.errors import UpstreamListError, UpstreamProtocolError, UpstreamTimeout

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.dialects.base import UpstreamAnswer
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.upstream.reply import Reply

LIST_S = 30.0
"""A list comes at once or not at all; the patience with a thinking model is not for it."""
_LIMIT_BYTES = 32 * 1024 * 1024
_ANTHROPIC_VERSION = "2023-06-01"
_LISTS = {gemini.NAME: gemini.models_url}
_GRANTS = {"copilot": copilot_grant}
"""The transformers whose tokens list models, too."""
_KEY_HEADERS = {"anthropic": "x-api-key", gemini.NAME: "x-goog-api-key"}


async def list_models(config: Config, provider: Provider) -> list[str]:
    """The ids of the provider's models as it lists them itself. Raises `UpstreamError`.

    What it says of their context windows is remembered.
    """
    if provider.url.startswith("demo:"):
        return list(provider.models)
    try:
        async with asyncio.timeout(LIST_S):
            target, reply, body = await _asked(config, provider)
    except TimeoutError as exc:
        title, said = f"{provider.name} timed out", f"no answer within {LIST_S:g} s."
        raise UpstreamTimeout(provider.name, "", title, said) from exc
    if reply.status != 200:
        said = refusal(target, reply, body).failure.message
        title = f"The models of {provider.name} can't be listed"
        raise UpstreamListError(provider.name, target.model, title, said, status=reply.status)
    models = _models(body, target)
    await asyncio.to_thread(remember, provider.url, windows_in(models))
    return _ids(models)


async def _asked(config: Config, provider: Provider) -> tuple[Target, Reply, bytes]:
    """Who was asked, and the whole answer."""
    client = UpstreamClient(config)
    try:
        call, target = await _signed(provider, client)
        reply = await client.open(call, target, provider.timeouts, provider.proxy_url)
        try:
            return target, reply, await reply.read_all(_LIMIT_BYTES)
        finally:
            reply.close()
    finally:
        await client.close()


async def _signed(provider: Provider, client: UpstreamClient) -> tuple[UpstreamCall, Target]:
    """The request for the list, with the token that a transformer would sign with."""
    call, target = list_call(provider)

    async def ask(asked: UpstreamCall) -> UpstreamAnswer:
        return await fetch(client, asked, target, provider.proxy_url)

    for link in provider.chain:
        if granted := _GRANTS.get(link.name):
            file = link.options.get("file") or ""
            grant = await granted(provider.api_key, provider.url, ask, file)
            if grant:
                call, target = list_call(replace(provider, api_key=grant.token))
                call = replace(call, url=grant.placed(call.url))
    return call, target


def list_call(provider: Provider) -> tuple[UpstreamCall, Target]:
    """The request for the list, and where it goes."""
    url = _address(provider)
    profile = find_profile(provider.url, provider.transformers, provider.dialect, provider.profile)
    target = Target(
        provider=provider.name,
        model="",
        url=url,
        api_key=provider.api_key,
        headers=provider.headers,
        profile=profile,
    )
    return UpstreamCall(url, _headers(provider, profile), b"", "GET"), target


def _address(provider: Provider) -> str:
    """Where a template says the list is; else beside the endpoint."""
    for template in templates().values():
        if template.models_url and template.url == provider.url:
            return template.models_url
    own = _LISTS.get(provider.dialect)
    return own(provider.url) if own else models_url(complete_url(provider.url))


def _headers(provider: Provider, profile: Profile) -> dict[str, str]:
    headers = {"accept": "application/json", **profile.headers}
    if provider.dialect == "anthropic":
        headers["anthropic-version"] = _ANTHROPIC_VERSION
    key_header = _KEY_HEADERS.get(provider.dialect)
    is_bearer = provider.bearer or profile.messages_bearer
    if provider.api_key and key_header and not is_bearer:
        headers[key_header] = provider.api_key
    elif provider.api_key and profile.key_header == "Authorization":
        headers["authorization"] = f"Bearer {provider.api_key}"
    elif provider.api_key:
        headers[profile.key_header] = provider.api_key
    return {**headers, **provider.headers}


def _models(body: bytes, target: Target) -> list[Any]:
    """The items of an OpenAI or Anthropic list (`data`), or of Gemini's and Ollama's (`models`)."""
    try:
        payload = loads_lenient(body)
    except JSONDecodeError:
        payload = None
    if isinstance(payload, dict):
        payload = next((payload[key] for key in ("data", "models") if key in payload), None)
    if not isinstance(payload, list):
        title = f"{target.provider} sent no list of models"
        host = urlsplit(target.url).netloc.rpartition("@")[2]
        message = f"{host} answered something else at {urlsplit(target.url).path}."
        raise UpstreamProtocolError(target.provider, target.model, title, message)
    return payload


def _ids(models: list[Any]) -> list[str]:
    found = (_id(item) for item in models)
    return list(dict.fromkeys(name.removeprefix("models/") for name in found if name))


def _id(item: Any) -> str:
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return ""
    value = next((item[key] for key in ("id", "name", "model") if item.get(key)), "")
    return value if isinstance(value, str) else ""
