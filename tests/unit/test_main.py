"""How the process of a command ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.process import clean_environment

PACKAGE_PARENT = Path(__file__).parents[2]
LEFT_BEHIND = """\
import atexit
import sys
import threading
import time

from cryptography.hazmat.primitives.hashes import SHA256, Hash

from ccr_desktop import __main__ as begin


class Endless(SHA256):
    @property
    def name(self):
        inside.release()
        while True:
            time.sleep(0.0001)


def last():
    threading.main_thread().join()
    print("waited for")


inside = threading.Semaphore(0)
for _ in range(4):
    threading.Thread(target=Hash, args=(Endless(),), daemon=True).start()
    inside.acquire()
atexit.register(print, "at exit")
threading.Thread(target=last).start()
sys.exit(getattr(begin, sys.argv.pop(1))())
"""


@pytest.mark.parametrize("name", ["ccr", "ccr_desktop"])
@pytest.mark.parametrize(("command", "code"), [("--version", 0), ("nothing", 2)])
def test_threads_inside_a_library_are_left_behind_without_a_crash(
    name: str, command: str, code: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEFT_BEHIND, name, command],
        env=clean_environment(tmp_path, {"PYTHONPATH": os.fspath(PACKAGE_PARENT)}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == code, done.stderr
    assert done.stdout.splitlines()[-2:] == ["waited for", "at exit"]
