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
from ccr_desktop.cli.local_service import Hold, address, is_running, start_service
from ccr_desktop.core.config.reader import load_config
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.config.schema import Config

DUMMY_TOKEN = "ccr-desktop"  # noqa: S105  # Claude Code wants some token; the router wants none
_REMOVED = ("ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX")
_DECISIVE = ("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY")
_USUAL_PLACES = ("~/.claude/local/claude", "~/.local/bin/claude", "~/.npm-global/bin/claude")


def run(arguments: list[str]) -> int:
    config = load_config(paths.find_config())
    program = find_claude(config)
    if not is_running(config):
        start_service(config, ["--until-released"])
    hold = Hold(config)
    try:
        for warning in overriding_settings(Path.home(), Path.cwd()):
            print(f"ccr: {warning}", file=sys.stderr)
        environment = claude_environment(config, os.environ)
        passed = arguments[1:] if arguments[:1] == ["--"] else arguments
        return _run_claude([program, *passed], environment)
    finally:
        hold.close()


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
    kept = {name: value for name, value in environment.items() if name not in _REMOVED}
    bypass = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    hosts = [host for host in bypass.split(",") if host]
    return {
        **kept,
        "ANTHROPIC_BASE_URL": address(config),
        "ANTHROPIC_AUTH_TOKEN": config.api_key or DUMMY_TOKEN,
        "API_TIMEOUT_MS": str(config.api_timeout_ms),
        "NO_PROXY": ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"])),
        "DISABLE_TELEMETRY": "true",
        "DISABLE_COST_WARNINGS": "true",
    }


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
    with _terminal_signals_ignored():
        code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    return 128 - code if code < 0 else code


@contextmanager
def _terminal_signals_ignored() -> Iterator[None]:
    """Ctrl-C is for Claude Code, which asks before it ends."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
