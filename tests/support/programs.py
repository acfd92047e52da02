"""Programs that tests need of the system: they may miss on a developer's machine, not in CI."""

import os
import shutil
import sys
from typing import NoReturn

import pytest

_DAEMONS = ("/usr/sbin", "/sbin")
"""Where programs lie that are not on the path of plain users."""


def need(*programs: str) -> str:
    """The path of the first; without one of them the test is left out, or fails in CI on Linux."""
    path = os.pathsep.join((os.environ["PATH"], *_DAEMONS))
    found = [shutil.which(program, path=path) for program in programs]
    if missing := [name for name, path in zip(programs, found, strict=True) if not path]:
        leave_out(
            f"scripts/system-packages.sh installs what is missing: {', '.join(missing)}",
            is_fatal=sys.platform == "linux",
        )
    return str(found[0])


def leave_out(reason: str, *, is_fatal: bool = True) -> NoReturn:
    """Skip the test; fail where tests are the judge."""
    if is_fatal and os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
