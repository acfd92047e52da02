"""Our own folders and files: whether they can be written, have room, and are private."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine
from ccr_desktop.doctor.words import Words, say
from ccr_desktop.errors import CcrError
from ccr_desktop.launch import normal_claude

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LITTLE_BYTES, _SCARCE_BYTES = 100 * 2**20, 500 * 2**20
_PRIVATE = 0o600
_WITH_KEYS = ("run/*.json", "protected-keys/*", "config-versions/**/*")
_OTHERS = 0o077


def own_folders() -> dict[str, Path]:
    return {
        "settings": paths.config_dir(),
        "data": paths.data_dir(),
        "logs": paths.log_dir(),
        "cache": paths.cache_dir(),
    }


async def _writable(_around: Around) -> Finding:
    folders = own_folders()
    problems = await beside(lambda: {f: p for f in folders.values() if (p := _problem(f))})
    if not problems:
        return fine(say("All of them can be written."), *(f"{n}: {f}" for n, f in folders.items()))
    (folder, problem), *rest = problems.items()
    others = dict(rest)
    mendable = [each for each, problem in problems.items() if _can_be_mended(each, problem)]
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("{folder} can't be written: {problem}.", folder=str(folder), problem=why(problem)),
        side=Side.COMPUTER,
        remedy=say("{way_out}", way_out=paths.way_out(problem)),
        details=tuple(f"{each}: {why(problem)}" for each, problem in others.items()),
        repair=Repair(say("Allow it"), lambda: _allowed(mendable)) if mendable else None,
        page="settings/files",
    )


def _problem(folder: Path) -> OSError | None:
    """Why nothing can be written there; None: it can. What is not there yet is not made."""
    place = next(each for each in (folder, *folder.parents) if paths.is_there(each))
    try:
        with tempfile.TemporaryFile(dir=place):
            return None
    except OSError as exc:
        return exc


def _can_be_mended(folder: Path, problem: OSError) -> bool:
    """Whether it is a right of our own that is missing: no mode makes room on a disk."""
    if not hasattr(os, "getuid") or problem.errno != errno.EACCES or not paths.is_folder(folder):
        return False
    found = folder.stat()
    return found.st_uid == os.getuid() and found.st_mode & stat.S_IRWXU != stat.S_IRWXU


async def _allowed(folders: list[Path]) -> Words:
    await beside(lambda: _give_mode(stat.S_IRWXU, folders))
    return say("You can write there again.")


async def _room(_around: Around) -> Finding:
    places = await beside(lambda: {folder: _free(folder) for folder in own_folders().values()})
    folder, free = min(places.items(), key=lambda item: item[1])
    logs = await beside(lambda: _size(paths.log_dir()))
    room = say("{free} are free, the logs take {logs}.", free=_shown(free), logs=_shown(logs))
    if free >= _SCARCE_BYTES:
        return fine(room)
    return Finding(
        verdict=Verdict.PROBLEM if free < _LITTLE_BYTES else Verdict.WARNING,
        text=say("Only {free} are free for {folder}.", free=_shown(free), folder=str(folder)),
        side=Side.COMPUTER,
        remedy=say("Make room on that disk: settings are not saved when it is full."),
        page="settings/files",
    )


def _free(folder: Path) -> int:
    place = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(place).free


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*") if path.is_file())


def _shown(size: float) -> str:
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"


async def _private(around: Around) -> Finding:
    if sys.platform == "win32":
        return fine(say("Windows keeps them to your account."))
    open_files = await beside(lambda: [p for p in _own_files(around) if _is_open(p)])
    if not open_files:
        return fine(say("Only you can read them."))
    holds_keys = any(_may_hold_keys(path, around) for path in open_files)
    return Finding(
        verdict=Verdict.PROBLEM if holds_keys else Verdict.WARNING,
        text=say(
            "Others on this computer can read {count} of the router's files: {file}.",
            count=len(open_files),
            file=str(open_files[0]),
        ),
        side=Side.COMPUTER,
        remedy=say("Make them private: mode 0600."),
        details=tuple(map(str, open_files)),
        repair=Repair(say("Make them private"), lambda: _made_private(open_files)),
        page="settings/files",
    )


def _own_files(around: Around) -> Iterator[Path]:
    """What we wrote, and the settings files that are ours to write, or have our key."""
    if paths.is_file(around.store.save_path):
        yield around.store.save_path
    if with_key := normal_claude.file_with_key(around.config):
        yield with_key
    for folder, pattern in _places():
        yield from (path for path in sorted(folder.glob(pattern)) if path.is_file())


def _places() -> tuple[tuple[Path, str], ...]:
    data = paths.data_dir()
    return *((data, pattern) for pattern in _WITH_KEYS), (paths.log_dir(), "*.log")


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False


def _may_hold_keys(path: Path, around: Around) -> bool:
    if path == around.store.save_path:
        is_unknown = bool(around.store.problems)
        return is_unknown or any(True for _ in find_secrets(dict(around.config.raw)))
    return paths.log_dir() not in path.parents


async def _made_private(files: list[Path]) -> Words:
    await beside(lambda: _give_mode(_PRIVATE, files))
    return say("Only you can read them now.")


def _give_mode(mode: int, places: Iterable[Path]) -> None:
    """To all of them that are still there; raises what one refused when all are done."""
    refused: list[OSError] = []
    for place in places:
        try:
            place.chmod(mode)
        except FileNotFoundError:
            continue
        except OSError as exc:
            refused.append(exc)
    if refused:
        first = refused[0]
        raise CcrError(f"{first.filename} stays as it is", f"{why(first)}.") from first


CHECKS = (
    Check("folders", say("Folders of the router"), _writable),
    Check("disk", say("Room on the disk"), _room),
    Check("permissions", say("Private files"), _private),
)
