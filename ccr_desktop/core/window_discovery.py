"""Asks providers for the context windows of models of which neither the file nor anybody else
tells: in the background, and each provider once a day at most.

Only the list of models is asked for, as `ccr providers models` does. On a machine without a user
(`NON_INTERACTIVE_MODE`) all ends before the answer would be of use: there nothing is sent.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from ccr_desktop.core.config.defaults import DEMO_URL
from ccr_desktop.core.config.discovered import note_asked, was_asked_within
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.routing.windows import told_window
from ccr_desktop.errors import UpstreamUnreachable

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Provider

log = logging.getLogger(__name__)

SETTLE_S = 30.0  # what a start or a change of the file brings goes first
_EVERY_S = 24 * 3600.0
_LIMIT_S = 30.0  # for one provider's list


class WindowDiscovery:
    """Run it beside the service, and tell it of each configuration."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._changed = asyncio.Event()

    def use(self, config: Config) -> None:
        """Ask the providers of *config* from now on."""
        self._config = config
        self._changed.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(SETTLE_S)
            self._changed.clear()
            config = self._config
            for provider in wanting(config):
                await self._ask(config, provider)
            with suppress(TimeoutError):
                async with asyncio.timeout(_EVERY_S):
                    await self._changed.wait()

    async def _ask(self, config: Config, provider: Provider) -> None:
        from ccr_desktop.core.upstream.model_list import list_models  # noqa: PLC0415  # loads dialects

        address = provider.url
        if await beside(lambda: was_asked_within(address, _EVERY_S)):
            return
        try:
            async with asyncio.timeout(_LIMIT_S):
                await list_models(config, provider)
        except UpstreamUnreachable as exc:
            log.debug("%s was not asked for its windows: %s", provider.name, exc)
            if not exc.was_connected:
                return  # a server of this machine may be started later
        except Exception as exc:  # noqa: BLE001  # nobody asked for this, and all works without
            log.debug("%s does not tell its windows: %r", provider.name, exc)
        await beside(lambda: note_asked(address))


def wanting(config: Config) -> list[Provider]:
    """The providers that could tell the window of a model of theirs that nobody else knows."""
    if config.non_interactive:
        return []
    routes = [route for routes in config.router.routes.values() for route in routes]
    return [
        provider
        for provider in config.providers.values()
        if _can_be_asked(provider)
        and any(
            told_window(provider, model) is None
            for model in (
                *provider.models,
                *(r.model for r in routes if r.provider == provider.name),
            )
        )
    ]


def _can_be_asked(provider: Provider) -> bool:
    """Whether a plain request for the list would be signed as the provider's requests are."""
    is_demo = provider.url.startswith(DEMO_URL)
    return not (is_demo or provider.key_problem or provider.brings_key)
