"""Where the router keeps its files, as `ccr_desktop.paths` says, without what that has to load."""

from __future__ import annotations

import os
import sys

APP = "ccr-desktop"
_DEFAULTS = {
    "config": ("XDG_CONFIG_HOME", "~/.config", "~/Library/Application Support"),
    "data": ("XDG_DATA_HOME", "~/.local/share", "~/Library/Application Support"),
    "cache": ("XDG_CACHE_HOME", "~/.cache", "~/Library/Caches"),
}


def folder(kind: str) -> str:
    """The config, data or cache folder."""
    if home := os.environ.get("CCR_DESKTOP_HOME"):
        return os.path.join(home, kind)
    if sys.platform == "win32":
        return _by_paths(kind)
    variable, unix, mac = _DEFAULTS[kind]
    base = os.environ.get(variable, "").strip()
    if not base.startswith("/"):
        base = home_folder() + (mac if sys.platform == "darwin" else unix)[1:]
    return f"{base}/{APP}"


def home_folder() -> str:
    return os.path.expanduser("~")


def config_files() -> tuple[str, str]:
    """Where a configuration may lie, the first one counts."""
    own = os.path.join(folder("config"), "config.json")
    legacy = os.path.join(home_folder(), ".claude-code-router", "config.json")
    return own, legacy


def _by_paths(kind: str) -> str:
    """Windows keeps its folders in the registry: the library knows how to ask."""
    from ccr_desktop import paths  # loads what all others do without

    return str({"config": paths.config_dir, "data": paths.data_dir}.get(kind, paths.cache_dir)())
