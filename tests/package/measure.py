"""Measure the bundle beside the installation that runs this.

    python -m tests.package.measure

First what is downloaded and what it takes on the disk, of either. Then they take turns on one
desktop: from the start of the process to the icon in the tray, with their files read from the disk
(cold) and from memory (warm), and the memory once they idle.
"""

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psutil

from tests.desktop.session import ROOT, Desktop
from tests.package.built_package import BUILT, FOLDER, WINDOWED
from tests.support.ports import free_port

RUNS = 3
IDLE_S = 4
BUNDLE, SOURCE = "bundle", "source"
COMMANDS = {
    BUNDLE: [str(WINDOWED), "ui", "--hidden"],
    SOURCE: [sys.executable, "-P", "-m", "ccr_desktop", "ui", "--hidden"],
}
FILES = {
    BUNDLE: [FOLDER],
    SOURCE: [ROOT / "ccr_desktop", ROOT / "resources", Path(sysconfig.get_path("purelib"))],
}


def size_of(folder: Path) -> float:
    """In megabytes; one file may have two names."""
    files = {file.lstat().st_ino: file.lstat().st_size for file in folder.rglob("*")}
    return sum(files.values()) / 1e6


def fetched_by_pip() -> tuple[float, float]:
    """Megabytes that pip downloads for the app with its window, and that lie on the disk then."""
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    with tempfile.TemporaryDirectory() as name:
        wheels, installed = Path(name, "wheels"), Path(name, "installed")
        subprocess.run([*pip, "wheel", "--wheel-dir", wheels, f"{ROOT}[desktop]"], check=True)
        there = ("--no-index", "--find-links", wheels, "--target", installed)
        subprocess.run([*pip, "install", *there, "ccr-desktop[desktop]"], check=True)
        return size_of(wheels), size_of(installed)


def forget(folders: list[Path]) -> None:
    """Have the system read these files from the disk the next time."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink():
                descriptor = os.open(file, os.O_RDONLY)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(descriptor)


def one_start(kind: str) -> tuple[float, float, float]:
    """Seconds to the tray, and megabytes of memory (resident, proportional)."""
    with Desktop() as desktop:
        desktop.start_trayer()
        began = time.monotonic()
        port = {"SERVICE_PORT": str(free_port())}
        app = desktop.start(*COMMANDS[kind], environment=port)
        desktop.screen.tray_icon()
        took = time.monotonic() - began
        time.sleep(IDLE_S)
        memory = psutil.Process(app.process.pid).memory_full_info()
        app.end()
        return took, memory.rss / 1e6, memory.pss / 1e6


def main() -> None:
    downloaded, installed = fetched_by_pip()
    print(f"{BUNDLE} unpacked {size_of(FOLDER):.0f} MB")
    print(f"{SOURCE} unpacked {installed:.0f} MB, downloaded {downloaded:.1f} MB")
    for package in sorted(file for file in BUILT.iterdir() if file.is_file()):
        print(f"{package.name} {package.stat().st_size / 1e6:.1f} MB")
    for kind in COMMANDS:
        forget(FILES[kind])
        print(f"{kind} cold {one_start(kind)[0]:.2f} s")
    found: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in COMMANDS}
    for _ in range(RUNS):
        for kind, results in found.items():
            results.append(one_start(kind))
    for kind, results in found.items():
        seconds, resident, proportional = zip(*results, strict=True)
        memory = f"{statistics.median(resident):.0f} MB (PSS {statistics.median(proportional):.0f})"
        print(f"{kind} warm {min(seconds):.2f} to {max(seconds):.2f} s, idle {memory}")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
