"""Connects the section about the status line: shows the file, draws the preview, saves."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.daemons import beside
from ccr_desktop.core.setup.edits import with_status_line
from ccr_desktop.core.setup.status_lines import (
    line_of,
    modules_of,
    style_of,
    styles_of,
    with_modules,
    with_style,
)
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.dialogs import pick_file
from ccr_desktop.desktop.pages.settings.line_drawing import LineDrawer
from ccr_desktop.desktop.pages.settings.line_scene import (
    example_scene,
    last_session,
    session_scene,
)
from ccr_desktop.desktop.pages.settings.line_words import about_style, styles
from ccr_desktop.errors import ClientError
from ccr_desktop.launch.settings_file import statusline_command
from ccr_desktop.statusline.themes import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.line_scene import Scene
    from ccr_desktop.desktop.pages.settings.status_line import StatusLineView


class LinePresenter(QObject):
    """Lives as long as its view. Of lines that are to be drawn the latest counts."""

    def __init__(self, desk: Desk, view: StatusLineView) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._launching = desk.launching
        self._view = view
        self._drawer = LineDrawer()
        self._wanted: JsonObject | None = None
        self._latest: JsonObject = {}
        self._is_drawing = False
        self._style = ""
        self._connect()
        view.use.snippet.set_text(_snippet())
        self.show()

    def show(self) -> None:
        """What the file says now, whoever wrote it."""
        raw, view = self._bridge.raw, self._view
        self._style = style_of(raw)
        words = styles()
        view.enabled.show_value(line_of(raw).get("enabled") is True)
        view.style_choice.set_choices([(name, words.get(name, name)) for name in styles_of(raw)])
        view.style_choice.set_current(self._style)
        view.style_row.show_help(about_style(self._style))
        own = modules_of(raw, self._style)
        modules = theme(self._style, {}) if own is None else own
        view.parts.show_modules(modules, self._issues(), are_own=own is not None)
        self._draw(raw)

    def _connect(self) -> None:
        view, parts = self._view, self._view.parts
        view.enabled.wanted.connect(self._switch)
        view.style_choice.picked.connect(self._choose_style)
        view.preview.scene_wanted.connect(lambda _key: self._draw(self._latest))
        view.placeholders.insert_wanted.connect(parts.fields.insert)
        parts.wanted.connect(self._save)
        parts.drafted.connect(lambda modules: self._draw(self._with(modules)))
        parts.built_in_wanted.connect(self._use_built_in)
        parts.fields.browse_wanted.connect(
            lambda: self._bridge.do(self._pick_script(), self.tr("Choosing a script"))
        )
        self._bridge.config_changed.connect(self.show, Qt.ConnectionType.QueuedConnection)
        self._bridge.activity_changed.connect(self._happened)

    # -- changes ---------------------------------------------------------------------------

    def _switch(self, enabled: bool) -> None:  # as a switch gives it
        words = self._view.enabled.words(enabled)
        self._bridge.edit(lambda raw: with_status_line(raw, enabled), words)

    def _choose_style(self, style: str) -> None:
        words = self.tr("Style of the status line: {name}").format(name=styles().get(style, style))
        self._bridge.edit(lambda raw: with_style(raw, style), words)

    def _save(self, modules: Sequence[Any], words: str) -> None:
        style = self._style
        self._draw(self._with(modules))
        task = self._bridge.edit(lambda raw: with_modules(raw, style, modules), words)
        afterwards(task, self.show)  # as it was, when that failed

    def _use_built_in(self) -> None:
        style = self._style
        words = self.tr("The built-in status line")
        self._bridge.edit(lambda raw: with_modules(raw, style, None), words)

    async def _pick_script(self) -> None:
        path = await pick_file(self._view.window(), self.tr("Choose a script"))
        if path is not None:
            self._view.parts.fields.take_script(str(path))

    def _with(self, modules: Sequence[Any]) -> JsonObject:
        """The settings with these modules; as they are where that can't be, which a save tells."""
        try:
            return with_modules(self._bridge.raw, self._style, modules)
        except ClientError:
            return self._bridge.raw

    # -- the preview -----------------------------------------------------------------------

    def _happened(self) -> None:
        """The router may have noted something new of a session."""
        if self._view.isVisible():
            self._draw(self._latest)

    def _draw(self, raw: JsonObject) -> None:
        self._wanted = self._latest = raw
        if not self._is_drawing:
            self._is_drawing = True
            self._bridge.do(self._drawn(), self.tr("Drawing the status line"))

    async def _drawn(self) -> None:
        try:
            while (raw := self._wanted) is not None:
                self._wanted = None
                await self._draw_one(raw)
        finally:
            self._is_drawing = False

    async def _draw_one(self, raw: JsonObject) -> None:
        store = self._bridge.store
        folder = str((store.path or store.save_path).parent)
        session = await beside(last_session)
        self._view.preview.show_has_session(has_session=bool(session))
        scene = self._scene(session)
        drawn = await beside(lambda: self._drawer.draw(raw, folder, scene))
        self._view.preview.show_line(drawn.text)
        self._view.placeholders.show_values(drawn.values)

    def _scene(self, session: str) -> Scene:
        if not session or self._view.preview.scene.current() == "example":
            return example_scene()
        recent = self._launching.recent_folders()
        return session_scene(session, recent[0] if recent else None)

    def _issues(self) -> dict[int, list[Issue]]:
        """What is wrong, by the place of the module."""
        found: dict[int, list[Issue]] = {}
        place = re.compile(rf"StatusLine\.{re.escape(self._style)}\.modules\[(\d+)\]")
        for issue in self._bridge.written.issues:
            if match := place.match(issue.where):
                found.setdefault(int(match[1]), []).append(issue)
        return found


def _snippet() -> str:
    line = {"type": "command", "command": statusline_command(), "padding": 0}
    return json.dumps({"statusLine": line}, indent=2)
