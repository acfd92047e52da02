"""The installer of Windows and its uninstaller, run by Wine with stand-ins for the two programs.

`make test-package` runs this. What the programs themselves do on Windows is not tried here.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop.autostart.windows import RUN, command_line
from tests.desktop.waiting import until
from tests.installers.judges import INSTALLERS
from tests.package.wine import MACHINE, USER, WINE, Wine
from tests.support.programs import need

WINDOWS = INSTALLERS / "windows"
NSIS_ICON = Path("/usr/share/nsis/Contrib/Graphics/Icons/modern-install.ico")
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\CCRDesktop"
LINK = r"Software\Classes\ccr-desktop\shell\open\command"
MACHINE_PATH = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
CREDENTIALS = r"HKCU\Software\Wine\Credential Manager"
LONG_PATH = ";".join(rf"%USERPROFILE%\tools\number-{number}" for number in range(100)) + ";"
"""Longer than the strings of NSIS, and with a variable."""
MENU = Path("Microsoft/Windows/Start Menu/Programs/CCR Desktop.lnk")
SHOWN = r"C:\users\tester\AppData\Local\Programs\CCR Desktop"


@pytest.fixture(scope="session")
def setups(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Installers of two versions, and `keys`, which fills the Credential Manager."""
    need("makensis", str(WINE))
    folder = tmp_path_factory.mktemp("windows")
    compiled(folder / "keys.exe", "keys")
    made = {"keys": folder / "keys.exe"}
    for version in ("0.1.0", "0.2.0"):
        bundle = folder / version
        (bundle / "_internal" / "base").mkdir(parents=True)
        (bundle / "_internal" / f"only-in-{version}.dll").write_bytes(b"\0" * 300_000)
        (bundle / "_internal" / "base" / "python.dll").write_text(version, encoding="utf-8")
        compiled(bundle / "ccr.exe", "console")
        compiled(bundle / "ccr-desktop.exe", "app")
        made[version] = built(bundle, version, folder / "out")
    return made


def compiled(out: Path, kind: str) -> None:
    source = Path(__file__).parent / "stand_in.nsi"
    subprocess.run(["makensis", "-V1", f"-DKIND={kind}", f"-DOUT={out}", source], check=True)


def built(bundle: Path, version: str, out: Path) -> Path:
    variables = {
        "PATH": os.environ["PATH"],
        "VERSION": version,
        "ICON": str(NSIS_ICON),
        "COMPRESSOR": "zlib",
        "PATIENCE": "4",
    }
    done = subprocess.run(
        ["sh", WINDOWS / "build_installer.sh", bundle, out],
        env=variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def wine(setups: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    assert setups
    with Wine(tmp_path_factory.mktemp("wine")) as windows:
        yield windows


class Installed:
    """One installation after another, each from a clean state of what it touches."""

    def __init__(self, wine: Wine, setups: dict[str, Path], talk: Path) -> None:
        self.wine = wine
        self.folder = wine.home / "AppData/Local/Programs/CCR Desktop"
        self.settings = wine.home / "AppData/Local/ccr-desktop/config.json"
        self.talk = talk
        self.started: list[subprocess.Popen[str]] = []
        self._setups = setups
        self._variables = {"STAND_IN": f"Z:{talk}".replace("/", "\\")}

    def install(self, version: str, *switches: str) -> int:
        return self.wine.run(self._setups[version], "/S", *switches, **self._variables)

    def keep_key(self, name: str) -> int:
        return self.wine.run(self._setups["keys"], name)

    def run_app(self) -> subprocess.Popen[str]:
        app = self.wine.start(self.folder / "ccr-desktop.exe", "ui", **self._variables)
        self.started.append(app)
        until(lambda: self.runs_as() == "ui", "the app runs")
        return app

    def runs_as(self) -> str:
        """The arguments of the app that runs."""
        file = self.talk / "app-runs"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def uninstall(self, *switches: str, folder: Path | None = None) -> None:
        """It goes on as a copy of itself, after the program that was started has ended."""
        folder = folder or self.folder
        self.wine.run(folder / "uninstall.exe", "/S", *switches, **self._variables)
        until(lambda: not (folder / "uninstall.exe").exists(), "the uninstaller is gone")
        until(lambda: self.values(UNINSTALL) is None, "it is not listed any more")
        until(self.wine.settled, "the uninstaller has ended")

    def values(self, key: str, root: str = USER) -> dict[str, str] | None:
        return self.wine.values(root + key)

    def calls(self) -> list[str]:
        file = self.talk / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def files(self) -> set[str]:
        return {str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file()}


@pytest.fixture
def installed(wine: Wine, setups: dict[str, Path], tmp_path: Path) -> Iterator[Installed]:
    here = Installed(wine, setups, tmp_path)
    wine.set_value(USER + "Environment", "Path", LONG_PATH, "REG_EXPAND_SZ")
    here.settings.parent.mkdir(parents=True, exist_ok=True)
    here.settings.write_text("{}", encoding="utf-8")
    yield here
    (tmp_path / "stubborn").unlink(missing_ok=True)
    if (here.folder / "uninstall.exe").exists():
        here.uninstall()
    shutil.rmtree(here.folder, ignore_errors=True)
    for app in here.started:
        app.wait(timeout=30)


def test_a_silent_installation_is_complete(installed: Installed) -> None:
    assert installed.install("0.1.0") == 0

    assert installed.files() == {
        "ccr.exe",
        "ccr-desktop.exe",
        "install-method",
        "uninstall.exe",
        "_internal/only-in-0.1.0.dll",
        "_internal/base/python.dll",
    }
    listed = installed.values(UNINSTALL)
    assert listed is not None
    assert listed["DisplayName"] == "CCR Desktop"
    assert listed["DisplayVersion"] == "0.1.0"
    assert listed["Publisher"] == "The CCR Desktop developers"
    assert listed["DisplayIcon"] == rf"{SHOWN}\ccr-desktop.exe,0"
    assert listed["QuietUninstallString"] == rf'"{SHOWN}\uninstall.exe" /S'
    assert 300 < int(listed["EstimatedSize"], 16) < 1000
    assert installed.values(UNINSTALL, MACHINE) is None
    assert installed.values(LINK) == {"(Default)": rf'"{SHOWN}\ccr-desktop.exe" ui "%1"'}
    assert (installed.wine.home / "AppData/Roaming" / MENU).exists()
    assert installed.values(RUN) in (None, {})
    assert (installed.folder / "install-method").read_text(encoding="utf-8") == "nsis"
    assert installed.calls() == []


def test_a_long_path_is_added_to_and_comes_back_as_it_was(installed: Installed) -> None:
    installed.install("0.1.0")
    longer = installed.wine.values(USER + "Environment")
    installed.install("0.2.0")
    again = installed.wine.values(USER + "Environment")
    installed.uninstall()
    after = installed.wine.values(USER + "Environment")

    assert longer is not None
    assert after is not None
    assert longer["Path"] == f"{LONG_PATH};{SHOWN}"
    assert again == longer
    assert after["Path"] == LONG_PATH


def test_switches_choose_and_an_upgrade_keeps_what_was_chosen(installed: Installed) -> None:
    switches = ("/StartAtLogin", "/DesktopShortcut", "/Path=no", "/InstalledBy=winget")
    installed.install("0.1.0", *switches)
    manager = (installed.folder / "install-method").read_text(encoding="utf-8")
    at_first = installed.values(RUN)
    path = installed.values("Environment")
    installed.install("0.2.0")
    later = installed.values(RUN)
    shortcut = installed.wine.home / "Desktop" / "CCR Desktop.lnk"
    has_shortcut = shortcut.exists()
    installed.uninstall()

    command = command_line([rf"{SHOWN}\ccr-desktop.exe", "ui", "--hidden"])
    assert at_first == later == {"CCR Desktop": command}
    assert path is not None
    assert path["Path"] == LONG_PATH
    assert manager == "winget"
    assert has_shortcut
    assert not shortcut.exists()
    assert installed.values(RUN) in (None, {})


def test_an_upgrade_asks_the_running_app_to_quit_and_starts_it_again(installed: Installed) -> None:
    installed.install("0.1.0")
    app = installed.run_app()
    (installed.folder / "mine.txt").touch()

    assert installed.install("0.2.0") == 0

    app.wait(timeout=30)
    assert installed.calls() == ["ui --quit"]
    until(lambda: installed.runs_as() == "ui --hidden", "the new app runs in the tray")
    assert installed.files() == {
        "ccr.exe",
        "ccr-desktop.exe",
        "install-method",
        "uninstall.exe",
        "mine.txt",
        "_internal/only-in-0.2.0.dll",
        "_internal/base/python.dll",
    }
    listed = installed.values(UNINSTALL)
    assert listed is not None
    assert listed["DisplayVersion"] == "0.2.0"


def test_another_folder_leaves_nothing_in_the_first(installed: Installed) -> None:
    installed.install("0.1.0")
    other = installed.wine.home / "Elsewhere"

    assert installed.install("0.2.0", r"/D=C:\users\tester\Elsewhere") == 0

    assert (other / "ccr.exe").exists()
    assert not installed.folder.exists()
    assert installed.calls() == []
    path = installed.values("Environment")
    assert path is not None
    assert path["Path"] == rf"{LONG_PATH};C:\users\tester\Elsewhere"
    installed.uninstall(folder=other)


def test_an_app_that_does_not_end_keeps_its_files(installed: Installed) -> None:
    installed.install("0.1.0")
    (installed.talk / "stubborn").touch()
    installed.run_app()
    before = installed.files()

    assert installed.install("0.2.0") == 10

    assert installed.files() == before
    assert installed.calls() == ["ui --quit", "stop"]
    listed = installed.values(UNINSTALL)
    assert listed is not None
    assert listed["DisplayVersion"] == "0.1.0"


def test_a_silent_uninstallation_keeps_settings_and_keys(installed: Installed) -> None:
    installed.keep_key("ccr-desktop")
    installed.install("0.1.0")
    installed.run_app()

    installed.uninstall()

    assert installed.calls() == ["ui --quit", "env --undo"]
    assert not installed.folder.exists()
    assert installed.values(LINK) is None
    assert not (installed.wine.home / "AppData/Roaming" / MENU).exists()
    assert installed.settings.exists()
    assert credentials(installed.wine) >= {"ccr-desktop"}


def test_settings_and_keys_go_when_a_switch_says_so(installed: Installed) -> None:
    others = {"git:https://example.com", "ccr-desktop-of-another", "me@example.com"}
    for name in {"ccr-desktop", "openrouter@ccr-desktop", *others}:
        assert installed.keep_key(name) == 0
    installed.install("0.1.0")

    installed.uninstall("/RemoveSettings")

    assert not installed.settings.parent.exists()
    assert credentials(installed.wine) == others


def test_all_users_get_it_below_program_files(installed: Installed, wine: Wine) -> None:
    folder = wine.drive / "Program Files" / "CCR Desktop"

    assert installed.install("0.1.0", "/AllUsers") == 0

    listed = installed.values(UNINSTALL, MACHINE)
    assert listed is not None
    assert listed["InstallLocation"] == r"C:\Program Files\CCR Desktop"
    assert installed.values(UNINSTALL) is None
    assert (wine.drive / "ProgramData" / MENU).exists()
    path = wine.values(MACHINE_PATH)
    assert path is not None
    assert path["PATH" if "PATH" in path else "Path"].endswith(r";C:\Program Files\CCR Desktop")
    assert installed.install("0.2.0") == 0  # the one that is there, with no switch
    assert installed.values(UNINSTALL) is None

    installed.uninstall(folder=folder)

    assert not folder.exists()
    assert installed.values(UNINSTALL, MACHINE) is None


def credentials(wine: Wine) -> set[str]:
    """Their names, as Wine keeps them: `Generic: name`."""
    return {re.sub(r"^Generic: ", "", name) for name in wine.subkeys(CREDENTIALS)}
