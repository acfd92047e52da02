"""One plugin: how it stands, what it does, what is wrong, its options, and a try."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.pages.settings.plugin_options import PluginOptions
from ccr_desktop.desktop.pages.settings.plugin_records import Load
from ccr_desktop.desktop.pages.settings.plugin_words import about, problem_line, state_of, told
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XS, M, S
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton, QuietButton
from ccr_desktop.desktop.widgets.code_box import CodeBox
from ccr_desktop.desktop.widgets.labels import ElidedText, ErrorText, HelpText
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.transformers.trying import Tried
    from ccr_desktop.desktop.pages.settings.plugin_records import PluginSeen

_USABLE = {Load.LOADED, Load.BUILT_IN}
_TRIABLE = {Load.LOADED, Load.FAILED, Load.UNMADE, Load.WAITING}


class PluginCard(QFrame):
    """Shows a record; what is wanted is told with it."""

    test_wanted = Signal()
    open_wanted = Signal()
    remove_wanted = Signal()
    providers_wanted = Signal()
    options_wanted = Signal(object)

    def __init__(self, plugin: PluginSeen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.plugin = plugin
        self._column = QVBoxLayout(self)
        self._has_trace = self._has_tried = False
        self._name, self._path = ElidedText(role="field"), ElidedText(role="help")
        self._state = StateDot()
        self._about, self._error = HelpText(), ErrorText()
        self.test = PlainButton(self.tr("Test"), "play")
        self.open = IconButton("external-link", self.tr("Open in editor"))
        self.remove = IconButton("trash-2", "")
        self.providers = QuietButton(self.tr("Providers"), "plug")
        self.options = PluginOptions(plugin)
        self._lay_out()
        self.test.clicked.connect(self.test_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.providers.clicked.connect(self.providers_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.options.saved.connect(self.options_wanted)
        self.show_plugin(plugin)

    def show_plugin(self, plugin: PluginSeen) -> None:
        """How it stands now. What an earlier try showed may no longer be so."""
        if plugin != self.plugin and self._has_tried:
            self.tried.hide()
        self.plugin = plugin
        self.setAccessibleName(plugin.title)
        self._name.setText(plugin.title or self.tr("(can't be read)"))
        self._path.setText(plugin.path or plugin.text)
        self._state.show_state(*state_of(plugin.load))
        self._about.setText(about(plugin))
        wrong = [problem_line(plugin.problem), *plugin.notes]
        self._error.setText(put_together(wrong))
        self._error.setVisible(bool(self._error.text()))
        if "\n" in plugin.problem:
            self.trace.set_text(plugin.problem)
            self.trace.show()
        elif self._has_trace:
            self.trace.hide()
        self.open.setVisible(plugin.load not in {Load.MISSING, Load.UNREADABLE})
        self.test.setVisible(plugin.load in _TRIABLE)
        self.providers.setVisible(plugin.load in _USABLE and not plugin.used_by)
        self.remove.set_name(self.tr("Remove {name}").format(name=plugin.title))
        for button in (self.test, self.providers):  # of several cards it is read whose they are
            button.setAccessibleName(lists.phrases((button.text(), plugin.title)))
        self.open.setAccessibleName(lists.phrases((self.open.toolTip(), plugin.title)))
        self.options.show_plugin(plugin)

    def show_busy(self, *, is_busy: bool) -> None:
        """While it is tried out."""
        self.test.set_busy(busy=is_busy)
        self.test.setText(self.tr("Testing…") if is_busy else self.tr("Test"))

    def show_tried(self, tried: Sequence[Tried]) -> None:
        self.show_words(told(tried))

    def show_words(self, text: str) -> None:
        """What came of a try, where it came to nothing."""
        self.tried.set_text(text)
        self.tried.show()

    def describe(self, number: int) -> None:
        """Names for tests and for what is driven by others."""
        self.setObjectName(f"plugin-{number}")
        for name in ("test", "open", "remove", "providers"):
            getattr(self, name).setObjectName(f"plugin-{number}-{name}")

    @cached_property
    def trace(self) -> CodeBox:
        """What went wrong in the file. Made when it is needed: most files are in order."""
        self._has_trace = True
        return self._added(CodeBox(self.tr("Traceback")), self.options)

    @cached_property
    def tried(self) -> CodeBox:
        """What a try did."""
        self._has_tried = True
        return self._added(CodeBox(self.tr("What it did"), most_lines=16, diff=True), None)

    def _added(self, box: CodeBox, before: QWidget | None) -> CodeBox:
        place = self._column.indexOf(before) if before else self._column.count()
        self._column.insertWidget(place, box)
        box.hide()
        return box

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self._name)
        head.addSpacing(XS)
        head.addWidget(self._state)
        head.addStretch(1)
        for button in (self.test, self.open, self.remove):
            head.addWidget(button)
        column = self._column
        column.setContentsMargins(M, S, S, M)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self._path)
        use = QHBoxLayout()
        use.setSpacing(S)
        use.addWidget(self._about, 1)
        use.addWidget(self.providers)
        column.addLayout(use)
        column.addWidget(self._error)
        column.addWidget(self.options)
