"""The installer of Windows compiles. `make test-package` runs it, under Wine."""

import os
import re
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
from tests.support.programs import need

pytestmark = linux_only
WINDOWS = INSTALLERS / "windows"
ICON = Path("/usr/share/nsis/Contrib/Graphics/Icons/modern-install.ico")


@pytest.fixture(scope="module")
def script() -> str:
    files = [*sorted(WINDOWS.glob("*.ns?"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_it_compiles_without_a_warning(tmp_path: Path) -> None:
    need("makensis")

    made = build(bundle_of_stand_ins(tmp_path), tmp_path)

    assert re.fullmatch(r"CCR-Desktop-\d+\.\d+\.\d+\w*-windows-x64-setup\.exe", made.name)
    assert made.read_bytes().startswith(b"MZ")


def bundle_of_stand_ins(folder: Path) -> Path:
    """Programs that end at once, for they do nothing."""
    bundle = folder / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    script = folder / "nothing.nsi"
    for name in (CONSOLE, WINDOWED):
        text = f'Target amd64-unicode\nOutFile "{bundle / name}.exe"\nSection\nSectionEnd\n'
        script.write_text(text, encoding="utf-8")
        subprocess.run(["makensis", "-V1", script], check=True)
    return bundle


def build(bundle: Path, folder: Path, **variables: str) -> Path:
    done = subprocess.run(
        ["sh", WINDOWS / "build_installer.sh", bundle, folder],
        env={"PATH": os.environ["PATH"], "ICON": str(ICON), "COMPRESSOR": "zlib", **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(done.stdout.splitlines()[-1])


def test_a_certificate_signs_programs_uninstaller_and_installer(tmp_path: Path) -> None:
    need("makensis", "osslsigncode", "openssl")
    bundle = bundle_of_stand_ins(tmp_path)
    certificate = certificate_of_ours(tmp_path)

    made = build(
        bundle,
        tmp_path,
        CODESIGN_PFX=str(certificate),
        CODESIGN_PASSWORD_FILE=str(tmp_path / "password"),
        CODESIGN_TIMESTAMP="",
    )

    for program in (made, *bundle.glob("*.exe")):
        said = subprocess.run(
            ["osslsigncode", "verify", "-CAfile", tmp_path / "ours.pem", "-in", program],
            capture_output=True,
            encoding="utf-8",
            check=False,
        ).stdout
        assert "Signature verification: ok" in said, said
        assert "CN = Tester" in said.replace("CN=", "CN = ")


def certificate_of_ours(folder: Path) -> Path:
    (folder / "password").write_text("secret", encoding="utf-8")
    key, public, both = (folder / name for name in ("ours.key", "ours.pem", "ours.pfx"))
    extended = ("-addext", "extendedKeyUsage=codeSigning", "-subj", "/CN=Tester")
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *extended)
    pack = ("pkcs12", "-export", "-inkey", key, "-in", public, "-passout", "pass:secret")
    for words in ((*new, "-keyout", key, "-out", public), (*pack, "-out", both)):
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    return both


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
