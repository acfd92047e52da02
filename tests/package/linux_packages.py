"""The packages of Linux, each installed, used, upgraded and removed in a bare system.

`make test-package` runs this. Pictures of what was on the screen are in build/package-pictures.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.session import Desktop
from tests.desktop.waiting import until
from tests.installers.judges import said
from tests.installers.linux_packages import ID, LINUX
from tests.package.bare_tree import LIBRARIES, BareTree, need_root
from tests.package.built_package import BUILT, FOLDER, run
from tests.package.installed_app import InstalledApp

ENTRY = Path("share/applications") / f"{ID}.desktop"
OLDER = "0.0.1"
SETTINGS = ".config/ccr-desktop/config.json"
OF_OTHERS = (".config", ".cache", ".fontconfig")  # settings, and what fonts and Mesa keep for all
CHANGING = ("--force-debian",)  # rpm there wants to be told that it is meant
_SYSTEM = """
Name: system
Version: 1
Release: 1
Summary: What a system with RPM has, of that which lies in the tree
License: MIT
BuildArch: noarch
{provides}
%description
%files
"""


def package(pattern: str) -> Path:
    found = sorted(BUILT.glob(pattern))
    if not found:
        pytest.fail(f"there is no {pattern} in build/package: `make package` makes it")
    return found[-1]


@pytest.fixture(scope="session")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle as it was before a file went."""
    folder = tmp_path_factory.mktemp("older") / "ccr-desktop"
    subprocess.run(["cp", "-a", FOLDER, folder], check=True)
    (folder / "_internal" / "gone").touch()
    return folder


def built(script: str, bundle: Path, folder: Path, **extra: str) -> Path:
    variables = {"PYTHON": sys.executable, "COMPRESSION": "quick", **extra}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **variables}
    return Path(said("sh", LINUX / script, bundle, folder, **environment).splitlines()[-1])


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> BareTree:
    """BARE_TREE may name one that is there already: to make one takes minutes."""
    need_root()
    if ready := os.environ.get("BARE_TREE"):
        return BareTree(Path(ready))
    tree = BareTree(tmp_path_factory.mktemp("bare") / "tree")
    tree.make()
    return tree


@pytest.fixture
def tree(bare: BareTree, tmp_path: Path) -> Iterator[BareTree]:
    with bare.copy(tmp_path / "tree") as own:
        yield own


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as own:
        yield own


def write_settings(home: Path, owner: int = 0) -> Path:
    file = home / SETTINGS
    file.parent.mkdir(parents=True)
    file.write_text("{}", encoding="utf-8")
    for path in (file.parent.parent, file.parent, file):
        os.chown(path, owner, owner)
    return file


def selftest(app: InstalledApp) -> None:
    told = json.loads(app.done("ccr", "--selftest", "--json"))
    assert told["ok"] is told["bundle"] is True


def is_used_after_upgrade(tree: BareTree, desktop: Desktop, method: str) -> Path:
    """It is whole, is opened by its menu and ends. The settings, which are to outlive it."""
    folder = tree.folder / "usr/lib/ccr-desktop"
    assert not (folder / "_internal/gone").exists()
    assert (folder / "install-method").read_text() == f"{method}\n"
    settings = write_settings(tree.folder / "root")
    app = InstalledApp(tree, desktop)
    selftest(app)
    running = app.is_used_by_its_menu(tree.folder / "usr" / ENTRY, method)
    app.done("ccr-desktop", "ui", "--quit")
    assert running.wait() == 0
    return settings


def test_the_package_of_debian(
    tree: BareTree, desktop: Desktop, older: Path, tmp_path: Path
) -> None:
    tree.install(built("build_deb.sh", older, tmp_path, VERSION=OLDER))
    assert OLDER in tree.done("dpkg-query", "--show", "ccr-desktop")

    tree.install(package("ccr-desktop_*.deb"), "fonts-dejavu-core")
    assert tree.done("dpkg", "--verify", "ccr-desktop") == ""
    settings = is_used_after_upgrade(tree, desktop, "deb")

    tree.done("apt-get", "purge", "-y", "ccr-desktop")
    ours = {name for name in tree.files() if re.search(r"[/._]ccr(?![a-z])", name)}
    left = {name for name in ours if not name.startswith(("/root/", "/tmp/", "/proc/"))}
    assert left == set()
    assert settings.exists()


def rpm(tree: BareTree, *words: str | Path) -> str:
    """Of the system outside: what it does is inside, in a database of its own."""
    own = ("--root", tree.folder, "--dbpath", "/var/lib/rpm")
    return said("rpm", *own, *words, HOME="/nonexistent")


def system_of(tree: BareTree, file: Path, folder: Path) -> Path:
    """A package that provides what *file* needs, as far as the tree has it."""
    needs = said("rpm", "-qp", "--requires", file, HOME="/nonexistent").splitlines()
    places = {"ca-certificates": "etc/ssl/certs", "fontconfig": "etc/fonts/fonts.conf"}
    provides = []
    for need in (need for need in needs if not need.startswith("rpmlib(")):
        library = re.match(r"lib[\w.+-]+\.so\.\d+", need)
        pattern = f"usr/lib/*/{library[0]}" if library else places[need]
        assert list(tree.folder.glob(pattern)), f"{need} is not in the tree"
        provides.append(f"Provides: {need}")
    spec = folder / "system.spec"
    spec.write_text(_SYSTEM.format(provides="\n".join(provides)), encoding="utf-8")
    defined = ("--define", f"_topdir {folder}", "--define", f"_rpmdir {folder}")
    said("rpmbuild", "-bb", "--quiet", *defined, spec, HOME=str(folder))
    return folder / "noarch" / "system-1-1.noarch.rpm"


def test_the_package_of_rpm(tree: BareTree, desktop: Desktop, older: Path, tmp_path: Path) -> None:
    new = package("ccr-desktop-*.rpm")
    tree.install(*LIBRARIES, "fonts-dejavu-core")
    before = tree.files()
    rpm(tree, "--initdb")
    rpm(tree, *CHANGING, "--install", system_of(tree, new, tmp_path))
    rpm(tree, *CHANGING, "--install", built("build_rpm.sh", older, tmp_path, VERSION=OLDER))

    rpm(tree, *CHANGING, "--upgrade", new)
    assert rpm(tree, "--query", "ccr-desktop").startswith(new.name.rpartition("-")[0])
    assert rpm(tree, "--verify", "ccr-desktop") == ""
    settings = is_used_after_upgrade(tree, desktop, "rpm")

    rpm(tree, *CHANGING, "--erase", "ccr-desktop")
    # Folders of the desktop itself belong to packages that a bare system has not.
    left = {name for name in tree.files() - before if not (tree.folder / name[1:]).is_dir()}
    assert {name for name in left if name.startswith("/usr/")} == set()
    assert not (tree.folder / "usr/lib/ccr-desktop").exists()
    assert settings.exists()


def test_the_archive(tree: BareTree, desktop: Desktop, older: Path, tmp_path: Path) -> None:
    """By a user who is not root, while the app runs."""
    tree.install(*LIBRARIES, "fonts-dejavu-core", "xz-utils")
    first = built("build_archive.sh", older, tmp_path, VERSION=OLDER)
    new = package("ccr-desktop-*.run")
    for number, file in enumerate((first, new)):
        subprocess.run(["cp", file, tree.folder / f"tmp/{number}.run"], check=True)
    tree.user = 1000
    home, prefix = desktop.home, desktop.home / ".local"
    tree.search_path = f"{prefix / 'bin'}:/usr/bin:/bin"
    app = InstalledApp(tree, desktop)
    settings = write_settings(home, tree.user)
    before = set(home.rglob("*"))

    assert app.done("sh", "/tmp/0.run", "--quiet", "--", "--quiet") == ""
    selftest(app)
    first = app.is_used_by_its_menu(prefix / ENTRY, "archive")

    assert app.done("sh", "/tmp/1.run", "--quiet", "--", "--quiet") == ""
    assert first.wait() == 0
    until(lambda: app.answers, "the app is back, with its router")
    desktop.screen.tray_icon()
    app.picture("archive-upgraded")
    assert not (prefix / "lib/ccr-desktop/_internal/gone").exists()
    assert (prefix / "lib/ccr-desktop/install-method").read_text() == "archive\n"

    assert app.done(prefix / "lib/ccr-desktop/uninstall", "--quiet") == ""
    assert not app.answers
    left = {path for path in set(home.rglob("*")) - before if not path.is_dir()}
    own = (prefix / "state", prefix / "share/ccr-desktop", *map(home.joinpath, OF_OTHERS))
    assert [path for path in left if not any(path.is_relative_to(each) for each in own)] == []
    assert settings.exists()


@pytest.fixture
def of_nobody() -> Iterator[Path]:
    """A folder where makepkg works, which refuses to be root."""
    with tempfile.TemporaryDirectory(prefix="ccr-arch-") as name:
        shutil.chown(name, "nobody", "nogroup")
        yield Path(name)


def test_what_the_aur_gets(of_nobody: Path, tmp_path: Path) -> None:
    """Made by makepkg of the package of Debian, then installed and removed by pacman."""
    need_root()
    for file in (LINUX / "aur" / "PKGBUILD", package("ccr-desktop_*.deb")):
        shutil.copy(file, of_nobody)
    drop = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env")
    plain = ("PKGEXT=.pkg.tar", "CARCH=x86_64", f"HOME={of_nobody}")
    make = [*drop, *plain, "makepkg", "--nodeps", "--noconfirm"]
    done = subprocess.run(make, cwd=of_nobody, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

    database = tmp_path / "arch/var/lib/pacman"
    database.mkdir(parents=True)
    own = ("--root", tmp_path / "arch", "--dbpath", database, "--noconfirm")
    for words in (
        ("--upgrade", "-dd", "--cachedir", tmp_path, *of_nobody.glob("*.pkg.tar")),
        ("--query", "--check", "--check", "ccr-desktop-bin"),
    ):
        said("pacman", *own, *words)
    app = tmp_path / "arch/usr/lib/ccr-desktop"
    assert (app / "install-method").read_text() == "aur\n"
    assert (tmp_path / "arch/usr/share/zsh/site-functions/_ccr").exists()
    told = run(tmp_path, tmp_path / "arch/usr/bin/ccr", "--selftest", "--json").stdout
    assert json.loads(told)["ok"] is True
    said("pacman", *own, "--remove", "-dd", "ccr-desktop-bin")
    assert not (tmp_path / "arch/usr").exists()


def test_the_folder_of_an_appimage_runs(tmp_path: Path) -> None:
    folder = built("build_appimage.sh", FOLDER, tmp_path, APPIMAGETOOL="")

    for link in ("ccr", "CCR-Desktop.AppImage"):
        done = run(tmp_path, folder / "AppRun", "--selftest", "--json", ARGV0=f"/x/{link}")
        assert json.loads(done.stdout)["ok"] is True, done.stdout
    assert "usage: ccr COMMAND" in run(tmp_path, folder / "AppRun", ARGV0="ccr").stdout
    assert (folder / "usr/lib/ccr-desktop/install-method").read_text() == "appimage\n"


def test_flatpak_builder_reads_the_manifest(tmp_path: Path) -> None:
    file = LINUX / "flatpak" / f"{ID}.yml"
    environment = {**os.environ, "HOME": str(tmp_path)}
    words = ["flatpak-builder", "--show-manifest", file]
    done = subprocess.run(
        words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    read = json.loads(done.stdout)

    assert done.stderr == ""
    assert read["id"] == ID
    assert read["rename-icon"] == "ccr-desktop"
    assert read["modules"][0]["build-commands"] == ['cp -a usr/. "$FLATPAK_DEST"']


def test_lintian_has_nothing_to_say() -> None:
    words = ("--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0")
    assert said("lintian", *words, package("ccr-desktop_*.deb")) == ""


def test_each_override_names_a_tag_of_lintian() -> None:
    """A line that names no tag of theirs would hide nothing."""
    overrides = (LINUX / "ccr-desktop.lintian-overrides").read_text(encoding="utf-8")
    tags = [line.split()[-1] for line in overrides.splitlines() if not line.startswith("#")]
    assert "unknown" not in said("lintian-explain-tags", *tags).lower()


def test_rpmlint_has_nothing_to_say() -> None:
    told = said("rpmlint", "-c", LINUX / "rpmlint.toml", package("ccr-desktop-*.rpm"))
    assert "0 errors, 0 warnings" in told
