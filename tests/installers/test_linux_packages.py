"""What the scripts of Linux make of a bundle; a stand-in for it, so that it takes seconds."""

import os
import stat
from pathlib import Path

import pytest

from tests.installers.judges import linux_only, said, verdict
from tests.installers.linux_packages import ID, LINUX, built, stand_in
from tests.support.programs import need
from tests.support.terminal import Typing

pytestmark = linux_only
UNIT = "lib/systemd/user/ccr-desktop.service"
SHARED = {
    "bin/ccr",
    "bin/ccr-desktop",
    "lib/ccr-desktop/ccr",
    "lib/ccr-desktop/install-method",
    f"share/applications/{ID}.desktop",
    f"share/metainfo/{ID}.metainfo.xml",
    "share/icons/hicolor/48x48/apps/ccr-desktop.png",
    "share/icons/hicolor/scalable/apps/ccr-desktop.svg",
    "share/icons/hicolor/symbolic/apps/ccr-desktop-symbolic.svg",
    "share/man/man1/ccr.1.gz",
    "share/man/man1/ccr-desktop.1.gz",
    "share/bash-completion/completions/ccr",
    "share/bash-completion/completions/ccr-desktop",
    "share/fish/vendor_completions.d/ccr.fish",
    "share/fish/vendor_completions.d/ccr-desktop.fish",
}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stand_in(tmp_path_factory.mktemp("bundle") / "ccr-desktop")


@pytest.fixture(scope="module")
def app_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("appimage")
    bundle = stand_in(folder / "bundle", is_real=True)
    return built("build_appimage.sh", bundle, folder, is_real=True, APPIMAGETOOL="")


def test_scripts_have_no_traps_whatever_they_are_called() -> None:
    assert verdict("shellcheck", LINUX / "appimage" / "AppRun") == ""


def test_the_package_of_debian_holds_what_a_desktop_looks_for(bundle: Path, tmp_path: Path) -> None:
    package = built("build_deb.sh", bundle, tmp_path, VERSION="1.2.0rc1")

    assert package.name.startswith("ccr-desktop_1.2.0~rc1_")
    said("dpkg-deb", "--extract", package, tmp_path / "in")
    files = {str(path.relative_to(tmp_path / "in/usr")) for path in (tmp_path / "in").rglob("*")}
    wanted = {"share/zsh/vendor-completions/_ccr", "share/doc/ccr-desktop/copyright"}
    assert {*SHARED, *wanted, UNIT} <= files
    unit = (tmp_path / "in/usr" / UNIT).read_text(encoding="utf-8")
    assert "\nExecStart=/usr/bin/ccr serve\n" in unit
    assert not (tmp_path / "in/etc").exists()  # a purge leaves nothing behind
    assert said("dpkg-deb", "--ctrl-tarfile", package)
    assert (tmp_path / "in/usr/lib/ccr-desktop/install-method").read_text() == "deb\n"
    assert (tmp_path / "in/usr/bin/ccr").resolve() == tmp_path / "in/usr/lib/ccr-desktop/ccr"


def test_that_of_rpm_holds_the_same(bundle: Path, tmp_path: Path) -> None:
    need("rpmbuild")
    package = built("build_rpm.sh", bundle, tmp_path, VERSION="1.2.0rc1")

    told = said("rpm", "-qp", "--qf", "%{VERSION} %{LICENSE}", package, HOME=str(tmp_path))
    assert told == "1.2.0~rc1 MIT AND LGPL-3.0-only"
    files = said("rpm", "-qpl", package, HOME=str(tmp_path)).split()
    wanted = {*SHARED, UNIT, "share/zsh/site-functions/_ccr", "share/licenses/ccr-desktop/LICENSE"}
    assert {f"/usr/{name}" for name in wanted} <= set(files)
    assert all(name.startswith("/usr/") for name in files)
    assert not said("rpm", "-qp", "--scripts", package, HOME=str(tmp_path))
    requires = said("rpm", "-qp", "--requires", package, HOME=str(tmp_path)).splitlines()
    assert [name for name in requires if name.startswith("libc.so.6(GLIBC_2.")]


def test_the_folder_of_an_appimage_is_whole(app_dir: Path, tmp_path: Path) -> None:
    files = {str(path.relative_to(app_dir)) for path in app_dir.rglob("*")}
    assert {f"usr/{name}" for name in SHARED} <= files
    assert {"AppRun", ".DirIcon", f"{ID}.desktop", "ccr-desktop.png"} <= files
    assert (app_dir / ".DirIcon").resolve().stat().st_size

    said("sh", app_dir / "AppRun", "ui", "--hidden", HOME=str(tmp_path))
    said("sh", app_dir / "AppRun", "status", HOME=str(tmp_path), ARGV0="/home/me/bin/ccr")
    assert (tmp_path / "asked").read_text() == "ccr-desktop ui --hidden\nccr status\n"


def test_the_tool_for_appimages_is_given_the_folder_and_a_name(
    bundle: Path, tmp_path: Path
) -> None:
    tool = tmp_path / "tool"
    tool.write_text('#!/bin/sh\necho "$ARCH $VERSION" >"$4"\n', encoding="utf-8")
    tool.chmod(0o755)

    image = built("build_appimage.sh", bundle, tmp_path, APPIMAGETOOL=str(tool))

    machine = os.uname().machine
    assert image.name == f"ccr-desktop-0.1.0-linux-{machine}.AppImage"
    assert image.read_text(encoding="utf-8") == f"{machine} 0.1.0\n"


def test_what_is_packed_may_be_read_by_all_and_written_by_none_else(app_dir: Path) -> None:
    files = [path for path in app_dir.rglob("*") if not path.is_symlink()]

    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o644, 0o755}


def test_zsh_loads_the_completion_by_itself(app_dir: Path, tmp_path: Path) -> None:
    folder = app_dir / "usr/share/zsh/site-functions"
    plain = {"PS1": "> ", "TERM": "dumb", "ZDOTDIR": str(tmp_path), "PATH": os.environ["PATH"]}

    with Typing([need("zsh"), "-f", "-i"], cwd=tmp_path, env=plain) as terminal:
        terminal.expect("> ")
        begin = f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -D -u"
        terminal.type(f"{begin} && echo lo''aded\n")
        terminal.expect("loaded")
        terminal.type("ccr rest\t")
        terminal.expect("ccr restart")
        terminal.type("\x15ccr-desktop rest\t")
        terminal.expect("ccr-desktop restart")


def test_bash_and_fish_have_a_file_for_either_command(app_dir: Path, tmp_path: Path) -> None:
    share = app_dir / "usr/share"
    for name in ("ccr", "ccr-desktop"):
        script = f". {share}/bash-completion/completions/{name}; complete -p {name}"
        assert "-F _ccr" in said("bash", "-c", script)
    fish = share / "fish/vendor_completions.d"
    offered = said(
        *("fish", "--no-config", "-c"),
        f"source {fish}/ccr.fish; source {fish}/ccr-desktop.fish; complete -C 'ccr-desktop rest'",
        HOME=str(tmp_path),
    )
    assert offered.startswith("restart")
