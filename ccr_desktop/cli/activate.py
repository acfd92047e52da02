"""`ccr activate`: claude-code-router's name for `ccr env`."""

from __future__ import annotations

from ccr_desktop.cli.env import run

__all__ = ["run"]
