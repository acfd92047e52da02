"""`python -m ccr_desktop` is the `ccr` command; both names of it begin and end here.

The status line is drawn several times a second: it goes its own way before anything else loads.
"""

import os
import sys
from contextlib import suppress


def ccr() -> int:
    """The command as claude-code-router's users type it."""
    if sys.argv[1:2] == ["statusline"]:
        return _statusline()
    from ccr_desktop.cli import main  # noqa: PLC0415  # all other commands

    return _ended(main.ccr())


def ccr_desktop() -> int:
    """The same; without arguments it opens the desktop app."""
    if sys.argv[1:2] == ["statusline"]:
        return _statusline()
    from ccr_desktop.cli import main  # noqa: PLC0415  # all other commands

    return _ended(main.ccr_desktop())


def _statusline() -> int:
    from ccr_desktop.cli.statusline import run  # noqa: PLC0415  # loads nothing that takes time

    return run(sys.argv[2:])


def _ended(code: int) -> int:
    """*code*; where threads are left behind the process ends with it here, in order.

    Else they would run while the interpreter takes itself apart. It ends each that wakes up then,
    and where that one is inside a library written in Rust or C++ the process crashes.
    """
    import atexit  # noqa: PLC0415  # not for the status line
    import threading  # noqa: PLC0415

    if any(thread.daemon for thread in threading.enumerate()):
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001  # waits for the others
        atexit._run_exitfuncs()  # noqa: SLF001
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(ccr())
