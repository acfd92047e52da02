"""List what the app with its window brings along on this system, as CycloneDX.

    python -m scripts.sbom FILE

It is installed into an environment of its own, without what builds and tests it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

TOOL = "cyclonedx-bom==7.5.0"
ROOT = Path(__file__).parents[1]
_BIN = "Scripts" if sys.platform == "win32" else "bin"


def write_sbom(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tools, installed = Path(folder, "tools"), Path(folder, "installed")
        _make(tools, TOOL)
        _make(installed, f"{ROOT}[desktop]")
        # What users get, without pip itself.
        _pip(installed, "uninstall", "--yes", "setuptools", "pip")
        file.parent.mkdir(parents=True, exist_ok=True)
        command = [tools / _BIN / "cyclonedx-py", "environment", "--output-reproducible"]
        described = ["--pyproject", ROOT / "pyproject.toml", "--output-file", file]
        _run(*command, *described, installed / _BIN / "python")


def _make(folder: Path, requirement: str) -> None:
    venv.create(folder, with_pip=True)
    _pip(folder, "install", requirement)


def _pip(folder: Path, *words: str) -> None:
    _run(folder / _BIN / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", *words)


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True)  # noqa: S603  # named above


if __name__ == "__main__":
    write_sbom(Path(sys.argv[1]))
