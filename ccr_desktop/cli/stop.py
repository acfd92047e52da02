"""`ccr stop`: end the router in the background. Nothing that is not ours is ever ended."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.cli.app_service import stop_in_app
from ccr_desktop.cli.local_service import is_running, manage, other_routers
from ccr_desktop.cli.options import parser, service_config
from ccr_desktop.core.server.port import address, find_holder, find_listener
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config

_EXAMPLES = """\
  ccr stop
  ccr stop --port 8080"""
_GRACE_S = 10  # what running streams get to end; the service has it, too, but loads slowly
_PATIENCE_S = 13.0
_LOOK_EVERY_S = 0.1


def run(arguments: list[str]) -> int:
    options = parser("stop", "Stop the router that runs in the background.", _EXAMPLES)
    config = service_config(options.parse_args(arguments))
    running = _running_requests(config)
    has_stopped = stop(config)
    print("The router has stopped." if has_stopped else "The router was not running.")
    if running:
        answers = "1 answer that is" if running == 1 else f"{running} answers that are"
        print(f"It finishes {answers} on the way, for {_GRACE_S} s at most.")
    for other in other_routers(config):
        port = urlsplit(other.url).port
        print(f"Another router runs on {other.url}: `ccr stop --port {port}` stops that one.")
    return 0


def _running_requests(config: Config) -> int:
    status = manage(config, "GET", "/api/status") if is_running(config) else None
    return status["running_requests"] if status else 0


def stop(config: Config) -> bool:
    """Whether the service ran; it does not any more."""
    if not is_running(config):
        return False
    told = manage(config, "POST", "/api/stop") is not None
    if not (told or stop_in_app(config) or _end_own_process(config)):
        holder = find_holder(config.port) or "its process"
        raise CcrError(
            "The router can't be asked to stop",
            f"Its run file is gone or of another user. End {holder} yourself.",
        )
    ends_s = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends_s:
        if not is_running(config):
            return True
        time.sleep(_LOOK_EVERY_S)
    raise CcrError("The router does not stop", f"It still answers on {address(config)}.")


def _end_own_process(config: Config) -> bool:
    """Have a `ccr serve` of this user end in good order, that could leave no run file.

    What answers there said that it is ours; it has to be a program of that kind, too, since the
    desktop app would end as a whole.
    """
    pid = find_listener(config.port)
    if pid is None or sys.platform == "win32":  # which has no such signal
        return False
    import psutil  # noqa: PLC0415  # only needed when something is wrong

    try:
        process = psutil.Process(pid)
        if process.uids().real != os.getuid() or "serve" not in process.cmdline():
            return False
        process.terminate()
    except psutil.Error:
        return False
    return True
