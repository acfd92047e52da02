"""The installer of Windows compiles. `make test-package` runs it, under Wine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ccr_desktop.autostart.registration import APP_NAME
from ccr_desktop.autostart.windows import RUN
from ccr_desktop.core.secrets.system import SERVICE
from ccr_desktop.core.transfer.schemes import is_link
from ccr_desktop.own_program import CONSOLE, WINDOWED
from ccr_desktop.paths import APP
from tests.installers.judges import INSTALLERS, linux_only

pytestmark = linux_only
WINDOWS = INSTALLERS / "windows"
ICON = Path("/usr/share/nsis/Contrib/Graphics/Icons/modern-install.ico")


@pytest.fixture(scope="module")
def script() -> str:
    files = [*sorted(WINDOWS.glob("*.ns?"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_it_compiles_without_a_warning(tmp_path: Path) -> None:
    if not shutil.which("makensis"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("nsis is not installed")
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    for name in (CONSOLE, WINDOWED):
        (bundle / f"{name}.exe").write_bytes(b"MZ")

    done = subprocess.run(
        ["sh", WINDOWS / "build_installer.sh", bundle, tmp_path],
        env={"PATH": os.environ["PATH"], "ICON": str(ICON), "COMPRESSOR": "zlib"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    made = Path(done.stdout.splitlines()[-1])
    assert re.fullmatch(r"CCR-Desktop-\d+\.\d+\.\d+\w*-windows-x64-setup\.exe", made.name)
    assert made.read_bytes().startswith(b"MZ")


def test_it_means_the_names_that_the_app_has(script: str) -> None:
    """What the app itself reads, writes and answers to."""
    assert f'"{RUN}"' in script
    assert f'!define NAME "{APP_NAME}"' in script
    assert f'$7 == "{SERVICE}"' in script
    assert f'"@{SERVICE}"' in script
    assert f'RMDir /r "$LOCALAPPDATA\\{APP}"' in script
    assert f'"Software\\Classes\\{APP}"' in script
    assert is_link(f"{APP}://import")
    assert set(re.findall(r"\\(ccr[\w-]*)\.exe", script)) == {CONSOLE, WINDOWED}


def test_it_says_everything_in_both_languages(script: str) -> None:
    english = re.findall(r"LangString (\w+) \$\{LANG_ENGLISH\}", script)
    chinese = re.findall(r"LangString (\w+) \$\{LANG_SIMPCHINESE\}", script)

    assert english == chinese
    assert set(english) == set(re.findall(r"\$\((\w+)\)", script))
