"""What winget and Homebrew are told, held to their rules and to the installers themselves."""

import hashlib
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ccr_desktop import __version__, paths
from ccr_desktop.autostart.macos import LABEL
from ccr_desktop.own_program import CONSOLE
from installers.common.manifests import write_manifests
from installers.pyinstaller.macos import APP, IDENTIFIER
from tests.installers.judges import INSTALLERS, linux_only
from tests.installers.winget_schema import SCHEMAS
from tests.support.programs import need

pytestmark = linux_only
FILES = {
    "sha256_windows_x64": f"CCR-Desktop-{__version__}-windows-x64-setup.exe",
    "sha256_macos_arm64": f"CCR-Desktop-{__version__}-macos-arm64.dmg",
    "sha256_macos_x64": f"CCR-Desktop-{__version__}-macos-x64.dmg",
}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    for name in FILES.values():
        (folder / name).write_text(name, encoding="utf-8")
    (folder / f"ccr_desktop-{__version__}.tar.gz").touch()
    return folder


@pytest.fixture
def files(release: Path) -> dict[str, str]:
    written = write_manifests(release, release.parent / "manifests")
    return {file.name: file.read_text(encoding="utf-8") for file in written}


@pytest.fixture
def winget(files: dict[str, str]) -> dict[str, Any]:
    """The manifests by their kinds."""
    read = [yaml.safe_load(text) for name, text in files.items() if name.endswith(".yaml")]
    return {one["ManifestType"]: one for one in read}


def script() -> str:
    return (INSTALLERS / "windows" / "installer.nsi").read_text(encoding="utf-8")


def digest(name: str) -> str:
    return hashlib.sha256(FILES[name].encode()).hexdigest()


def test_winget_takes_each_manifest(winget: dict[str, Any], files: dict[str, str]) -> None:
    assert set(winget) == set(SCHEMAS)
    for kind, manifest in winget.items():
        jsonschema.validate(manifest, SCHEMAS[kind])
        assert manifest["PackageVersion"] == __version__
        ending = {"version": "", "defaultLocale": ".locale.en-US"}.get(kind, f".{kind}")
        assert f"{manifest['PackageIdentifier']}{ending}.yaml" in files


def test_winget_is_told_what_the_installer_does(winget: dict[str, Any]) -> None:
    manifest, words = winget["installer"], winget["defaultLocale"]
    (listed,) = manifest["AppsAndFeaturesEntries"]

    assert rf"\Uninstall\{manifest['ProductCode']}" in script()
    assert f'!define NAME "{listed["DisplayName"]}"' in script()
    assert f'!define PUBLISHER "{listed["Publisher"]}"' in script()
    assert (words["PackageName"], words["Publisher"]) == (
        listed["DisplayName"],
        listed["Publisher"],
    )
    assert manifest["Commands"] == [CONSOLE]
    assert manifest["Protocols"] == [paths.APP]
    codes = {one["InstallerReturnCode"] for one in manifest["ExpectedReturnCodes"]}
    assert codes == {1, int(re.findall(r"EXIT_RUNNING (\d+)", script())[0])}


def test_winget_fetches_what_was_built(winget: dict[str, Any]) -> None:
    for one in winget["installer"]["Installers"]:
        assert one["InstallerUrl"].endswith(f"/v{__version__}/{FILES['sha256_windows_x64']}")
        assert one["InstallerSha256"] == digest("sha256_windows_x64")
        for switch in one["InstallerSwitches"]["Custom"].split():
            assert f";   {switch}" in script() or f" {switch} " in script()


def test_the_cask_fetches_what_was_built(files: dict[str, str]) -> None:
    cask = files["ccr-desktop.rb"]

    for machine, word in (("arm64", "arm"), ("x64", "intel")):
        assert re.search(rf'{word}: +"{digest(f"sha256_macos_{machine}")}"', cask)
        url = re.findall(r'url "(.+)"', cask)[0]
        file = url.replace("#{version}", __version__).replace("#{arch}", machine)
        assert file.endswith(f"/v{__version__}/{FILES[f'sha256_macos_{machine}']}")
    assert f'app "{APP}"' in cask
    assert f'"#{{appdir}}/{APP}/Contents/MacOS/{CONSOLE}"' in cask
    assert f'quit:      "{IDENTIFIER}"' in cask
    assert f"~/Library/LaunchAgents/{LABEL}.plist" in cask


def test_ruby_reads_the_cask(files: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "ccr-desktop.rb"
    file.write_text(files["ccr-desktop.rb"], encoding="utf-8")

    done = subprocess.run([need("ruby"), "-wc", file], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("Syntax OK\n", "")


def test_a_release_without_an_installer_is_noticed(release: Path) -> None:
    (release / FILES["sha256_macos_x64"]).unlink()

    with pytest.raises(ValueError, match="macos-x64"):
        write_manifests(release, release.parent / "manifests")
