"""Who reads what a start that fails says, by what it was started with."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
ASKS = "import sys; from ccr_desktop.desktop.heard import is_heard; sys.exit(10 + is_heard())"
HEARD, UNHEARD = 11, 10


def started(errors: int, at: Callable[[], object] | None = None) -> int:
    """What a process finds of which these are the errors; *at* puts it at a terminal."""
    return subprocess.run(
        [sys.executable, "-c", ASKS],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        preexec_fn=at,
        start_new_session=at is None,
        timeout=60,
        check=False,
    ).returncode


def test_a_program_reads_what_goes_into_its_pipe() -> None:
    assert started(subprocess.PIPE) == HEARD


def test_nobody_reads_what_goes_nowhere_or_to_the_log_of_a_session(tmp_path: Path) -> None:
    assert started(subprocess.DEVNULL) == UNHEARD
    with (tmp_path / ".xsession-errors").open("wb") as log:
        assert started(log.fileno()) == UNHEARD


def test_a_person_reads_at_a_terminal_also_where_errors_go_to_a_file(tmp_path: Path) -> None:
    controller, terminal = os.openpty()
    try:
        assert started(terminal, lambda: os.login_tty(os.dup(terminal))) == HEARD
        with (tmp_path / "errors").open("wb") as log:

            def redirected() -> None:
                os.login_tty(os.dup(terminal))
                os.dup2(log.fileno(), 2)

            assert started(log.fileno(), redirected) == HEARD
    finally:
        os.close(controller)
        os.close(terminal)


def test_a_console_in_the_background_of_a_desktop_is_read_by_nobody() -> None:
    """As with `startx`: the menu's programs have the console, but in a session of their own."""
    controller, terminal = os.openpty()
    try:
        assert started(terminal) == UNHEARD
    finally:
        os.close(controller)
        os.close(terminal)
