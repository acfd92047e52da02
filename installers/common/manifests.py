"""What package managers are told of a release: winget's manifests and the Homebrew cask.

    python installers/common/manifests.py RELEASE FOLDER

reads the installers in RELEASE, for their checksums, and writes the files into FOLDER. They go to
https://github.com/microsoft/winget-pkgs and to a tap once the release is public.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from string import Template

INSTALLERS = Path(__file__).parents[1]
REPOSITORY = "https://github.com/ccr-desktop/ccr-desktop"
TEMPLATES = (
    *sorted((INSTALLERS / "windows" / "winget").glob("*.yaml.in")),
    INSTALLERS / "macos" / "ccr-desktop.rb.in",
)
_NAME = re.compile(r"CCR-Desktop-(?P<version>.+?)-(?P<place>windows-x64|macos-(?:arm64|x64))")
_PLACES = ("windows-x64", "macos-arm64", "macos-x64")


def facts(release: Path) -> dict[str, str]:
    """Version, checksums and addresses. Raises `ValueError` when an installer is missing."""
    found: dict[str, str] = {}
    versions: set[str] = set()
    for file in sorted(release.iterdir()):
        if name := _NAME.match(file.name):
            versions.add(name["version"])
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            found[f"sha256_{name['place'].replace('-', '_')}"] = digest
    missing = [place for place in _PLACES if f"sha256_{place.replace('-', '_')}" not in found]
    if missing or len(versions) != 1:
        raise ValueError(f"{release} lacks {missing}, and has the versions {sorted(versions)}")
    return {**found, "version": versions.pop(), "repository": REPOSITORY}


def filled(template: Path, values: dict[str, str]) -> str:
    return Template(template.read_text(encoding="utf-8")).substitute(values)


def write_manifests(release: Path, folder: Path) -> list[Path]:
    """The files, by the names that their readers expect."""
    values = facts(release)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for template in TEMPLATES:
        file = folder / template.name.removesuffix(".in")
        file.write_text(filled(template, values), encoding="utf-8", newline="\n")
        files.append(file)
    return files


if __name__ == "__main__":
    for path in write_manifests(Path(sys.argv[1]), Path(sys.argv[2])):
        print(path)
