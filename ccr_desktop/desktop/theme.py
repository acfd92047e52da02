"""The look in force: which tokens, which font, and how it changes while the app runs.

theme.apply(app, "system")           once at the start, and again when the setting changes
theme.current().tokens.accent        in whatever paints by itself; it repaints on a change
theme.current().changed.connect(...) for what keeps something drawn
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ccr_desktop.desktop import svg, tokens
from ccr_desktop.desktop.stylesheet import Measures, style_sheet
from ccr_desktop.desktop.tokens import Tokens

Scheme = Literal["system", "light", "dark"]
FontRole = Literal["title", "section", "body", "strong", "help"]

_SCALES = {
    "title": tokens.TITLE_SCALE,
    "section": tokens.SECTION_SCALE,
    "help": tokens.HELP_SCALE,
}
_TABULAR = QFont.Tag("tnum")
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<circle cx="12" cy="12" r="6" fill="currentColor"/></svg>'
)


class Theme(QObject):
    """What is on the screen now. There is one: `current()`."""

    changing = Signal()
    """All widgets are dressed anew at once: whatever nobody needs had better go before."""
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = tokens.LIGHT
        self.reduced_motion = False
        self._scheme: Scheme = "system"
        self._system_dark: bool | None = None
        self._qt_dark = False
        self._high_contrast = False
        self._files: QTemporaryDir | None = None
        self._app: QApplication | None = None

    @property
    def scheme(self) -> Scheme:
        """What was asked for; `tokens.dark` says what came of it."""
        return self._scheme

    @property
    def is_system_dark(self) -> bool:
        """What surrounds the window: panels do not follow what was chosen for it."""
        return self._qt_dark if self._system_dark is None else self._system_dark

    def apply(self, app: QApplication, scheme: Scheme) -> None:
        self._scheme = scheme
        if self._app is not app:
            self._adopt(app)
        hints = app.styleHints()
        if scheme == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(_SCHEMES[scheme])  # native dialogs and title bars go along
        self._refresh()

    def system_says(
        self,
        *,
        dark: bool | None = None,
        high_contrast: bool | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        """Take over what the desktop told; None leaves what was known before."""
        self._system_dark = self._system_dark if dark is None else dark
        self._high_contrast = self._high_contrast if high_contrast is None else high_contrast
        self.reduced_motion = self.reduced_motion if reduced_motion is None else reduced_motion
        self._refresh()

    def fade_ms(self) -> int:
        """How long something may take to appear."""
        return 0 if self.reduced_motion else tokens.FADE_MS

    def color(self, name: str) -> QColor:
        """A token as a colour to paint with: `color("accent")`."""
        return QColor(str(getattr(self.tokens, name)))

    def font(self, role: FontRole = "body") -> QFont:
        font = QFont(QApplication.font())
        scale = _SCALES.get(role, 1.0)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * scale)
        else:
            font.setPixelSize(round(font.pixelSize() * scale))
        if role in {"title", "section", "strong"}:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def control_height(self) -> int:
        """Of buttons and fields: 32, more with a large system font."""
        return max(tokens.CONTROL_HEIGHT, QFontMetrics(self.font()).height() + 12)

    def icon_side(self) -> int:
        """Of icons beside text: 16, more with a large system font."""
        return max(tokens.ICON_SIDE, round(QFontMetrics(self.font()).height() * 0.9))

    def row_height(self) -> int:
        """Of two-line rows: 40, more with a large system font."""
        lines = QFontMetrics(self.font()).height() + QFontMetrics(self.font("help")).height()
        return max(tokens.ROW_HEIGHT, lines + 8)

    def _adopt(self, app: QApplication) -> None:
        self._app = app
        app.setStyle(QStyleFactory.create("Fusion"))
        font = app.font()
        font.setFeature(_TABULAR, 1)
        app.setFont(font)
        hints = app.styleHints()
        self._qt_dark = hints.colorScheme() is Qt.ColorScheme.Dark
        hints.colorSchemeChanged.connect(self._refresh)
        hints.accessibility().contrastPreferenceChanged.connect(self._refresh)

    def _refresh(self) -> None:
        app = self._app
        if app is None:
            return
        if self._scheme == "system":  # else it tells what was asked for
            self._qt_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        chosen = tokens.choose(dark=self._is_dark(), high_contrast=self._is_strong(app))
        self.tokens = chosen
        sheet = style_sheet(chosen, self._measures())
        is_new = app.styleSheet() != sheet
        if is_new:
            self.changing.emit()
        app.setPalette(_palette(chosen))
        if is_new:
            app.setStyleSheet(sheet)
        self.changed.emit()

    def _is_dark(self) -> bool:
        if self._scheme != "system":
            return self._scheme == "dark"
        return self.is_system_dark

    def _is_strong(self, app: QApplication) -> bool:
        hints = app.styleHints()  # what it hands out lives no longer than this name
        told = hints.accessibility().contrastPreference()
        return self._high_contrast or told is Qt.ContrastPreference.HighContrast

    def _measures(self) -> Measures:
        info = QFont(QApplication.font())
        size = info.pointSizeF() if info.pointSizeF() > 0 else info.pixelSize() * 0.75
        return Measures(
            font_pt=size, control_height=self.control_height(), glyphs=self._write_glyphs()
        )

    def _write_glyphs(self) -> dict[str, str]:
        """Style sheets take drawings from files alone, and these need our colours."""
        if self._files is None:
            self._files = QTemporaryDir()
        drawings = {
            "up": (svg.source("chevron-up"), self.tokens.secondary),
            "down": (svg.source("chevron-down"), self.tokens.secondary),
            "right": (svg.source("chevron-right"), self.tokens.secondary),
            "tick": (svg.source("check"), self.tokens.text),
            "check": (svg.source("check"), self.tokens.on_accent),
            "part": (svg.source("minus"), self.tokens.on_accent),
            "dot": (_DOT, self.tokens.on_accent),
        }
        written = {}
        for name, (drawing, color) in drawings.items():
            path = Path(self._files.filePath(f"{name}-{color.removeprefix('#')}.svg"))
            if not path.exists():
                path.write_text(svg.colored(drawing, color), encoding="utf-8")
            written[name] = path.as_posix()
        return written


_THEME = Theme()


def current() -> Theme:
    return _THEME


def apply(app: QApplication, scheme: Scheme = "system") -> Theme:
    """Dress the app; call it again to change the scheme while it runs."""
    _THEME.apply(app, scheme)
    return _THEME


def _palette(colors: Tokens) -> QPalette:
    """Fusion's colours, for what no rule of the style sheet covers."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, color in {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.field,
        role.AlternateBase: colors.hover,
        role.Text: colors.text,
        role.Button: colors.card,
        role.ButtonText: colors.text,
        role.BrightText: colors.attention,
        role.ToolTipBase: colors.raised,
        role.ToolTipText: colors.text,
        role.PlaceholderText: colors.secondary,
        role.Highlight: colors.selection,
        role.HighlightedText: colors.on_selection,
        role.Accent: colors.accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Light: colors.hover,
        role.Midlight: colors.hover,
        role.Mid: colors.line,
        role.Dark: colors.line_strong,
        role.Shadow: colors.line_strong,
    }.items():
        palette.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colors.disabled))
    return palette
