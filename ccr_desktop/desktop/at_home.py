"""Folders and files as their owner writes them."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path) -> str:
    """With `~` for the home."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
