"""Where other programs keep their settings. Nothing is opened here."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from ccr_desktop import paths


@dataclass(frozen=True, slots=True)
class Source:
    """Settings of another program on this computer."""

    title: str
    path: Path


def cc_switch_database() -> Path:
    """Where CC Switch keeps its settings, unless it was told of another folder."""
    return Path.home() / ".cc-switch" / "cc-switch.db"


def sources_here() -> list[Source]:
    """What there is in the usual places. Nothing is opened."""
    # `Path.is_file` raises where a folder on the way is closed.
    return [source for source in places() if os.path.isfile(source.path)]  # noqa: PTH113


def places() -> list[Source]:
    """The usual ones, whether there is anything or not."""
    home = Path.home()
    found = [
        Source("claude-code-router", paths.legacy_config_file()),
        Source("claude-code-router 3", home / ".claude-code-router" / "config.sqlite"),
        Source("CC Switch", cc_switch_database()),
        Source("CC Switch, older settings", home / ".cc-switch" / "config.json"),
    ]
    if sys.platform == "win32" and (roaming := os.environ.get("APPDATA")):
        folder = Path(roaming) / "claude-code-router"
        found.append(Source("claude-code-router 3", folder / "config.sqlite"))
    return found
