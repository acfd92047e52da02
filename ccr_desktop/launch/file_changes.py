"""Changes of files of Claude Code: shown before they are made, with a copy of what was there."""

from __future__ import annotations

import difflib
import re
import time
from typing import TYPE_CHECKING

from ccr_desktop.core.whole_files import write_safely

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.launch.claude_settings import ClaudeSettings

_BEFORE, _AFTER = "before", "after"
DIFFERENCE_HEAD = f"--- {_BEFORE}\n+++ {_AFTER}\n"
"""What a `difference` begins with; a window says it in its own words."""
_SECRET = re.compile(
    r'''"[^"]*(?:TOKEN|KEY|SECRET|PASSWORD)[^"]*"\s*:\s*"((?:[^"\\]|\\.)*)"''', re.IGNORECASE
)


def dated_copy(path: Path, data: bytes) -> Path:
    """Beside the file, with the time in its name."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    copy = path.with_name(f"{path.name}.before-ccr-{stamp}")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.before-ccr-{stamp}-{number}")
    write_safely(copy, data)
    return copy


def difference(settings: ClaudeSettings, after: bytes) -> str:
    """As `diff -u` shows it, with keys masked."""
    before = (settings.data or b"").decode("utf-8-sig")
    after_lines = after.decode("utf-8-sig").splitlines()
    lines = difflib.unified_diff(before.splitlines(), after_lines, _BEFORE, _AFTER, lineterm="")
    return _SECRET.sub(_masked, "\n".join(lines))


def _masked(found: re.Match[str]) -> str:
    begin, secret = found.start(1) - found.start(), found.group(1)
    shown = secret[-4:] if len(secret) > 16 else ""
    return f'{found.group()[:begin]}...{shown}"'
