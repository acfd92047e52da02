"""Which providers are to be judged anew after a change of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.schema import Config, Provider


def renewed_providers(before: Config, after: Config) -> Iterator[str]:
    """Those that were there and have another key or address by now, or are gone."""
    for name, provider in before.providers.items():
        now = after.providers.get(name)
        if now is None or _reached_by(now) != _reached_by(provider):
            yield name


def _reached_by(provider: Provider) -> tuple[object, ...]:
    return provider.url, provider.api_key, provider.keys, provider.headers
