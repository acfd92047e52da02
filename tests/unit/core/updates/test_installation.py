"""How it was found out who replaces the program, and what a person is told to type."""

import sys
from pathlib import Path

import pytest

from ccr_desktop.core.updates import installation, ways
from ccr_desktop.core.updates.installation import Installation, Method, find_installation
from ccr_desktop.core.updates.ways import way_of


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen program in a folder of its own."""
    folder = tmp_path / "MacOS"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "ccr-desktop"))
    monkeypatch.setattr(installation, "_CASKS", ())
    return folder


@pytest.mark.parametrize("method", Method, ids=lambda method: method.value)
def test_the_word_of_the_package_counts(bundle: Path, method: Method) -> None:
    (bundle / "install-method").write_text(f"{method.value}\n", encoding="utf-8")

    assert find_installation({}).method is method


def test_on_macos_the_word_is_among_the_resources(bundle: Path) -> None:
    (bundle.parent / "Resources").mkdir()
    (bundle.parent / "Resources" / "install-method").write_text("dmg", encoding="utf-8")

    assert find_installation({}).method is Method.DMG


def test_what_homebrew_keeps_is_its_own(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bundle / "install-method").write_text("dmg", encoding="utf-8")
    monkeypatch.setattr(installation, "_CASKS", (bundle,))

    assert find_installation({}).method is Method.BREW


def test_an_appimage_knows_its_file(bundle: Path) -> None:
    image = bundle / "ccr.AppImage"

    assert find_installation({"APPIMAGE": str(image)}) == Installation(Method.APPIMAGE, image)


def test_a_word_that_nobody_knows_counts_for_nothing(bundle: Path) -> None:
    (bundle / "install-method").write_bytes(b"\xffsnap")

    assert find_installation({}).method in {Method.ARCHIVE, Method.NSIS, Method.DMG}


def test_a_checkout_is_one() -> None:
    found = find_installation({})

    assert found == Installation(Method.SOURCE, Path(__file__).parents[4])
    assert way_of(found).command.startswith("git -C ")


@pytest.mark.parametrize(
    ("trace", "method"), [("pipx_metadata.json", Method.PIPX), ("uv-receipt.toml", Method.UV)]
)
def test_pipx_and_uv_leave_traces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trace: str, method: Method
) -> None:
    monkeypatch.setattr(installation, "_is_editable", lambda _: False)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert find_installation({}).method is Method.PIP

    (tmp_path / trace).touch()

    assert find_installation({}).method is method


@pytest.mark.parametrize(
    ("found", "editable"),
    [
        (None, False),
        ("{", False),
        ("[]", False),
        ('{"url": "https://x"}', False),
        ('{"dir_info": {"editable": true}}', True),
    ],
)
def test_only_an_editable_installation_is_a_checkout(found: str | None, editable: bool) -> None:
    assert installation._is_editable(found) is editable


@pytest.mark.parametrize(
    ("method", "kind", "command"),
    [
        (Method.DEB, "package", "sudo apt install '/tmp/a b.deb'"),
        (Method.RPM, "package", "sudo dnf install '/tmp/a b.deb'"),
        (Method.PIPX, "manager", "pipx upgrade ccr-desktop"),
        (Method.UV, "manager", "uv tool upgrade ccr-desktop"),
        (Method.BREW, "manager", "brew upgrade --cask ccr-desktop"),
        (Method.WINGET, "manager", 'winget upgrade --name "CCR Desktop"'),
        (Method.FLATPAK, "manager", "flatpak update io.github.ccr_desktop"),
        (Method.AUR, "manager", "yay -S ccr-desktop"),
        (Method.ARCHIVE, "installer", ""),
        (Method.APPIMAGE, "installer", ""),
        (Method.NSIS, "installer", ""),
        (Method.DMG, "installer", ""),
    ],
)
def test_each_manager_has_its_own_command(method: Method, kind: str, command: str) -> None:
    way = way_of(Installation(method))

    assert way.kind == kind
    assert way.command_for(Path("/tmp/a b.deb")) == command
    assert way.fetches is (kind != "manager")


def test_pip_is_called_by_its_own_interpreter_with_what_was_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ways, "find_spec", lambda _: None)
    without = way_of(Installation(Method.PIP)).command
    monkeypatch.setattr(ways, "find_spec", lambda _: object())
    with_window = way_of(Installation(Method.PIP)).command

    assert without == f"{sys.executable} -m pip install --upgrade ccr-desktop"
    assert "'ccr-desktop[desktop]'" in with_window
