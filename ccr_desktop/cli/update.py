"""`ccr update`: whether there is a newer version, and the way to it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop import __version__, paths
from ccr_desktop.cli.options import open_store, parser
from ccr_desktop.cli.output import print_json
from ccr_desktop.cli.prompts import ask_yes, is_interactive, say
from ccr_desktop.core.updates import signing
from ccr_desktop.core.updates.download import NOT_PINNED, Downloads, latest_release
from ccr_desktop.core.updates.handing import check_place, hand_over
from ccr_desktop.core.updates.installation import Installation, Method, find_installation
from ccr_desktop.core.updates.versions import is_newer
from ccr_desktop.core.updates.ways import way_of
from ccr_desktop.errors import ClientError, UpdateError
from ccr_desktop.running_app import ask_running

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.updates.download import Fetched
    from ccr_desktop.core.updates.release import Release
    from ccr_desktop.core.updates.ways import Way

_EXAMPLES = """\
  ccr update                         what is new, and install it after a question
  ccr update --check                 what is new; nothing is installed
  ccr update --yes                   install it without a question
  ccr update --download ~/Downloads  fetch and verify it; nothing is installed
  ccr update --check --json          for a program that watches versions"""


def run(arguments: list[str]) -> int:
    options = parser("update", "Tell whether there is a newer version, and install it.", _EXAMPLES)
    options.add_argument("--check", action="store_true", help="only tell")
    options.add_argument("--yes", action="store_true", help="do not ask")
    options.add_argument(
        "--download", metavar="FOLDER", help="fetch and verify it there, and install nothing"
    )
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args(arguments)
    if chosen.download == "":
        raise ClientError("--download needs a folder", "Its name is empty; nothing was done.")
    config = open_store(
        chosen, tolerant=True, reads_keys=True
    ).config  # a new version may be what mends it
    if sys.stderr.isatty() and (host := urlsplit(config.desktop.update_source).hostname):
        say(f"Asking {host} …")
    release = asyncio.run(latest_release(config))
    installation = find_installation()
    way = way_of(installation)
    told = _Told(release, way, installation, as_json=chosen.json)
    if chosen.check or not told.is_newer:
        told.tell()
        return 0
    if not way.fetches:
        if chosen.download:
            hint = f"Its own manager fetches it: {way.command}"
            raise ClientError("This installation needs no file", hint)
        told.tell()
        return 0
    told.tell_notes()
    return _install(chosen, config, told)


class _Told:
    """What is printed, by and by for people, at the end as a whole for programs."""

    def __init__(
        self, release: Release, way: Way, installation: Installation, *, as_json: bool
    ) -> None:
        self.release = release
        self.way = way
        self.installation = installation
        self.is_newer = is_newer(release.version, __version__)
        self._as_json = as_json

    def tell(self, fetched: Fetched | None = None, *, is_handed_over: bool = False) -> None:
        if self._as_json:
            print_json(self._json(fetched, is_handed_over=is_handed_over))
        elif fetched is None:
            self.tell_notes()
            self._tell_way()
        elif is_handed_over:
            print(self._handed_over(fetched))
        else:
            print(f"Verified: {fetched.path}")
            if self.way.command:
                print(f"Install it with: {self.way.command_for(fetched.path)}")

    def tell_notes(self) -> None:
        if self._as_json:
            return
        if not self.is_newer:
            print(f"Version {__version__} is the newest.")
            return
        print(f"Version {self.release.version} is there; this is {__version__}.\n")
        if notes := printable(self.release.notes).strip():
            print(f"{notes}\n")
        if self.release.page:
            print(printable(self.release.page))

    def _tell_way(self) -> None:
        if not self.is_newer:
            return
        if not self.way.fetches:
            print(f"Install it with: {self.way.command}")
        elif signing.pinned_keys():
            print("`ccr update` installs it.")
        else:
            print(NOT_PINNED)

    def _handed_over(self, fetched: Fetched) -> str:
        match self.installation:
            case Installation(method=Method.APPIMAGE, place=None):
                return f"Verified: {fetched.path}\nIt needs no installer: start it from there."
            case Installation(method=Method.APPIMAGE, place=place):
                return f"Version {fetched.version} took the place of this one: {place}"
            case Installation(method=Method.DMG):
                return f"{fetched.path.name} was opened: drag CCR Desktop into Applications."
            case _:
                return f"The installer of version {fetched.version} was started."

    def _json(self, fetched: Fetched | None, *, is_handed_over: bool) -> dict[str, Any]:
        command = self.way.command_for(fetched.path) if fetched else self.way.command
        is_image = self.installation.method is Method.APPIMAGE
        is_in_place = is_handed_over and is_image and self.installation.place is not None
        return {
            "version": __version__,
            "latest": self.release.version,
            "newer": self.is_newer,
            "notes": self.release.notes,
            "page": self.release.page,
            "method": self.installation.method.value,
            "command": command or None,
            "file": str(fetched.path) if fetched else None,
            "started": is_handed_over and not is_image,
            "installed": is_in_place,
        }


def _install(chosen: argparse.Namespace, config: Config, told: _Told) -> int:
    keys = signing.pinned_keys()
    if not keys:
        raise UpdateError("The new version can't be downloaded from here", NOT_PINNED)
    is_started_here = told.way.kind == "installer" and not chosen.download
    if is_started_here and ask_running(["--hidden"], Path.cwd()) is not None:
        hint = "Install it from there, or quit it first: `ccr ui --quit`."
        raise UpdateError("The desktop app is running", hint)
    if is_started_here:
        check_place(told.installation)
    if not _is_agreed(chosen, told):
        return 1
    into = paths.expanded(chosen.download) if chosen.download else None
    downloads = Downloads(config, keys, into)
    fetched = asyncio.run(downloads.fetch(told.release, told.way.ending, _shown_progress()))
    if is_started_here:
        _started.append(hand_over(fetched, told.installation, starts_app=False))
    told.tell(fetched, is_handed_over=is_started_here)
    return 0


_started: list[object] = []
"""Installers run on; nobody waits for them."""


def _is_agreed(chosen: argparse.Namespace, told: _Told) -> bool:
    if chosen.yes or chosen.download:
        return True
    if not is_interactive():
        raise ClientError("Nobody can be asked here", "`ccr update --yes` installs it.")
    verb = "Install" if told.way.kind == "installer" else "Download"
    return ask_yes(f"{verb} version {told.release.version}?")


def _shown_progress() -> Any:
    """On a terminal, a line that counts."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        share = f"{100 * done // total:>3} %" if total else f"{done // 2**20} MiB"
        print(f"\r{share}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    say("Downloading …")
    return show


def printable(text: str) -> str:
    """What others wrote, without what would steer the terminal."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
