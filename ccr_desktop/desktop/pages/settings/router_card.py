"""The user's own router: a file that is asked before all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.settings.plugin_records import Load
from ccr_desktop.desktop.pages.settings.plugin_words import problem_line, state_of
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.code_box import CodeBox
from ccr_desktop.desktop.widgets.labels import ElidedText, ErrorText, HelpText
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from ccr_desktop.desktop.pages.settings.plugin_records import RouterSeen


class RouterCard(Card):
    """What is done is told by its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(row_name("CUSTOM_ROUTER_PATH"))
        self.set_title(self.tr("Your own router"))
        self.set_help(
            self.tr(
                "A file with a function route(request, config) that is asked first, before all"
                " rules. Where it fails or says nothing, the rules decide."
            )
        )
        self.choose = PlainButton(self.tr("Choose a file…"))
        self.choose.setObjectName("router-choose")
        self.try_it = PlainButton(self.tr("Try it"), "play")
        self.try_it.setObjectName("router-try")
        self.open = IconButton("external-link", self.tr("Open in editor"))
        self.remove = IconButton("trash-2", self.tr("Use no router of your own"))
        self.remove.setObjectName("router-remove")
        self.state = StateDot()
        self.trace = CodeBox(self.tr("Traceback of the router"))
        self.trace.setObjectName("router-trace")
        self._path = ElidedText(role="help")
        self._error = ErrorText()
        self._hint = HelpText(self.tr("Until it works, the rules decide."))
        self._present = self._build_present()
        self.add(self._present)
        self.add_action(self.try_it)
        self.add_action(self.choose)
        self.show_router(None)

    def show_router(self, router: RouterSeen | None) -> None:
        self._present.setVisible(router is not None)
        self.try_it.setVisible(router is not None and router.load is Load.LOADED)
        self.choose.setText(
            self.tr("Choose another file…") if router else self.tr("Choose a file…")
        )
        if router is None:
            return
        self._path.setText(router.path)
        state, word = state_of(router.load)
        if router.load is Load.LOADED and router.problem:
            state, word = "backup", self.tr("Loaded, but failed when it was asked last")
        self.state.show_state(state, word)
        self.open.setVisible(router.load is not Load.MISSING)
        self._error.setText(problem_line(router.problem))
        self._error.setVisible(bool(router.problem))
        self.trace.set_text(router.problem)
        self.trace.setVisible("\n" in router.problem)
        self._hint.setVisible(router.load in {Load.FAILED, Load.MISSING})

    def error(self) -> str:
        return self._error.text()

    def _build_present(self) -> QWidget:
        present = QWidget()
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.open)
        head.addWidget(self.remove)
        column = QVBoxLayout(present)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        for part in (self._path, self._error, self._hint, self.trace):
            column.addWidget(part)
        return present
