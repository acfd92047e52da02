"""Presenter of the second step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.setup.templates import find_template
from ccr_desktop.desktop.core_words import in_words, note_words
from ccr_desktop.desktop.wizard.entries import name_of_address
from ccr_desktop.desktop.wizard.provider_rows import (
    CLAUDE_PLAN,
    NO_TEMPLATES,
    OTHER,
    PRESENT,
    about_claude_plan,
    provider_rows,
)
from ccr_desktop.desktop.wizard.step import Primary, StepPresenter
from ccr_desktop.errors import ClientError, as_sentences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.setup.templates import Template
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.draft import Progress
    from ccr_desktop.desktop.wizard.provider_view import ProviderView
    from ccr_desktop.desktop.wizard.welcome import Welcome

_TEMPLATES = {CLAUDE_PLAN: "anthropic"}


class Provider(StepPresenter):
    """A choice is a draft: nothing is written into the settings here.

    `kept`: what the settings have is to answer, as after something was taken over.
    """

    kept = Signal()

    def __init__(
        self, view: ProviderView, desk: Desk, progress: Progress, welcome: Welcome
    ) -> None:
        super().__init__(view, desk, progress)
        self._view = view
        self._welcome = welcome
        self._chosen = ""
        self._keeps_preset = False
        view.searched.connect(self._show_rows)
        view.selected.connect(self._select)
        view.opened.connect(self._open)
        view.address_changed.connect(lambda _text: self._address_changed())

    def enter(self) -> None:
        draft = self.progress.draft
        self._show_rows(self._view.search.text())
        if draft.name and draft.template is None:
            self._view.address.setText(draft.url)
        key = draft.template_id or (OTHER if draft.name else self._main() and PRESENT)
        if key and key != self._chosen:
            self._view.list.select(key)

    def edit_address(self) -> None:
        """Another address for what is chosen already, which stays what it is beside that."""
        draft = self.progress.draft
        self._view.search.clear()
        self._show_rows("")
        self._view.list.select(OTHER)
        self._keeps_preset = True
        template = draft.template
        self._view.address.setText(draft.url or (template.url if template else ""))
        self._view.address.setFocus()

    def primary(self) -> Primary:
        if self._chosen == CLAUDE_PLAN:
            return Primary(self.tr("Continue with a key"))
        has_address = self._chosen != OTHER or bool(self._view.address.text().strip())
        return Primary(self.tr("Continue"), bool(self._chosen) and has_address)

    def first_widget(self) -> QWidget:
        return self._view.search

    def forward(self) -> None:
        if self._chosen == OTHER:
            self._use_address()
        elif self._chosen == PRESENT:
            self.progress.choose()
            self.kept.emit()
        elif template := find_template(_TEMPLATES.get(self._chosen, self._chosen)):
            self.use(template)
            self.done.emit()

    def use(self, template: Template) -> None:
        """Also for a key that turned out to be of this vendor."""
        if template.id == self.progress.draft.template_id:
            return
        servers = self._welcome.findings.servers
        models = next((each.models for each in servers if each.template.id == template.id), ())
        self.progress.choose(
            template_id=template.id, name=template.id, url=template.url, models=models
        )

    def _use_address(self) -> None:
        try:
            url = complete_url(self._view.address.text())
        except ClientError as exc:
            self._view.address_row.show_error(in_words(as_sentences(exc)))
            self._view.address.setFocus()
            return
        if self._keeps_preset:
            self._move_to(url)
        elif url != self.progress.draft.url or self.progress.draft.template_id:
            self.progress.choose(name=name_of_address(url, self.desk.bridge.raw), url=url)
        self.done.emit()

    def _move_to(self, url: str) -> None:
        """The same provider, and its key, at another address."""
        if url != self.progress.draft.url:
            self.progress.has_passed = False
            self.progress.change(url=url)

    def _show_rows(self, typed: str) -> None:
        servers = self._welcome.findings.servers
        self._view.show_rows(provider_rows(servers, typed, self._main()))

    def _main(self) -> str:
        """The main route of the settings; the demo's is no choice."""
        config = self.desk.bridge.config
        return "" if config.is_demo else str(config.router.route("default") or "")

    def _select(self, key: str) -> None:
        self._chosen = key
        self._keeps_preset = self._keeps_preset and key == OTHER
        template = find_template(key) if key not in NO_TEMPLATES else None
        note = about_claude_plan() if key == CLAUDE_PLAN else note_words(template)
        self._view.show_about(note, wants_address=key == OTHER)
        self.changed.emit()

    def _open(self, key: str) -> None:
        self._select(key)
        if key == OTHER and not self._view.address.text().strip():
            self._take_address(self._view.search.text().strip())
            self._view.address.setFocus()
        elif key != CLAUDE_PLAN and self.primary().is_enabled:  # which is to be read first
            self.forward()

    def _take_address(self, searched: str) -> None:
        """What was typed into the search was meant as an address where it looks like one."""
        if "." in searched or ":" in searched:
            self._view.address.setText(searched)

    def _address_changed(self) -> None:
        self._view.address_row.clear_error()
        self.changed.emit()
