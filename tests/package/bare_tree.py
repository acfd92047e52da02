"""A Debian without anything but the package manager, in a folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.desktop.session import Desktop

MIRROR = "http://deb.debian.org/debian"
RELEASE = "bookworm"
# What every desktop has, and the packages name: for those that another package manager brings.
LIBRARIES = (
    *("ca-certificates", "fontconfig-config", "libegl1", "libgl1", "libwayland-client0"),
    *("libwayland-cursor0", "libwayland-egl1", "libxcb1"),
)
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
# What is mounted is seen only by what runs in the tree, and gone with the last of it.
_HOLD = """
mount -t proc proc "$1/proc"
mount --bind /dev "$1/dev"
echo ready
exec sleep infinity
"""
_SHOW = """
mkdir -p "$1$2" "$1/tmp/.X11-unix"
mount --bind "$2" "$1$2"
mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"
"""


def need_root() -> None:
    if sys.platform != "linux" or os.getuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("only root can make a bare system, with debootstrap")


class BareTree:
    """Entered, it can be run in, with the folders that a system mounts; then it goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = 0
        """Who runs what is run in it."""
        self.search_path = _PATH
        self._holder: subprocess.Popen[str] | None = None

    def make(self) -> None:
        command = ["debootstrap", "--variant=minbase", RELEASE, str(self.folder), MIRROR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def copy(self, folder: Path) -> "BareTree":
        subprocess.run(["cp", "-a", "--reflink=auto", self.folder, folder], check=True)
        return BareTree(folder)

    def __enter__(self) -> Self:
        hold = ["unshare", "--mount", "sh", "-euc", _HOLD, "sh", str(self.folder)]
        self._holder = subprocess.Popen(hold, stdout=subprocess.PIPE, text=True)
        assert self._holder.stdout
        assert self._holder.stdout.readline() == "ready\n"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._holder
        with self._holder:
            self._holder.terminate()
        subprocess.run(["rm", "-rf", "--one-file-system", self.folder], check=True)

    def _inside(self) -> list[str]:
        assert self._holder
        return ["nsenter", f"--mount=/proc/{self._holder.pid}/ns/mnt"]

    def show(self, desktop: Desktop) -> None:
        """Let what runs inside see a desktop, at the place it has outside."""
        words = ["sh", "-euc", _SHOW, "sh", str(self.folder), str(desktop.folder)]
        subprocess.run([*self._inside(), *words], check=True)

    def entering(self, *command: str | Path) -> list[str]:
        """The command that runs another one inside, with the environment it is given."""
        chroot = ["chroot", f"--userspec={self.user}:{self.user}", str(self.folder)]
        own = ["env", f"PATH={self.search_path}"]
        return [*self._inside(), *chroot, *own, *map(str, command)]

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """A command inside, with nothing of the environment outside."""
        home = "/root" if self.user == 0 else "/home/me"
        variables = {"HOME": home, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(
            self.entering(*command),
            env={"PATH": os.environ["PATH"], **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, *command: str | Path) -> str:
        """The same, of what has to succeed; what it printed."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, *packages: str | Path) -> None:
        """Those of Debian by name, and files, with what they need and nothing they recommend."""
        names = []
        for package in packages:
            if isinstance(package, Path):
                shutil.copy(package, self.folder / "tmp")
                names.append(f"/tmp/{package.name}")
            else:
                names.append(package)
        self.done("apt-get", "install", "-y", "--no-install-recommends", *names)
        for name in names:
            (self.folder / name.lstrip("/")).unlink(missing_ok=True)

    def files(self) -> set[str]:
        """All paths, as seen from inside."""
        return {f"/{path.relative_to(self.folder)}" for path in self.folder.rglob("*")}
