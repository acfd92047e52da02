"""The router of the desktop app, where that runs: commands start it there, not a second one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.server.port import address
from ccr_desktop.errors import ServiceError
from ccr_desktop.running_app import ANOTHER_ROUTER, ask_running

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config


def stop_in_app(config: Config) -> bool:
    """Stop the router of the app; False without an app that has just this router."""
    reply = ask_running(["--stop", "--port", str(config.port)], Path.cwd())
    return reply is not None and not reply.code


def start_in_app(config: Config) -> str:
    """Start the router of the app; its address, empty without an app that has just this router.

    Raises `ServiceError` when the app can't start it.
    """
    if not config.port:
        return ""  # any free port: nobody else has that
    file = ["--config", str(config.source)] if config.source else []
    reply = ask_running(["--start", "--port", str(config.port), *file], Path.cwd())
    if reply is None or reply.code == ANOTHER_ROUTER:
        return ""
    if reply.code:
        raise ServiceError("The desktop app can't start the router", reply.message)
    return address(config)
