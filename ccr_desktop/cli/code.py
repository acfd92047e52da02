"""`ccr code`: Claude Code through the router, with nothing of the user's changed.

Only the environment of the child process is set. Its arguments reach it as they are, and its
exit code is ours.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.in_force import config_in_force
from ccr_desktop.cli.local_service import Hold, is_running, start_service
from ccr_desktop.errors import CcrError, ServiceError
from ccr_desktop.launch.environment import claude_environment, overriding_settings
from ccr_desktop.launch.program import find_claude
from ccr_desktop.launch.settings_file import settings_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.schema import Config

_TRIES = 3


def run(arguments: list[str]) -> int:
    config = config_in_force(paths.find_config(), {})
    program = find_claude(config).path
    hold = _hold_service(config)
    try:
        for warning in overriding_settings(config, Path.home(), Path.cwd()):
            print(f"ccr: {warning}", file=sys.stderr)
        environment = claude_environment(config, os.environ)
        passed = arguments[1:] if arguments[:1] == ["--"] else arguments
        settings = settings_arguments(config, passed)
        return _run_claude([program, *settings, *passed], environment)
    finally:
        hold.close()


def _hold_service(config: Config) -> Hold:
    """A service that stays. One that was about to end when it was found is replaced."""
    for _ in range(_TRIES):
        if not is_running(config):
            start_service(config, ["--until-released"])
        hold = Hold(config)
        if is_running(config):
            return hold
        hold.close()
    raise ServiceError("The router does not stay", "`ccr serve` shows why it ends.")


def _run_claude(command: list[str], environment: dict[str, str]) -> int:
    try:
        with _terminal_signals_ignored():
            code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except OSError as exc:
        hint = "Install Claude Code anew, or set CLAUDE_PATH."
        raise CcrError(f"{command[0]} can't be run", f"{exc.strerror or exc}. {hint}") from exc
    return 128 - code if code < 0 else code


@contextmanager
def _terminal_signals_ignored() -> Iterator[None]:
    """Ctrl-C is for Claude Code, which asks before it ends."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
