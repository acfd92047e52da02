"""Every secret that a configuration holds, so that it can be kept out of what is written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.schema import Config, Provider

_ORDINARY_HEADERS = frozenset({"user-agent", "content-type", "accept", "http-referer", "x-title"})


def secret_values(config: Config) -> Iterator[str]:
    """Keys, pools, secret headers and options, and the passwords in addresses."""
    yield config.api_key
    yield from _passwords(config.proxy_url)
    for provider in config.providers.values():
        yield from _of_provider(provider)


def _of_provider(provider: Provider) -> Iterator[str]:
    yield provider.api_key
    yield from (key.key for key in provider.keys)
    yield from _passwords(provider.proxy_url)
    yield from _passwords(provider.url)
    for name, value in provider.headers.items():
        if name.lower() not in _ORDINARY_HEADERS:
            yield value
    for link in (*provider.chain, *chain.from_iterable(provider.model_chains.values())):
        known = KNOWN_TRANSFORMERS.get(link.name)
        for option in known.options if known else ():
            if option.is_secret and option.key in link.options:
                yield str(link.options[option.key])


def _passwords(url: str) -> Iterator[str]:
    try:
        password = urlsplit(url).password
    except ValueError:
        return
    if password:
        yield password
        yield unquote(password)
