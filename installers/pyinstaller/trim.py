"""What a bundle does without, of all that PyInstaller finds.

The names are those inside the bundle, with `/` on every system.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_KEPT_PLUGINS = {
    "iconengines": {"svgicon"},
    "imageformats": {"gif", "ico", "jpeg", "svg", "webp"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"xcb", "wayland", "offscreen", "minimal", "windows", "cocoa"},
    "platformthemes": {"xdgdesktopportal"},
    "styles": {"modernwindowsstyle", "macstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl", "shm-emulation-server"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": set[str](),  # windows are painted, not rendered by OpenGL
}
_PLUGIN = re.compile(
    r"PySide6/(?:Qt/)?plugins/([\w-]+)/(?:lib)?(?:q(?!t-))?([\w-]+)\.(?:so|dll|dylib)"
)
_NOT_NEEDED = re.compile(
    # Parts of Qt that a painted window has no use for.
    r"(?:lib)?Qt6(?:Qml|Quick|Pdf|VirtualKeyboard|OpenGLWidgets|Egl[Ff][Ss]|ShaderTools|Labs|Test|Sql"
    r"|Designer|Help|Concurrent|PrintSupport|UiTools|WaylandCompositor|WaylandEglCompositor)"
    r"|PySide6/(?:Qt(?:Qml|Quick|Pdf|OpenGL|Test|Sql|Designer|Help|Concurrent|PrintSupport|UiTools))"
    r"|PySide6/(?:Qt/)?(?:qml|libexec|metatypes|resources)/"
    # GTK's, which came with the theme plugin that reads its settings; the portal tells them, too.
    r"|lib(?:gtk-3|gdk-3|gdk_pixbuf|cairo|pango|harfbuzz|atk|atspi|epoxy|fribidi|graphite2|thai|datrie"
    r"|pixman|jbig|LLVM|tiff|wayland-server|cups|pq|odbc|mysqlclient|mariadb)[\w+.-]*\.so"
    # What only those needed. libXcursor stays: Qt loads it by name, for the pointers of the theme.
    r"|lib(?:gio-2\.0|gmodule-2\.0|gobject-2\.0|mount|blkid|selinux|bsd|md|jpeg|Xau|Xcomposite|Xdamage"
    r"|Xdmcp|Xext|Xi|Xinerama|Xrandr|xcb-glx)\.so|libQt6WlShellIntegration\."
    r"|pyside6_essentials-[\d.]+\.dist-info/RECORD"
)
_SOURCE = re.compile(r"ccr_desktop/resources/i18n/.+\.ts")  # what translations are made from
_TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(?!qtbase_(?:zh_CN|en)\.qm)")
# fmt: off
_LEFT_OUT = {
    "__phello__", "antigravity", "distutils", "dist-packages", "ensurepip", "idle_test", "idlelib",
    "lib2to3", "pydoc_data", "site-packages", "test", "tests", "this", "tkinter", "turtle",
    "turtledemo", "venv",
}
# fmt: on


def is_wanted(name: str) -> bool:
    """Whether a file of this name belongs into the bundle."""
    name = name.replace("\\", "/")
    if plugin := _PLUGIN.match(name):
        kind, stem = plugin.groups()
        return stem in _KEPT_PLUGINS.get(kind, ())
    if "/plugins/" in name and name.startswith("PySide6/"):
        return False
    found = _NOT_NEEDED.match(name) or _NOT_NEEDED.match(name.rpartition("/")[2])
    return not (found or _TRANSLATION.match(name) or _SOURCE.match(name))


def trimmed(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """PyInstaller's (name, source, kind), without what nobody needs."""
    return [entry for entry in entries if is_wanted(entry[0])]


def standard_modules(folder: Path) -> Iterator[str]:
    """The modules of Python's own library: plugins of the user may import any of them.

    What a distribution puts beside them, such as Debian its `sitecustomize`, is none of them.
    """
    for file in sorted(folder.rglob("*.py")):
        parts = list(file.relative_to(folder).with_suffix("").parts)
        if parts[-1] in {"__init__", "__main__"}:
            parts.pop()
        is_left_out = not _LEFT_OUT.isdisjoint(parts)
        is_own = bool(parts) and parts[0] in sys.stdlib_module_names
        if is_own and not is_left_out and all(part.isidentifier() for part in parts):
            yield ".".join(parts)
