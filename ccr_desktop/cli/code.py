"""`ccr code`: Claude Code through the router, with nothing of the user's changed.

Only the environment of the child process is set. Its arguments reach it as they are, and its
exit code is ours.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.claude_settings import settings_arguments
from ccr_desktop.cli.in_force import config_in_force
from ccr_desktop.cli.local_service import Hold, address, is_running, start_service
from ccr_desktop.core.server.port import client_host
from ccr_desktop.errors import CcrError, ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.config.schema import Config

DUMMY_TOKEN = "ccr-desktop"  # noqa: S105  # Claude Code wants some token; the router wants none
REMOVED = ("ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX")
_DECISIVE = ("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY")
_UNATTENDED = {"CI": "true", "FORCE_COLOR": "0", "NODE_NO_READLINE": "1", "TERM": "dumb"}
_TRIES = 3
_USUAL_PLACES = ("~/.claude/local/claude", "~/.local/bin/claude", "~/.npm-global/bin/claude")


def run(arguments: list[str]) -> int:
    config = config_in_force(paths.find_config(), {})
    program = find_claude(config)
    hold = _hold_service(config)
    try:
        for warning in overriding_settings(Path.home(), Path.cwd()):
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


def find_claude(config: Config) -> str:
    """The Claude Code program."""
    wanted = config.claude_path or os.environ.get("CLAUDE_PATH") or "claude"
    candidates = [wanted] if wanted != "claude" else [wanted, *_USUAL_PLACES]
    found = (shutil.which(os.path.expanduser(name)) for name in candidates)  # noqa: PTH111
    if program := next(filter(None, found), None):
        return program
    looked = ", ".join(["the PATH" if name == "claude" else name for name in candidates])
    raise CcrError(
        "Claude Code was not found",
        f"Install it with `npm install -g @anthropic-ai/claude-code`, or set CLAUDE_PATH. "
        f"Looked in {looked}.",
    )


def claude_environment(config: Config, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables for Claude Code: the user's own, and those that lead it to the router."""
    kept = {name: value for name, value in environment.items() if name not in REMOVED}
    unattended = _UNATTENDED if config.non_interactive else {}
    return {**kept, **unattended, **router_variables(config, environment)}


def router_variables(config: Config, environment: Mapping[str, str]) -> dict[str, str]:
    """What leads Claude Code to the router. The user's own proxy exceptions stay."""
    small = {"ANTHROPIC_SMALL_FAST_MODEL": config.small_fast_model}
    return {
        **(small if config.small_fast_model else {}),
        "ANTHROPIC_BASE_URL": address(config),
        "ANTHROPIC_AUTH_TOKEN": config.api_key or DUMMY_TOKEN,
        "API_TIMEOUT_MS": str(config.api_timeout_ms),
        **_bypass(client_host(config.host), environment),
        "DISABLE_TELEMETRY": "true",
        "DISABLE_COST_WARNINGS": "true",
    }


def _bypass(host: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The hosts that no proxy serves: the user's and the router's, in every spelling in use.

    Programs differ in which of two spellings wins, so both get all hosts.
    """
    spellings = [name for name in ("NO_PROXY", "no_proxy") if environment.get(name)]
    own = [part.strip() for name in spellings for part in environment[name].split(",")]
    hosts = ",".join(dict.fromkeys([*filter(None, own), "127.0.0.1", "localhost", host]))
    return dict.fromkeys([*spellings, "NO_PROXY"], hosts)


def overriding_settings(home: Path, project: Path) -> Iterator[str]:
    """A sentence for each settings file of Claude Code that would lead it elsewhere."""
    folders = (home / ".claude", project / ".claude")
    files = [
        folder / name for folder in folders for name in ("settings.json", "settings.local.json")
    ]
    for file in dict.fromkeys(files):
        try:
            variables = json.loads(file.read_text(encoding="utf-8")).get("env") or {}
        except (OSError, ValueError, AttributeError):
            continue
        if set_there := [name for name in _DECISIVE if name in variables]:
            names = ", ".join(set_there)
            yield f"{file} sets {names}, which wins over the router's: Claude Code may not use it."


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
