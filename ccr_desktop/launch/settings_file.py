"""Settings that Claude Code gets when the router starts it, where no variable exists for them.

They go into a file of the router's own: those of the user stay as they are.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.files import encode
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.own_program import own_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject

_OPTION = "--settings"


def settings_arguments(config: Config, arguments: Sequence[str]) -> list[str]:
    """The option that names the file; none when nothing is to be set, or the user names his own."""
    settings = claude_settings(config)
    has_own = any(word == _OPTION or word.startswith(f"{_OPTION}=") for word in arguments)
    if not settings or has_own:
        return []
    content = encode(settings)
    name = f"claude-settings-{sha256(content).hexdigest()[:16]}.json"
    path = paths.cache_dir() / name  # the same for the same settings: nothing to clean up
    if not path.is_file() or path.read_bytes() != content:
        write_safely(path, content)
    return [_OPTION, str(path)]


def claude_settings(config: Config) -> JsonObject:
    """The status line, when the configuration switches it on."""
    if config.status_line.get("enabled") is not True:
        return {}
    return {"statusLine": {"type": "command", "command": statusline_command(), "padding": 0}}


def statusline_command() -> str:
    """The command line that draws it, for the shell that Claude Code starts it with."""
    program = [*own_command(), "statusline"]
    if sys.platform == "win32":  # Git's shell or cmd: both take slashes and double quotes
        return subprocess.list2cmdline([part.replace("\\", "/") for part in program])
    return shlex.join(program)
