"""What a Linux desktop reads of the package, and what is made for it from the program itself."""

import configparser
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ccr_desktop.cli.main import COMMANDS
from ccr_desktop.cli.ui import options
from ccr_desktop.desktop.app import DESKTOP_FILE
from installers.linux.man_page import manual
from tests.installers.judges import said

LINUX = Path(__file__).parents[3] / "installers" / "linux"
ID = "io.github.ccr_desktop"
ENTRY, METAINFO = LINUX / f"{ID}.desktop", LINUX / f"{ID}.metainfo.xml"


def test_the_desktop_entry_is_valid() -> None:
    said("desktop-file-validate", ENTRY)


def test_the_description_for_software_centres_is_valid() -> None:
    said("appstreamcli", "validate", "--no-net", METAINFO)


def test_each_line_of_the_menu_is_a_command_that_exists() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[method-assign, assignment]
    entry.read(ENTRY, encoding="utf-8")

    lines = [entry[section]["Exec"].split() for section in entry.sections()]

    assert len(lines) == 4
    for program, command, *words in lines:
        assert (program, command) == ("ccr-desktop", "ui")
        options().parse_args(["ccr-desktop://import" if word == "%u" else word for word in words])


def test_the_description_names_the_entry_and_the_app_does() -> None:
    description = ET.parse(METAINFO).getroot()

    assert DESKTOP_FILE == ID
    assert description.findtext("id") == ID
    assert description.findtext("launchable") == ENTRY.name


@pytest.mark.parametrize("name", ["ccr", "ccr-desktop"])
def test_the_manual_page_has_each_command(name: str) -> None:
    page = manual(name)

    shown = page.replace("\\-", "-").replace("\\&", "")
    assert all(f"\\fB{name} {command}\\fR" in shown for command in COMMANDS)
    assert not re.search(r"^[.'](?!TH|SH|TP|B |BR )", page, re.MULTILINE)
