"""A command on a terminal of its own, as when a person sits there: typed to, and read."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

LIMIT_S = 90
# A session's leader has to ask for its terminal, which Popen can't do safely.
_TAKE_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what runs in the background
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


class Typing:
    """A context manager; the command is ended with it. POSIX only."""

    def __init__(self, command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> None:
        self._screen, line = os.openpty()
        self.shown = ""
        """Everything that was on the terminal so far."""
        self._seen = 0
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _TAKE_TERMINAL, *command],
                cwd=cwd,
                env={"TERM": "xterm-256color", **env},
                stdin=line,
                stdout=line,
                stderr=line,
                start_new_session=True,
            )
        finally:
            os.close(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._screen)
        self._process.kill()
        self._process.wait()

    def expect(self, text: str) -> str:
        """Wait until *text* is shown, after what was expected before; what came until then."""
        until = time.monotonic() + LIMIT_S
        while (found := self.shown.find(text, self._seen)) < 0:
            if time.monotonic() > until or not self._read():
                raise AssertionError(f"{text!r} was not shown:\n{self.shown[self._seen :]}")
        before, self._seen = self.shown[self._seen : found], found + len(text)
        return before

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def answer(self, question: str, text: str) -> None:
        """Type a line once *question* is shown."""
        self.expect(question)
        self.type(f"{text}\n")

    def finish(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        return self._process.wait(LIMIT_S)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], 1.0)
        if not ready:
            return self._process.poll() is None
        try:
            data = os.read(self._screen, 65536)
        except OSError:  # the other side is closed
            return False
        self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
