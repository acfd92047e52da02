"""How this program is run again, installed, from a checkout, or as a bundle."""

from __future__ import annotations

import sys


def own_command() -> list[str]:
    """The command line that runs this program again, and no module of the folder it starts in."""
    if is_bundle():
        return [sys.executable]
    return [sys.executable, "-P", "-m", "ccr_desktop"]


def is_bundle() -> bool:
    """Whether it brings its own interpreter and libraries along."""
    return bool(getattr(sys, "frozen", False))
