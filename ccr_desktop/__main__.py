"""`python -m ccr_desktop` is the `ccr` command; both names of it begin here.

The status line is drawn several times a second: it goes its own way before anything else loads.
"""

import sys


def ccr() -> int:
    """The command as claude-code-router's users type it."""
    if sys.argv[1:2] == ["statusline"]:
        return _statusline()
    from ccr_desktop.cli import main  # noqa: PLC0415  # all other commands

    return main.ccr()


def ccr_desktop() -> int:
    """The same; without arguments it opens the desktop app."""
    if sys.argv[1:2] == ["statusline"]:
        return _statusline()
    from ccr_desktop.cli import main  # noqa: PLC0415  # all other commands

    return main.ccr_desktop()


def _statusline() -> int:
    from ccr_desktop.cli.statusline import run  # noqa: PLC0415  # loads nothing that takes time

    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(ccr())
