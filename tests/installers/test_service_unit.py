"""The systemd unit: what systemd says of it, and that its codes are those of `ccr serve`."""

import configparser
import os
import shlex
import subprocess
import sys
from pathlib import Path

from tests.e2e.desk import Desk
from tests.installers.judges import INSTALLERS, linux_only
from tests.support.programs import need

pytestmark = linux_only
UNIT = INSTALLERS / "linux" / "ccr-desktop.service"


def service() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]  # systemd's names have capitals
    parser.read(UNIT, encoding="utf-8")
    return parser["Service"]


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = tmp_path / ".local" / "bin" / "ccr"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.prefix) / "bin" / "ccr")
    done = subprocess.run(
        [need("systemd-analyze"), "--user", "verify", "--man=no", UNIT],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "ccr-desktop" in done.stderr) == (0, False), done.stderr


def test_a_start_that_can_only_fail_again_is_not_repeated(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    command = shlex.split(service()["ExecStart"])[1:]
    final = service()["RestartPreventExitStatus"].split()

    desk.write_config("{}")
    with desk.serving():
        taken = desk.ccr(*command).returncode
    desk.write_config("{")
    broken = desk.ccr(*command).returncode

    assert [str(broken), str(taken)] == final == ["2", "3"]
