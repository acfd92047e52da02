"""What all commands share, run as users run them."""

import os
import subprocess

import pytest

from tests.e2e.desk import LIMIT_S, Desk, posix_only


@posix_only
@pytest.mark.parametrize("arguments", ["--help", "ask hello"])
def test_a_reader_that_leaves_early_gets_no_complaint(desk: Desk, arguments: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            desk.command(*arguments.split()),
            cwd=desk.home,
            env=desk.environment,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
        )
    finally:
        os.close(writer)

    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
