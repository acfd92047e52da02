"""A stand-in for the bundle, small enough to be packed by every test, and how it is packed."""

import os
import subprocess
import sys
from pathlib import Path

from tests.installers.judges import INSTALLERS

LINUX = INSTALLERS / "linux"
ID = "io.github.ccr_desktop"
_QUICK = """#!/bin/sh
# In place of the interpreter that prints manual pages and draws icons.
case $1 in
    */icons.py)
        for name in 48x48/apps/ccr-desktop.png 256x256/apps/ccr-desktop.png \\
            scalable/apps/ccr-desktop.svg symbolic/apps/ccr-desktop-symbolic.svg; do
            mkdir -p "$2/hicolor/${name%/*}"
            echo drawn >"$2/hicolor/$name"
        done ;;
    *) echo "$1 of $2" ;;
esac
"""
_PROGRAM = """#!/bin/sh
case $1 in
    --version) echo "ccr-desktop {version}" ;;
    completion) {completion} ;;
    *) echo "$(basename "$0") $*" >>"$HOME/asked" ;;
esac
"""


def stand_in(folder: Path, version: str = "0.1.0", *, is_real: bool = False) -> Path:
    """A folder like that of PyInstaller, of a program that notes what it was asked in HOME/asked.

    One that is real prints the completions that the app prints, which takes a second each.
    """
    licenses = folder / "_internal" / "licenses"
    licenses.mkdir(parents=True)
    (licenses / "LICENSE").write_text("MIT License\n\nPermission is granted.\n", encoding="utf-8")
    own = f'exec {sys.executable} -m ccr_desktop completion "$2"'
    program = folder / "ccr-desktop"
    text = _PROGRAM.format(version=version, completion=own if is_real else 'echo "$2"')
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    (folder / "ccr").hardlink_to(program)
    return folder


def built(script: str, bundle: Path, folder: Path, *, is_real: bool = False, **extra: str) -> Path:
    """What a script of `installers/linux` makes of a bundle, quickly.

    What is real has the manual pages and icons of the app.
    """
    folder.mkdir(parents=True, exist_ok=True)
    quick = folder / "quick"
    quick.write_text(_QUICK, encoding="utf-8")
    quick.chmod(0o755)
    python = sys.executable if is_real else str(quick)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHON": python}
    done = subprocess.run(
        ["sh", LINUX / script, bundle, folder],
        env={**environment, "COMPRESSION": "quick", **extra},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(done.stdout.splitlines()[-1])
