"""Which file of a release is the one for this computer, by the names that were signed."""

from __future__ import annotations

import platform
import re
from typing import TYPE_CHECKING

from ccr_desktop.core.updates.signing import UNVERIFIED
from ccr_desktop.core.updates.versions import names_version
from ccr_desktop.errors import UpdateError

if TYPE_CHECKING:
    from collections.abc import Iterable

_MACHINES = {
    "x86_64": ("x86_64", "amd64", "x64"),
    "aarch64": ("aarch64", "arm64"),
}
_EVERY_MACHINE = ("universal", "universal2", "all", "noarch")
_WORD = re.compile(r"x86_64|[0-9A-Za-z]+")


def choose_file(names: Iterable[str], version: str, ending: str, machine: str = "") -> str:
    """The one of *names* that is of *version*, *ending* and *machine*. Raises `UpdateError`."""
    fitting = [name for name in names if name.lower().endswith(ending.lower())]
    of_version = [name for name in fitting if names_version(name, version)]
    if fitting and not of_version:
        raise UpdateError(
            UNVERIFIED,
            f"The release calls itself {version}, and what was signed is of another version.",
        )
    own = _machine(machine or platform.machine())
    for name in of_version:
        if _machines(name) & {own, ""}:
            return name
    raise UpdateError(
        "There is no file for this computer",
        f"Version {version} has none that ends in {ending} for {own}.",
    )


def _machine(name: str) -> str:
    folded = name.lower()
    return next((own for own, names in _MACHINES.items() if folded in names), folded)


def _machines(file_name: str) -> set[str]:
    """The machines that a name is for; `""` is every machine, as when it names none."""
    words = {word.lower() for word in _WORD.findall(file_name)}
    found = {own for own, names in _MACHINES.items() if words & set(names)}
    return {""} if not found or words & set(_EVERY_MACHINE) else found
