"""What another program prints, when it is asked something and may not be well."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from ccr_desktop.core.daemons import finished

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_BYTES = 64 * 1024


def output_of(command: Sequence[str], environment: Mapping[str, str], limit_s: float) -> str:
    """Its standard output until then; empty when it can't be started.

    It is ended with all that it started once it prints more than fits or takes too long.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  # programs of the user's own
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return ""
    said = bytearray()
    with contextlib.suppress(TimeoutError):
        finished(lambda: _listen(process, said), limit_s)
    _end(process)
    return said.decode("utf-8", "replace")


def _listen(process: subprocess.Popen[bytes], said: bytearray) -> None:
    """Returns at the end of the output; whoever inherited it may hold it open for long."""
    assert process.stdout is not None  # noqa: S101  # it is a pipe
    with process.stdout as output:
        while len(said) < _MOST_BYTES and (chunk := os.read(output.fileno(), 4096)):
            said.extend(chunk)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
