"""What describes the packages of Linux, each in the language of its system, before any is built."""

import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from ccr_desktop import __version__
from ccr_desktop.desktop.app import DESKTOP_FILE
from tests.installers.judges import linux_only, said, verdict
from tests.installers.linux_packages import ID, LINUX

pytestmark = linux_only
AUR = LINUX / "aur"
FLATPAK = LINUX / "flatpak" / f"{ID}.yml"
SPEC = LINUX / "ccr-desktop.spec"
# The order in which makepkg writes them; those of one architecture follow for each.
FIELDS = (
    *("pkgdesc", "pkgver", "pkgrel", "url", "arch", "license", "depends", "optdepends"),
    *("provides", "conflicts", "options"),
)
OF_ARCHITECTURES = ("source_x86_64", "sha256sums_x86_64", "source_aarch64", "sha256sums_aarch64")
_PRINT = """
. "$1"; shift
for name; do
    declare -n values=$name
    for value in "${values[@]}"; do printf '%s = %s\\n' "$name" "$value"; done
done
"""


def fields(*names: str) -> list[str]:
    """Of the PKGBUILD, as bash understands them."""
    return said("bash", "-euc", _PRINT, "bash", AUR / "PKGBUILD", *names).splitlines()


def test_every_recipe_has_the_version_of_the_program() -> None:
    releases = ET.parse(LINUX / f"{ID}.metainfo.xml").getroot().find("releases")
    default = re.search(r"global version_here (\S+)}", SPEC.read_text(encoding="utf-8"))

    assert releases is not None
    assert releases[0].get("version") == __version__
    assert fields("pkgver") == [f"pkgver = {__version__}"]
    assert default
    assert default[1] == __version__


def test_rpm_understands_its_recipe() -> None:
    parsed = said("rpmspec", "--parse", SPEC, HOME="/nonexistent")

    assert f"Version:        {__version__}" in parsed
    assert re.search(r"^/usr/lib/ccr-desktop$", parsed, re.M)
    assert "%{" not in parsed.replace("%{?", "")


def test_the_recipe_of_arch_is_whole_and_says_the_same_twice() -> None:
    written = (AUR / ".SRCINFO").read_text(encoding="utf-8").splitlines()

    base, *described, _, name = written
    assert base == "pkgbase = ccr-desktop-bin"
    assert name == "pkgname = ccr-desktop-bin"
    assert [line.strip() for line in described] == fields(*FIELDS, *OF_ARCHITECTURES)
    assert {line.partition(" ")[0] for line in described} >= {f"\t{field}" for field in FIELDS}


def test_the_recipe_of_arch_has_no_traps() -> None:
    # Its variables are read by makepkg, which also sets two of them and stops at the first error.
    accepted = ("--exclude", "SC2034,SC2154,SC2164")
    assert verdict("shellcheck", "--shell", "bash", *accepted, AUR / "PKGBUILD") == ""


def test_checksums_of_a_release_go_into_both_files(tmp_path: Path) -> None:
    intel, arm = tmp_path / "a.deb", tmp_path / "b.deb"
    intel.write_text("one", encoding="utf-8")
    arm.write_text("other", encoding="utf-8")

    said("sh", AUR / "fill.sh", intel, arm, tmp_path / "aur")

    sums = subprocess.run(
        ["sha256sum", intel, arm], capture_output=True, text=True, check=True
    ).stdout.split()[::2]
    for name in ("PKGBUILD", ".SRCINFO"):
        text = (tmp_path / "aur" / name).read_text(encoding="utf-8")
        found = re.findall(r"sha256sums_(\w+?)\s*=\s*\(?'?([0-9a-f]{64}|SKIP)", text)
        assert found == [("x86_64", sums[0]), ("aarch64", sums[1])]


def test_the_sandbox_lets_through_what_the_app_uses() -> None:
    manifest: Any = yaml.safe_load(FLATPAK.read_text(encoding="utf-8"))
    allowed = set(manifest["finish-args"])

    assert manifest["id"] == DESKTOP_FILE
    assert manifest["command"] == "ccr-desktop"
    assert manifest["modules"][0]["sources"] == [{"type": "dir", "path": "payload"}]
    assert {"--share=network", "--socket=wayland", "--socket=fallback-x11"} <= allowed
    for name in (
        "org.kde.StatusNotifierWatcher",
        "org.freedesktop.Notifications",
        "org.freedesktop.secrets",
    ):
        assert f"--talk-name={name}" in allowed
    assert not [word for word in allowed if re.search(r"=(home|host)\b", word)]


@pytest.mark.parametrize("name", ["ccr", "ccr-desktop"])
def test_manual_pages_are_in_the_language_of_manuals(name: str, tmp_path: Path) -> None:
    from installers.linux.man_page import manual  # noqa: PLC0415  # loads all commands

    page = tmp_path / f"{name}.1"
    page.write_text(manual(name), encoding="utf-8")

    assert said("mandoc", "-T", "lint", "-W", "warning,stop", page) == ""
