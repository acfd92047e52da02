"""The text of the settings file: read, checked while it is written, and saved as it is.

Unsaved text stays where it is: when the file changes, by a form or by something else, both are
offered.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from shiboken6 import isValid

from ccr_desktop import paths
from ccr_desktop.core.config.files import encode
from ccr_desktop.core.config.findings import located
from ccr_desktop.core.config.formatting import formatted
from ccr_desktop.core.config.text_form import TextForm, read_form
from ccr_desktop.core.setup.joined_texts import joined_texts
from ccr_desktop.core.setup.masked_text import secret_spans
from ccr_desktop.core.setup.secret_fields import json_path
from ccr_desktop.desktop import figures
from ccr_desktop.desktop.core_words import issue_words, placed_words
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.settings.asked_once import AskedOnce
from ccr_desktop.desktop.pages.settings.text_offer import TextOffer
from ccr_desktop.desktop.pages.settings.text_problems import mark_of, row_of
from ccr_desktop.desktop.pages.settings.text_suggestions import offers_at
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.state import FileText, UnsavedText
from ccr_desktop.desktop.widgets.bounded_text import MOST
from ccr_desktop.errors import ConfigConflict, ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.files import Present
    from ccr_desktop.core.config.findings import Finding
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.text import TextSection

_CHECK_AFTER_MS = 300  # after the last key


class TextPresenter(QObject):
    def __init__(self, desk: Desk, view: TextSection) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._view = view
        self._base = FileText()
        self._newer: FileText | None = None
        """The file's text, while another one is not saved."""
        self._may_join = False
        """Whether it was said that both can be kept."""
        self._findings: list[Finding] = []
        self._hints_at_keys = True
        self._sought: str | None = None
        self._is_whole = True
        """Whether the editor holds the file's text as it is."""
        self._is_laying_out = False
        self._keys = AskedOnce(desk.bridge.store.keys_at_hand)
        self._checked = QTimer(self, singleShot=True, interval=_CHECK_AFTER_MS)
        self._checked.timeout.connect(self._check)
        self._offer = TextOffer(self._bridge.draft, view.offer)
        self._connect()
        if unsaved := self._bridge.draft.unsaved:  # on a page that was before this one
            self._base = unsaved.base
            view.editor.show_text(unsaved.text)
        seen = InSight(view, self.look)
        self._bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)
        self.look()

    @property
    def is_changed(self) -> bool:
        return self._view.editor.text() != self._base.text

    def look(self) -> None:
        """At the file, and what is wrong with it, as it is now: keys may have come late."""
        self._keys.forget()
        self._checked.start()
        self._bridge.do(self._look(), self.tr("Looking at the settings file"))

    def save(self) -> None:
        if self.is_changed:
            self._bridge.do(self._save(), self.tr("Saving the text"))

    def _connect(self) -> None:
        view, editor = self._view, self._view.editor
        view.shown.connect(self._check)
        view.problem_wanted.connect(self._seek_problem)
        editor.offers_at = offers_at
        editor.textChanged.connect(self._edited)
        editor.refused.connect(self._refuse)
        editor.save_wanted.connect(self.save)
        editor.next_problem_wanted.connect(self._go_on)
        view.save_button.clicked.connect(self.save)
        view.format_button.clicked.connect(self._format)
        view.folder_wanted.connect(self._open_folder)
        view.revert_button.clicked.connect(self._discard)
        view.conflict.activated.connect(
            lambda: self._bridge.do(self._keep(), self.tr("Putting both texts together"))
        )
        view.conflict.other_activated.connect(self._discard)
        self._offer.restored.connect(self._restore)
        self._offer.answered.connect(self._let_edit)
        view.keys.dismissed.connect(self._hint_no_more)
        view.keys.activated.connect(lambda: self._bridge.page_wanted.emit("settings/keys"))
        view.problems.clicked.connect(lambda _: self._go_to(view.problems.current_key()))
        view.problems.opened.connect(self._go_to)

    # -- the file --------------------------------------------------------------------------

    async def _look(self) -> None:
        present = await asyncio.to_thread(lambda: self._bridge.store.present)
        self._view.path.setText(str(present.path or self._bridge.store.save_path))
        self._offer.show(present.revision)
        self._let_edit()
        if present.unread:
            self._say_in_the_way(issue_words(present.unread))
            return
        if present.revision == self._base.revision:
            self._forget_what_was_in_the_way()
            return
        try:
            found = await asyncio.to_thread(_base_of, present, self._bridge.store.save_path)
        except ConfigError as exc:  # no text at all
            self._say_in_the_way(issue_words(exc.issues[0]))
            return
        if len(found.text) > MOST:
            words = self.tr("The file has more than {most} characters: edit it elsewhere.")
            self._say_in_the_way(words.format(most=figures.count(MOST)))
            return
        self._forget_what_was_in_the_way()
        self._offer.compare(found.text)
        if self._base.revision and self.is_changed and found.text != self._view.editor.text():
            await self._offer_both(found)
        else:
            self._take(found)

    def _discard(self) -> None:
        """The file's text again; Ctrl+Z brings what was typed back."""
        found = self._newer or self._base
        self._view.editor.replace_all(found.text)
        self._take(found)

    def _take(self, found: FileText) -> None:
        """Show the file's text in place of what is there."""
        self._base, self._newer = found, None
        editor = self._view.editor
        if editor.text() != found.text:
            editor.show_text(found.text)
        # What the editor can't hold as it is must not be saved by it.
        self._is_whole = editor.text() == found.text
        self._let_edit()
        if not self._is_whole:
            words = self.tr("The file has characters that can't be edited here.")
            self._view.refused.show_notice("error", words)
        self._view.refused.setVisible(not self._is_whole)
        self._view.conflict.hide()
        self._edited()
        self._check()

    def _let_edit(self) -> None:
        may_not = self._is_laying_out or not self._is_whole or self._offer.is_open
        self._view.editor.setReadOnly(may_not)

    def _restore(self, unsaved: UnsavedText) -> None:
        self._base, self._newer, self._is_whole = unsaved.base, None, True
        self._view.show_in_the_way("")
        self._view.editor.show_text(unsaved.text)
        self._let_edit()
        self._edited()
        self._view.editor.setFocus()
        self.look()

    def _say_in_the_way(self, words: str) -> None:
        """In place of an empty text that nothing could be saved from; unsaved text stays."""
        if self._base.revision and self.is_changed:
            self._refuse(words)
            return
        self._base, self._findings = FileText(), []
        said = self.tr("The settings file can't be shown as text. {problem}")
        self._view.show_in_the_way(said.format(problem=words))
        self._view.editor.show_text("")
        self._edited()
        self._view.show_problems(())
        self._view.keys.hide()
        if self._sought is not None:
            self._sought = None
            self._view.in_the_way.button.setFocus()

    def _forget_what_was_in_the_way(self) -> None:
        self._view.refused.hide()
        self._view.show_in_the_way("")

    def _open_folder(self) -> None:
        path = self._bridge.store.present.path or self._bridge.store.save_path
        open_path(self._bridge, self._view, path.parent)

    async def _offer_both(self, found: FileText) -> None:
        self._newer = found
        self._may_join = await self._joined() is not None
        if self._newer is not found:
            return  # it was chosen meanwhile
        words = self.tr(
            "The settings were changed elsewhere while this text was not saved. Nothing of either"
            " is lost until you choose."
        )
        keep = self.tr("Keep both") if self._may_join else self.tr("Keep my text")
        self._view.conflict.show_notice("warn", words, keep, self.tr("Take the file's"))
        self._view.conflict.show()

    async def _joined(self) -> str | None:
        """What was written here and elsewhere as one text; None where it has to be chosen."""
        if self._newer is None:
            return None
        sides = self._base.text, self._view.editor.text(), self._newer.text
        return await asyncio.to_thread(joined_texts, *sides)

    def _refuse(self, why: str) -> None:
        self._view.refused.show_notice("error", why)
        self._view.refused.show()

    async def _keep(self) -> None:
        """With what was changed elsewhere, where both can be.

        Else the next save may replace that; it is in the history.
        """
        text, newer = self._view.editor.text(), self._newer
        joined = await self._joined()
        if newer is None or (text, newer) != (self._view.editor.text(), self._newer):
            return  # somebody goes on writing, and is asked again
        if joined is None and self._may_join:
            await self._offer_both(newer)
            return
        self._base, self._newer = newer, None
        if joined is not None:
            self._view.editor.replace_all(joined)
        self._view.conflict.hide()
        self._edited()
        self._view.editor.setFocus()

    async def _save(self) -> None:
        base, text = self._base, self._view.editor.text()
        self._view.refused.hide()
        data, form = await asyncio.to_thread(_written, base, text)
        try:
            await self._bridge.edit_text(data, base.revision, self.tr("Edited the text"))
        except ConfigConflict:
            await asyncio.to_thread(self._reload)
            await self._look()
        except ConfigError as exc:
            if self._bridge.store.present.unread:  # it is not this text that is wrong
                await self._look()
                return
            words = self.tr("Not saved: the router can't use this text. {problem}")
            self._refuse(words.format(problem=placed_words(exc.issues[0])))
        else:
            present = await asyncio.to_thread(lambda: self._bridge.store.present)
            self._base = FileText(text, present.revision, form)
            self._edited()

    def _reload(self) -> None:
        try:
            self._bridge.store.reload()
        except ConfigError:
            return  # its text is what matters here

    # -- the text --------------------------------------------------------------------------

    def _edited(self) -> None:
        text = self._view.editor.text()
        is_changed = text != self._base.text
        if not self._offer.is_open:
            self._bridge.draft.hold(UnsavedText(text, self._base) if is_changed else None)
        words = self.tr("Not saved yet") if is_changed else self._words_of_file()
        self._view.show_state(words, is_changed=is_changed)
        self._checked.start()

    def _words_of_file(self) -> str:
        if place := self._base.will_be_at:
            words = self.tr("There is no file yet: saving makes {path}")
            return words.format(path=place)
        return self.tr("As in the file")

    def _format(self) -> None:
        """A long text takes its time; it stays as it is meanwhile."""
        if not self._view.editor.isReadOnly():
            self._show_laying_out(is_at_it=True)
            work = self._lay_out(self._view.editor.text())
            self._bridge.do(work, self.tr("Laying out the text"))

    async def _lay_out(self, text: str) -> None:
        laid_out = await asyncio.to_thread(formatted, text)
        if not isValid(self._view):  # another language has all pages built anew
            return
        self._show_laying_out(is_at_it=False)
        if laid_out != text and self._view.editor.text() == text:
            self._view.editor.lay_out(laid_out)

    def _show_laying_out(self, *, is_at_it: bool) -> None:
        self._is_laying_out = is_at_it
        self._let_edit()
        self._view.format_button.set_busy(busy=is_at_it)
        if is_at_it:
            self._view.state.setText(self.tr("Laying out the text…"))
        else:
            self._edited()

    def _check(self) -> None:
        """While the text is in sight; else when it comes to be. None was read at the very first."""
        self._checked.stop()
        is_read = self._base != FileText() or self.is_changed
        if is_read and self._view.isVisible() and self._view.is_readable:
            self._bridge.do(self._look_for_problems(), self.tr("Checking the text"))

    async def _look_for_problems(self) -> None:
        text = self._view.editor.text()
        findings, secrets = await asyncio.to_thread(self._problems, text)
        if text != self._view.editor.text() or not self._view.is_readable:
            return  # a later check is on its way
        self._findings = findings
        self._view.editor.show_marks([mark_of(finding) for finding in findings])
        rows = [row_of(number, finding) for number, finding in enumerate(findings)]
        rows.sort(key=lambda row: row.state != "attention")  # what keeps it from being saved first
        self._view.show_problems(rows)
        self._hint_at_keys(secrets)
        if self._newer:
            await self._offer_both(self._newer)
        if self._sought is not None and rows and self._base.revision:
            there = [str(n) for n, each in enumerate(findings) if each.issue.where == self._sought]
            self._sought = None
            self._go_to(there[0] if there else rows[0].key)

    def _problems(self, text: str) -> tuple[list[Finding], list[str]]:
        issues = self._bridge.store.issues_of(text.encode("utf-8", "replace"), self._keys)
        return located(text, issues), [json_path(path) for path, *_ in secret_spans(text)]

    def _hint_at_keys(self, places: Sequence[str]) -> None:
        words = self.tr(
            "{place}: a key stands here in clear text. It can be kept in the key store instead."
        )
        has_errors = any(each.issue.severity == "error" for each in self._findings)
        is_due = bool(places) and not (self.is_changed or has_errors) and self._hints_at_keys
        if is_due:
            button = self.tr("Where keys are kept")
            self._view.keys.show_notice("info", words.format(place=places[0]), button)
        self._view.keys.setVisible(is_due)

    def _hint_no_more(self) -> None:
        self._hints_at_keys = False

    # -- problems --------------------------------------------------------------------------

    def _go_to(self, key: str) -> None:
        if key.isdigit() and int(key) < len(self._findings):
            finding = self._findings[int(key)]
            self._view.editor.go_to(finding.start, finding.end)
            self._view.editor.setFocus()

    def _seek_problem(self, where: str) -> None:
        """Go there, or to the worst one, once the text has been read and checked."""
        self._sought = where
        self.look()
        self._check()

    def _go_on(self, step: int) -> None:
        """To the next problem from the cursor, at the end to the first."""
        starts = [finding.start for finding in self._findings]
        if not starts:
            return
        cursor = self._view.editor.textCursor()
        at = self._view.editor.position() - len(cursor.selectedText())
        behind = [n for n, start in enumerate(starts) if start > at]
        before = [n for n, start in enumerate(starts) if start < at]
        number = (behind or [0])[0] if step > 0 else (before or [len(starts) - 1])[-1]
        self._go_to(str(number))


def _base_of(present: Present, save_path: Path) -> FileText:
    """A file that is not there is an empty object; *save_path* may be a link to its place."""
    path = present.path or save_path
    is_there = bool(present.path) and paths.is_there(path)
    text, form = read_form(present.data if is_there else encode({}), path)
    will_be_at = "" if is_there else os.path.realpath(save_path)
    return FileText(text, present.revision, form, will_be_at)


def _written(base: FileText, text: str) -> tuple[bytes, TextForm]:
    """What is saved, and its form: where line ends are mixed, each line has its own."""
    form = base.form or TextForm()
    data = form.encode(text)
    return data, read_form(data, Path("config.json"))[1] if form.mixed else form
