"""Signing in with GitHub on the command line: a code that is typed on its page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ccr_desktop.cli.prompts import say
from ccr_desktop.core.credentials.copilot import github_of

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.credentials.device_code import DeviceCode
    from ccr_desktop.core.protocol.json import JsonObject


def sign_in_with_github(config: Config, entry: JsonObject) -> str:
    """The token of who types the code, for the provider of *entry*. Nothing is kept here."""
    from ccr_desktop.core.upstream.signing_in import sign_in  # noqa: PLC0415  # loads aiohttp

    github = github_of(str(entry.get("api_base_url") or ""))
    provider = config.providers.get(str(entry.get("name") or "").strip())
    return asyncio.run(sign_in(config, github, _show, provider.proxy_url if provider else ""))


def _show(code: DeviceCode) -> None:
    say(f"Open {code.page} and enter this code there:\n\n    {code.user_code}\n")
    say("Waiting for GitHub; Ctrl-C ends it, and nothing is kept.")
