"""`ccr gui`: the same as `ccr ui`, as `ccr-desktop gui` reads better."""

from ccr_desktop.cli.ui import run

__all__ = ["run"]
