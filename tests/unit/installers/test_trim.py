"""What a bundle leaves out, and what it must never leave out."""

import ast
import sys
import sysconfig
from pathlib import Path

import pytest

from installers.pyinstaller.trim import is_wanted, standard_modules, trimmed

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqwayland.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/wayland-shell-integration/libxdg-shell.so",
        f"{QT}/plugins/wayland-decoration-client/libadwaita.so",
        f"{QT}/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
        f"{QT}/plugins/iconengines/libqsvgicon.so",
        f"{QT}/plugins/imageformats/libqsvg.so",
        f"{QT}/plugins/imageformats/libqjpeg.so",
        f"{QT}/plugins/platformthemes/libqxdgdesktopportal.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        f"{QT}/plugins/platforms/libqcocoa.dylib",
        f"{QT}/lib/libQt6Gui.so.6",
        f"{QT}/lib/libQt6WaylandClient.so.6",
        f"{QT}/lib/libQt6OpenGL.so.6",
        f"{QT}/lib/libQt6XcbQpa.so.6",
        f"{QT}/lib/libicudata.so.73",
        f"{QT}/translations/qtbase_zh_CN.qm",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/QtNetwork.abi3.so",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
        "libXcursor.so.1",
        "libglib-2.0.so.0",
        "ccr_desktop/resources/vocabulary/cl100k_base.tiktoken",
        "ccr_desktop/resources/i18n/ccr_desktop_zh_CN.qm",
        "keyring-25.7.0.dist-info/entry_points.txt",
    ],
)
def test_what_the_app_needs_stays(name: str) -> None:
    assert is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}/plugins/imageformats/libqpdf.so",
        f"{QT}/plugins/imageformats/libqtiff.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/plugins/networkinformation/libqglib.so",
        f"{QT}/plugins/sqldrivers/libqsqlite.so",
        f"{QT}/plugins/wayland-graphics-integration-server/libqt-wayland-compositor-wayland-egl.so",
        f"{QT}/lib/libQt6Qml.so.6",
        f"{QT}/lib/libQt6QuickControls2.so.6",
        f"{QT}/lib/libQt6Pdf.so.6",
        "libQt6EglFsKmsSupport.so.6",
        "PySide6/QtQuick.abi3.so",
        "PySide6/Qt6Qml.dll",
        f"{QT}/qml/QtQuick/qmldir",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/translations/qt_help_zh_CN.qm",
        "libgtk-3.so.0",
        "libpango-1.0.so.0",
        "libgobject-2.0.so.0",
        "libmount.so.1",
        "libXi.so.6",
        "pyside6_essentials-6.11.3.dist-info/RECORD",
        "ccr_desktop/resources/i18n/ccr_desktop_zh_CN.ts",
    ],
)
def test_what_nothing_uses_goes(name: str) -> None:
    assert not is_wanted(name)


def test_entries_are_kept_as_they_are() -> None:
    kept = ("PySide6/QtGui.abi3.so", "/x/QtGui.abi3.so", "EXTENSION")
    dropped = ("PySide6/QtQml.abi3.so", "/x/QtQml.abi3.so", "EXTENSION")

    assert trimmed([kept, dropped]) == [kept]


def test_plugins_of_the_user_find_the_standard_library() -> None:
    found = set(standard_modules(Path(sysconfig.get_path("stdlib"))))

    assert {"statistics", "csv", "xml.etree.ElementTree", "email.mime.text", "difflib"} <= found
    assert not {"test", "tkinter", "idlelib", "turtle"} & {name.partition(".")[0] for name in found}
    assert {name.partition(".")[0] for name in found} <= set(sys.stdlib_module_names)


def test_modules_that_a_distribution_adds_to_the_library_stay_out(tmp_path: Path) -> None:
    for name in ("csv", "sitecustomize", "_distutils_system_mod"):
        (tmp_path / f"{name}.py").touch()

    assert [*standard_modules(tmp_path)] == ["csv"]


def test_the_recipe_is_python() -> None:
    recipe = Path("installers/pyinstaller/ccr-desktop.spec")

    ast.parse((Path(__file__).parents[3] / recipe).read_text(encoding="utf-8"))
