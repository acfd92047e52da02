"""A Debian without anything but the package manager, in a folder."""

import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

MIRROR = "http://deb.debian.org/debian"
RELEASE = "bookworm"


class BareTree:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        command = ["debootstrap", "--variant=minbase", RELEASE, str(self._folder), MIRROR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._folder)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command inside, with nothing of the environment outside."""
        variables = ["HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]
        inside = ["chroot", str(self._folder), "env", "-i", *variables]
        quiet = "DEBIAN_FRONTEND=noninteractive"
        return subprocess.run(
            [*inside, quiet, *command], capture_output=True, text=True, check=False
        )

    def install(self, package: Path) -> None:
        """With what it depends on, and nothing that it only recommends."""
        shutil.copy(package, self._folder / package.name)
        words = ("install", "-y", "--no-install-recommends", f"/{package.name}")
        done = self.run("apt-get", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        (self._folder / package.name).unlink()

    def files(self) -> set[str]:
        """All paths, as seen from inside."""
        return {f"/{path.relative_to(self._folder)}" for path in self._folder.rglob("*")}
