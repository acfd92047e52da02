"""How it was found out who replaces the program, and what a person is told to type."""

import json
import re
import sys
from collections.abc import Callable
from importlib import metadata
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


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str | None], None]:
    """Lets pip have written this of where the program came from."""

    def write(text: str | None) -> None:
        about = tmp_path / "ccr_desktop-1.0.dist-info"
        about.mkdir(exist_ok=True)
        if text is not None:
            (about / "direct_url.json").write_text(text, encoding="utf-8")
        monkeypatch.setattr(
            installation.metadata, "distribution", lambda _: metadata.PathDistribution(about)
        )

    return write


@pytest.mark.parametrize(
    ("trace", "method"), [("pipx_metadata.json", Method.PIPX), ("uv-receipt.toml", Method.UV)]
)
def test_pipx_and_uv_leave_traces(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    origin: Callable[[str | None], None],
    trace: str,
    method: Method,
) -> None:
    origin(None)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert find_installation({}) == Installation(Method.PIP)

    (tmp_path / trace).touch()

    assert find_installation({}) == Installation(method)


_GIT = "https://git.example.com/ccr.git"


def cloned(**more: str) -> str:
    """What pip writes of a repository."""
    return json.dumps({"url": _GIT, "vcs_info": {"vcs": "git", "commit_id": "ab12cd", **more}})


@pytest.mark.parametrize(
    ("found", "editable", "repository"),
    [
        (None, False, ""),
        ("{", False, ""),
        ("[]", False, ""),
        ('{"url": "https://x"}', False, ""),
        ('{"url": "file:///x", "dir_info": {"editable": true}}', True, ""),
        (cloned(), False, _GIT),
        (cloned(requested_revision="next"), False, f"{_GIT}@next"),
        (cloned(requested_revision="v1.0"), False, _GIT),
        (cloned(requested_revision="ab12"), False, _GIT),
    ],
)
def test_what_pip_wrote_says_where_it_came_from(
    origin: Callable[[str | None], None], found: str | None, editable: bool, repository: str
) -> None:
    origin(found)

    told = find_installation({})

    assert (told.method is Method.SOURCE) is editable
    assert told.repository == (f"git+{repository}" if repository else "")


@pytest.mark.parametrize("is_clone", [True, False])
@pytest.mark.parametrize("trace", ["", "pipx_metadata.json", "uv-receipt.toml"])
def test_what_was_built_from_a_folder_is_built_from_it_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    origin: Callable[[str | None], None],
    trace: str,
    is_clone: bool,
) -> None:
    folder = tmp_path / "a source"
    (folder / ".git" if is_clone else folder).mkdir(parents=True)
    origin(json.dumps({"url": folder.as_uri(), "dir_info": {}}))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (tmp_path / trace).touch()

    command = way_of(find_installation({})).command

    pull, _, build = command.rpartition(" && ")
    assert pull == (f"git -C '{folder}' pull" if is_clone else "")
    assert build.startswith((f"{sys.executable} -m pip install", "pipx rein", "uv tool upgrade --"))
    assert trace or str(folder) in build


def test_what_came_from_a_repository_comes_from_it_again() -> None:
    found = Installation(Method.PIP, repository=f"git+{_GIT}")

    assert way_of(found).command.endswith(f" @ git+{_GIT}'")


@pytest.mark.parametrize(
    ("told", "programs", "manager"),
    [
        ({"ID": "fedora"}, {"dnf"}, "dnf"),
        ({"ID": "opensuse-tumbleweed", "ID_LIKE": "opensuse suse"}, {"dnf", "zypper"}, "zypper"),
        ({"ID": "sles"}, {"zypper"}, "zypper"),
        ({"ID": "centos", "ID_LIKE": "rhel fedora"}, {"yum"}, "yum"),
        ({"ID": "fedora"}, set(), "dnf"),
        (None, {"zypper"}, "zypper"),
    ],
)
def test_an_rpm_is_installed_by_the_manager_of_the_distribution(
    monkeypatch: pytest.MonkeyPatch,
    told: dict[str, str] | None,
    programs: set[str],
    manager: str,
) -> None:
    def release() -> dict[str, str]:
        if told is None:
            raise OSError
        return told

    monkeypatch.setattr(ways.platform, "freedesktop_os_release", release)
    monkeypatch.setattr(ways.shutil, "which", lambda name: name if name in programs else None)

    way = way_of(Installation(Method.RPM))

    assert way.command_for(Path("/tmp/a.rpm")) == f"sudo {manager} install /tmp/a.rpm"


@pytest.mark.parametrize(("programs", "helper"), [(set(), "yay"), ({"paru"}, "paru")])
def test_the_aur_is_asked_by_the_helper_that_is_there(
    monkeypatch: pytest.MonkeyPatch, programs: set[str], helper: str
) -> None:
    monkeypatch.setattr(ways.shutil, "which", lambda name: name if name in programs else None)
    recipe = Path(__file__).parents[4] / "installers" / "linux" / "aur" / "PKGBUILD"
    [name] = re.findall(r"^pkgname=(\S+)$", recipe.read_text(encoding="utf-8"), re.M)

    assert way_of(Installation(Method.AUR)).command == f"{helper} -S {name}"


@pytest.mark.parametrize(
    ("method", "kind", "command"),
    [
        (Method.DEB, "package", "sudo apt install '/tmp/a b.deb'"),
        (Method.PIPX, "manager", "pipx upgrade ccr-desktop"),
        (Method.UV, "manager", "uv tool upgrade ccr-desktop"),
        (Method.BREW, "manager", "brew upgrade --cask ccr-desktop"),
        (Method.WINGET, "manager", 'winget upgrade --name "CCR Desktop"'),
        (Method.FLATPAK, "manager", "flatpak update io.github.ccr_desktop"),
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
