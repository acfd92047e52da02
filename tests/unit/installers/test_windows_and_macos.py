"""What Windows and macOS are told of the programs."""

import plistlib
import sys
import types
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import __version__
from ccr_desktop.autostart.macos import LABEL
from ccr_desktop.core.transfer.schemes import is_link
from ccr_desktop.own_program import CONSOLE, WINDOWED
from installers.pyinstaller.macos import IDENTIFIER, info_plist
from installers.pyinstaller.windows import of_four, version_resource, write_version_resource

INSTALLERS = Path(__file__).parents[3] / "installers"


def read(text: str) -> dict[str, Any]:
    """As PyInstaller reads it: by names that are classes of its own."""
    names = {
        "VSVersionInfo": lambda ffi, kids: {"fixed": ffi, **kids[0]},
        "FixedFileInfo": lambda **fields: fields,
        "StringFileInfo": lambda kids: kids[0],
        "StringTable": lambda _, strings: dict(strings),
        "StringStruct": lambda name, value: (name, value),
        "VarFileInfo": lambda kids: kids,
        "VarStruct": lambda name, values: (name, values),
    }
    found: dict[str, Any] = eval(text, {"__builtins__": {}}, names)
    return found


@pytest.mark.parametrize("program", [CONSOLE, WINDOWED])
def test_windows_shows_the_version_of_each_program(program: str, tmp_path: Path) -> None:
    file = write_version_resource(tmp_path / "new", __version__, program, "What it is")

    told = read(Path(file).read_text(encoding="utf-8"))

    assert told["ProductVersion"] == told["FileVersion"] == __version__
    assert told["OriginalFilename"] == f"{program}.exe"
    assert told["FileDescription"] == "What it is"
    assert told["fixed"]["filevers"] == of_four(__version__)


def test_windows_compares_numbers_alone() -> None:
    assert of_four("1.20.3rc1") == (1, 20, 3, 0)
    with pytest.raises(ValueError, match="three numbers"):
        of_four("1.2")


def test_quotes_do_not_break_the_resource() -> None:
    assert read(version_resource("1.2.3", "ccr", 'it\'s "so"'))["FileDescription"] == 'it\'s "so"'


def test_macos_has_it_in_the_menu_bar_and_opens_links_with_it() -> None:
    told = plistlib.loads(plistlib.dumps(info_plist(__version__)))

    assert told["LSUIElement"] is True
    assert told["LSBackgroundOnly"] is False
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == __version__
    (kind,) = told["CFBundleURLTypes"]
    assert all(is_link(f"{scheme}://import") for scheme in kind["CFBundleURLSchemes"])


def test_macos_knows_it_by_one_name() -> None:
    assert IDENTIFIER == LABEL


def test_the_hardened_runtime_leaves_to_python_what_it_needs() -> None:
    rights = plistlib.loads((INSTALLERS / "macos" / "entitlements.plist").read_bytes())

    assert rights == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_recipe_is_made_for_each_system(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run with stand-ins for PyInstaller: what each program and the bundle are asked for."""
    made = recipe(system, tmp_path, monkeypatch)

    programs = {one["name"]: one for one in made["EXE"]}
    assert set(programs) >= {WINDOWED}
    assert programs[WINDOWED]["console"] is (system == "linux")
    if system != "linux":
        assert programs[CONSOLE]["console"] is True
        ending = {"win32": "ico", "darwin": "icns"}[system]
        assert {Path(one["icon"]).suffix for one in programs.values()} == {f".{ending}"}
    assert [bool(one.get("version")) for one in made["EXE"]] == [system == "win32"] * len(programs)
    assert len(made["BUNDLE"]) == (system == "darwin")
    assert all(one["info_plist"] == info_plist(__version__) for one in made["BUNDLE"])


def recipe(
    system: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[dict[str, Any]]]:
    """What the recipe asks PyInstaller for, by the names of its classes."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in ("EXE", "COLLECT", "BUNDLE")}
    spec = INSTALLERS / "pyinstaller" / "ccr-desktop.spec"

    def recorded(kind: str) -> Any:
        return lambda *_, **words: made[kind].append(words)

    class Analysis:
        binaries = datas = scripts = pure = ()

        def __init__(self, *_: object, **__: object) -> None: ...

    hooks = types.ModuleType("PyInstaller.utils.hooks")
    hooks.collect_submodules = lambda _: []  # type: ignore[attr-defined]  # a stand-in
    hooks.copy_metadata = lambda _: []  # type: ignore[attr-defined]  # a stand-in
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: None)  # draws icons
    monkeypatch.setattr(Path, "hardlink_to", lambda *_: None)
    for name in ("licenses", "macos", "trim", "windows"):  # as the recipe imports them
        monkeypatch.setitem(sys.modules, name, import_module(f"installers.pyinstaller.{name}"))
    given = {
        "SPECPATH": str(spec.parent),
        "DISTPATH": str(folder / "dist"),
        "workpath": str(folder / "work"),
        "Analysis": Analysis,
        "PYZ": lambda _: None,
        **{kind: recorded(kind) for kind in made},
    }
    exec(compile(spec.read_text(encoding="utf-8"), spec.name, "exec"), given)
    return made
