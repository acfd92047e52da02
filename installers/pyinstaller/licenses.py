"""The licences of everything that a bundle brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_HEADER = """\
CCR Desktop is under the MIT licence, which is in the file LICENSE beside this one. It brings along:
"""
_QT = """
PySide6, Shiboken and Qt are used under the GNU Lesser General Public License, version 3
(https://www.gnu.org/licenses/lgpl-3.0.html). Their libraries lie as files of their own in
PySide6/Qt/lib and PySide6/Qt/plugins, where they may be replaced by other builds of the same
version; their sources are at https://download.qt.io/official_releases/QtForPython/ and
https://download.qt.io/official_releases/qt/.
"""


def needed(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """A distribution and all that it needs here, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        wanted, with_extras = waiting.pop()
        try:
            one = distribution(wanted)
        except PackageNotFoundError:
            continue  # for another system or another Python
        if one.name in found and not with_extras:
            continue
        found[one.name] = one
        for line in one.requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if not marker or any(marker.evaluate({"extra": e}) for e in ("", *with_extras)):
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return dict(sorted(found.items(), key=lambda item: item[0].casefold()))


def license_files(found: dict[str, Distribution]) -> Iterator[tuple[str, str]]:
    """PyInstaller's (source, folder) of each file with a licence in it."""
    for name, one in found.items():
        for file in one.files or ():
            if ".dist-info" in file.parts[0] and _FILE.search(file.name):
                yield str(one.locate_file(file)), f"licenses/{name}"


def notice(found: dict[str, Distribution]) -> str:
    """The list of what is there, with versions and licences."""
    lines = [f"- {name} {one.version}: {_license(one)}" for name, one in found.items()]
    return "\n".join([_HEADER, *lines, _QT])


def _license(one: Distribution) -> str:
    meta = one.metadata
    named = meta.get("License-Expression") or meta.get("License") or ""
    if named and "\n" not in named:
        return str(named)
    marks = [text for text in meta.get_all("Classifier") or () if text.startswith("License ::")]
    return ", ".join(text.rpartition(" :: ")[2] for text in marks) or "see its folder here"


def write_notice(folder: Path, found: dict[str, Distribution]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "NOTICE.txt"
    file.write_text(notice(found), encoding="utf-8")
    return file
