"""Signing in with GitHub, by the connections, proxies and certificates of a configuration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ccr_desktop.core.credentials.device_code import (
    DeviceCode,
    address,
    request_code,
    wait_for_token,
)
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.providers.hosts import COPILOT
from ccr_desktop.core.upstream.client import UpstreamClient
from ccr_desktop.core.upstream.fetching import fetch

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall

Show = Callable[[DeviceCode], None]


async def sign_in(config: Config, github: str, show: Show, proxy_url: str = "") -> str:
    """The token of the person who types the code that *show* gets. Nothing is kept.

    Raises `CredentialError` or `UpstreamError`.
    """
    target = Target(
        provider="GitHub",
        model="sign-in",
        url=address(github),
        api_key="",
        profile=COPILOT,
    )
    client = UpstreamClient(config)

    async def ask(call: UpstreamCall) -> UpstreamAnswer:
        return await fetch(client, call, target, proxy_url)

    try:
        code = await request_code(ask, github)
        show(code)
        return await wait_for_token(ask, code)
    finally:
        await client.close()
