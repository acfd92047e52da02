"""Every secret that a configuration holds, so that it can be kept out of what is written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.protocol.masking import secrets_in_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.schema import Config, Provider

_ORDINARY_HEADERS = frozenset({"user-agent", "content-type", "accept", "http-referer", "x-title"})


def secret_values(config: Config) -> Iterator[str]:
    """Keys, pools, secret headers and options, and what addresses have of them."""
    yield config.api_key
    yield from (client.key for client in config.client_keys)
    yield from secrets_in_address(config.proxy_url)
    for provider in config.providers.values():
        yield from _of_provider(provider)


def _of_provider(provider: Provider) -> Iterator[str]:
    yield provider.api_key
    yield from (key.key for key in provider.keys)
    yield from secrets_in_address(provider.proxy_url)
    yield from secrets_in_address(provider.url)
    for name, value in provider.headers.items():
        if name.lower() not in _ORDINARY_HEADERS:
            yield value
    for link in (*provider.chain, *chain.from_iterable(provider.model_chains.values())):
        known = KNOWN_TRANSFORMERS.get(link.name)
        for option in known.options if known else ():
            if option.is_secret and option.key in link.options:
                yield str(link.options[option.key])
