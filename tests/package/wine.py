"""Windows as far as Wine goes: a prefix of its own, with neither screen nor network of ours."""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

WINE = Path("/usr/lib/wine/wine64")
SERVER = Path("/usr/lib/wine/wineserver64")
USER = "HKCU\\"
MACHINE = "HKLM\\"
_VALUE = re.compile(r"^ {4}(.+?) {4}REG_\w+ {4}(.*)$", re.MULTILINE)


class Wine:
    """Makes the prefix; ends all that runs in it when it is left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.drive = folder / "prefix" / "drive_c"
        self.user = "tester"
        self.home = self.drive / "users" / self.user
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "USER": self.user,
            "LOGNAME": self.user,
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }

    def __enter__(self) -> Self:
        self._done(SERVER, "--persistent")  # it would end and start again after each program
        self._done(WINE, "wineboot", "--init")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done(SERVER, "--kill")

    def run(self, program: Path, *arguments: str, **variables: str) -> int:
        """The exit code."""
        return self._done(WINE, program, *arguments, **variables).returncode

    def start(self, program: Path, *arguments: str, **variables: str) -> "subprocess.Popen[str]":
        """It runs until it wants to end, or until the prefix is left."""
        return subprocess.Popen(
            [WINE, program, *arguments],
            env=self._environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def values(self, key: str) -> dict[str, str] | None:
        """Of a key in the registry; None where there is none."""
        done = self._done(WINE, "reg", "query", key)
        return None if done.returncode else dict(_VALUE.findall(done.stdout.replace("\r", "")))

    def set_value(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        words = ("/v", name, "/t", kind, "/d", value, "/f")
        assert self._done(WINE, "reg", "add", key, *words).returncode == 0

    def subkeys(self, key: str) -> set[str]:
        """Their names."""
        done = self._done(WINE, "reg", "query", key)
        lines = done.stdout.replace("\r", "").splitlines()
        return {line.rpartition("\\")[2] for line in lines if line.count("\\") > key.count("\\")}

    def settled(self) -> bool:
        """Whether no installer or uninstaller runs any more."""
        return not re.search(
            r"~nsu|un_?\.exe|setup\.exe", self._done(WINE, "tasklist").stdout, re.I
        )

    def _done(self, *command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """What is said goes to a file: Wine's services inherit a pipe, which would not end."""
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            done = subprocess.run(
                command,
                env=self._environment | variables,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.DEVNULL,
                timeout=300,
                check=False,
            )
            said.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, said.read(), "")
