"""`ccr gui`: the same as `ccr ui`, as `ccr-desktop gui` reads better."""

from ccr_desktop.cli import ui


def run(arguments: list[str]) -> int:
    return ui.run(arguments, "gui")
