"""The installed presets."""

import json
import stat
import sys
from pathlib import Path

import pytest

from ccr_desktop.core.presets import library
from ccr_desktop.core.presets.packages import MANIFEST, Package, read_package_bytes
from ccr_desktop.errors import CcrError, ClientError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def package(name: str, **more: str) -> Package:
    return read_package_bytes(json.dumps({"name": name, **more}).encode(), name, name)


def foreign(name: str, text: str = "{}") -> Path:
    place = library.foreign_folder() / name / MANIFEST
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    return place


def test_what_is_installed_is_found_again_and_private() -> None:
    preset = library.install(package("team"))

    assert library.find("team").manifest == preset.manifest
    if sys.platform != "win32":
        mode = stat.S_IMODE((preset.folder / MANIFEST).stat().st_mode)
        assert mode == 0o600
    assert [path.name for path in library.own_folder().iterdir()] == ["team"]


def test_a_name_that_is_taken_is_replaced_only_when_asked() -> None:
    library.install(package("team", version="1"))

    with pytest.raises(ClientError, match="--force"):
        library.install(package("team", version="2"))
    library.install(package("team", version="2"), replaces=True)

    found = library.find("team").manifest
    assert found
    assert found.about["version"] == "2"


@pytest.mark.parametrize("name", ["../evil", "a/b", ".x"])
def test_no_name_leads_out_of_the_folder(name: str, home: Path) -> None:
    with pytest.raises(ClientError):
        library.install(package("team"), name=name)
    with pytest.raises(ClientError):
        library.remove(name)
    assert not list(home.rglob("manifest.json"))


def test_ours_hide_those_of_claude_code_router_which_are_never_changed() -> None:
    place = foreign("team")
    foreign("other")
    library.install(package("team"))

    assert [(preset.name, preset.is_own) for preset in library.installed()] == [
        ("other", False),
        ("team", True),
    ]
    library.remove("team")
    with pytest.raises(ClientError, match="belongs to claude-code-router"):
        library.remove("team")
    assert place.exists()


def test_one_that_cannot_be_read_is_listed_with_the_reason() -> None:
    foreign("broken", "{")

    [preset] = library.installed()

    assert preset.problem
    with pytest.raises(CcrError, match="can't be read"):
        library.find("broken")


def test_an_unknown_one_is_told_with_the_known() -> None:
    library.install(package("team"))

    with pytest.raises(ClientError, match="Installed are: team"):
        library.find("nobody")
    with pytest.raises(ClientError, match="There is no preset"):
        library.remove("nobody")


def test_a_folder_that_cannot_be_made_is_told(home: Path) -> None:
    (home / "desk").mkdir()
    (home / "desk" / "data").touch()

    with pytest.raises(CcrError, match="can't be written"):
        library.install(package("team"))
