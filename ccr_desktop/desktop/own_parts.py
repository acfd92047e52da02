"""What the window needs of Qt, for `ccr --selftest`: nothing of it needs a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader, QTranslator, qVersion
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtWidgets import QApplication, QLabel

from ccr_desktop import paths
from ccr_desktop.desktop import svg
from ccr_desktop.selftest.check import Examine, PartMissing
from ccr_desktop.selftest.parts import own_modules

_PLATFORMS = {"win32": ("windows",), "darwin": ("cocoa",)}
_ON_LINUX = ("xcb", "wayland")
_WAYLAND = ("wayland-shell-integration/xdg-shell", "wayland-decoration-client/adwaita")
_PICTURES = {"png", "svg", "jpg", "gif", "ico"}


def modules() -> str:
    """All of the window's code, pages that are loaded when they are first shown included."""
    return own_modules("ccr_desktop.desktop", without="")


def window() -> str:
    """A window that is drawn, as it would be on a screen."""
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        application = QGuiApplication.instance() or QApplication(["ccr-desktop"])
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before
    label = QLabel("CCR Desktop")
    label.resize(200, 60)
    label.show()
    drawn = label.grab().toImage()
    label.close()
    colors = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
    if len(colors) < 2:
        raise PartMissing("a text is not drawn; is there a font?")
    return f"Qt {qVersion()}, {type(application).__name__}"


def drawings() -> str:
    """The drawings of the app, and the kinds of pictures that Qt reads by plugins."""
    picture = svg.draw(svg.source("app"), 32)
    if not picture.pixelColor(16, 4).alpha():
        raise PartMissing("the logo is not drawn")
    kinds = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    if missing := _PICTURES - kinds:
        raise PartMissing(f"no plugin reads {', '.join(sorted(missing))}")
    return "logo, " + ", ".join(sorted(_PICTURES))


def platforms() -> str:
    """The plugins that reach a screen, with every library that they load."""
    wanted = [f"platforms/{name}" for name in _PLATFORMS.get(sys.platform, _ON_LINUX)]
    if sys.platform not in _PLATFORMS:
        wanted += _WAYLAND
    problems = [problem for name in wanted if (problem := _plugin_problem(name))]
    if problems:
        raise PartMissing("; ".join(problems))
    return ", ".join(name.rpartition("/")[2] for name in wanted)


def _plugin_problem(name: str) -> str:
    folder, _, stem = name.partition("/")
    place = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / folder
    files = [place / file for file in (f"libq{stem}.so", f"lib{stem}.so", f"q{stem}.dll")]
    files.append(place / f"libq{stem}.dylib")
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        return f"{name} is missing"
    loader = QPluginLoader(str(file))
    return "" if loader.load() else f"{name}: {loader.errorString()}"


def translations() -> str:
    """Our own words in Chinese, and those that Qt's own dialogs have."""
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for file in (paths.resource("i18n/ccr_desktop_zh_CN.qm"), qt / "qtbase_zh_CN.qm"):
        if not QTranslator().load(str(file)):
            raise PartMissing(f"{file.name} can't be read")
    return "zh_CN"


PARTS: dict[str, Examine] = {
    "modules of the window": modules,
    "window": window,
    "drawings": drawings,
    "platform plugins": platforms,
    "translations": translations,
}
