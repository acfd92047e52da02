"""Which file is fetched."""

import pytest

from ccr_desktop.core.updates.files import choose_file
from ccr_desktop.errors import UpdateError

NAMES = [
    "SBOM.json",
    "ccr-desktop-1.2.3-aarch64.run",
    "ccr-desktop-1.2.3-x86_64.run",
    "ccr-desktop_1.2.3_amd64.deb",
    "ccr-desktop_1.2.3_arm64.deb",
    "ccr-desktop-1.2.3-universal.dmg",
    "ccr-desktop-1.2.3-setup.exe",
    "ccr-desktop-1.2.3-arm64.AppImage",
]


@pytest.mark.parametrize(
    ("ending", "machine", "expected"),
    [
        (".run", "x86_64", "ccr-desktop-1.2.3-x86_64.run"),
        (".run", "aarch64", "ccr-desktop-1.2.3-aarch64.run"),
        (".deb", "AMD64", "ccr-desktop_1.2.3_amd64.deb"),
        (".deb", "arm64", "ccr-desktop_1.2.3_arm64.deb"),
        (".dmg", "arm64", "ccr-desktop-1.2.3-universal.dmg"),
        (".dmg", "x86_64", "ccr-desktop-1.2.3-universal.dmg"),
        (".exe", "AMD64", "ccr-desktop-1.2.3-setup.exe"),
    ],
)
def test_it_is_the_one_of_this_kind_and_machine(ending: str, machine: str, expected: str) -> None:
    assert choose_file(NAMES, "1.2.3", ending, machine) == expected


@pytest.mark.parametrize(("ending", "machine"), [(".AppImage", "x86_64"), (".rpm", "x86_64")])
def test_where_there_is_none_that_is_said(ending: str, machine: str) -> None:
    with pytest.raises(UpdateError, match="no file for this computer"):
        choose_file(NAMES, "1.2.3", ending, machine)


def test_files_of_an_older_version_under_a_new_name_are_refused() -> None:
    with pytest.raises(UpdateError, match=r"calls itself 9\.9.*another version"):
        choose_file(NAMES, "9.9", ".deb", "x86_64")
