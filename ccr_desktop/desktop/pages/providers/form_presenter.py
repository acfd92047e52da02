"""Connects the form of a provider with the configuration, the keys, and the provider itself."""

from __future__ import annotations

import copy
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ccr_desktop.core.setup.drafts import read_entry, with_typed_key
from ccr_desktop.core.setup.edits import find_entry
from ccr_desktop.core.setup.key_moving import VariableKeyMissing
from ccr_desktop.core.setup.keys import needs_no_key, signs_in_at
from ccr_desktop.core.setup.templates import Template
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words, title_words
from ccr_desktop.desktop.dialogs import may_discard
from ccr_desktop.desktop.pages.providers import checks
from ccr_desktop.desktop.pages.providers.connection import Candidate, Prober
from ccr_desktop.desktop.pages.providers.key_keeper import KeyKeeper
from ccr_desktop.desktop.pages.providers.key_menu import KeyMenu
from ccr_desktop.desktop.pages.providers.models_loader import ModelsLoader
from ccr_desktop.desktop.pages.providers.presets import entry_of, template_of
from ccr_desktop.desktop.pages.providers.rows import key_place
from ccr_desktop.desktop.pages.providers.saving import Draft, both_changed, save
from ccr_desktop.desktop.pages.providers.section import put_text
from ccr_desktop.desktop.pages.providers.sign_in import SignIn
from ccr_desktop.desktop.pages.providers.trial import Fix, Mend
from ccr_desktop.desktop.unsaved import Unsaved
from ccr_desktop.desktop.widgets.reveal import reveal
from ccr_desktop.errors import CcrError, ClientError, SecretError, as_sentences, sentences

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import StoreStatus
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.form_view import ProviderForm

_CHECK_AFTER_MS = 250
_OPENED = "providers.advanced"


@dataclass(frozen=True, slots=True)
class Begun:
    """A form as it stands: the entry that it began with, and what was made of it."""

    start: JsonObject = field(repr=False)
    entry: JsonObject = field(repr=False)
    key: str = field(repr=False)
    is_new: bool
    has_advanced: bool


class FormPresenter(QObject):
    """Lives as long as its form. `closed` when the list is to come back."""

    closed = Signal()
    saved = Signal(str)
    """The name of the provider, once it is in the settings."""

    def __init__(self, form: ProviderForm, desk: Desk) -> None:
        super().__init__(form)
        self._form = form
        self._desk = desk
        self._before: JsonObject | None = None
        self._start: JsonObject = {}
        self._template: Template | None = None
        self._store = ""
        self.keeper = KeyKeeper(form.key_field.store, desk)
        self._sign_in = SignIn(form.key_field, desk, form.entry)
        self.prober = Prober(form.connection, desk, self.candidate)
        self.loader = ModelsLoader(form.models, desk, self.candidate)
        self._key_menu = KeyMenu(form, desk)
        self._check = QTimer(self, singleShot=True, interval=_CHECK_AFTER_MS)
        self._is_open = False
        self.unsaved = Unsaved(form, form.title.text, lambda: self.has_changes, "providers")
        self._connect()

    def open(self, entry: JsonObject, *, is_new: bool) -> None:
        """Show an entry: one of the file, or the beginning of a new one."""
        self._is_open = True
        self._begin_with(entry, is_new=is_new)
        self.keeper.look()
        url = str(entry.get("api_base_url") or "")
        if is_new and not url:
            self._form.advanced.reveal()
        elif is_new and needs_no_key(entry) and not (url.startswith("demo:") or signs_in_at(entry)):
            self.loader.load()

    def _begin_with(self, entry: JsonObject, *, is_new: bool) -> None:
        self._start = copy.deepcopy(entry)
        self._before = None if is_new else copy.deepcopy(entry)
        self._template = template_of(entry)
        self._show(entry, self._title(entry, is_new=is_new))

    def begun(self) -> Begun | None:
        """What is entered, for a form that takes the place of this one."""
        form = self._form
        if not self._is_open:
            return None
        key, has_advanced = form.key_field.secret.edit.text(), form.advanced.is_made
        return Begun(self._start, form.entry(), key, self._before is None, has_advanced)

    def go_on(self, begun: Begun) -> None:
        """Open with what was entered in the form before this one."""
        self._is_open = True
        self._start = begun.start
        self._before = None if begun.is_new else copy.deepcopy(begun.start)
        self._template = template_of(begun.entry)
        if begun.has_advanced:
            self._form.advanced.parts.show_entry(begun.entry)
        self._show(begun.entry, self._title(begun.start, is_new=begun.is_new))
        self.keeper.look()
        self._form.key_field.secret.edit.setText(begun.key)
        self._check_now()

    def _show(self, entry: JsonObject, title: str) -> None:
        self._form.show_entry(entry, title, self._template)
        self._form.advanced.disclosure.set_opened(self._desk.memory.get(_OPENED, False))
        self._show_vendor()

    def test(self) -> None:
        self.prober.start()

    def candidate(self) -> Candidate:
        """What is in the form now."""
        return Candidate(
            entry=self._form.entry(),
            key=self._form.key_field.text(),
            template=self._template,
            pool_keys=self._form.advanced.typed_keys(),
        )

    @property
    def has_changes(self) -> bool:
        """Whether closing the form would lose something; nothing is in one that is closed."""
        is_changed = bool(self._form.key_field.text()) or self._form.entry() != self._start
        return self._is_open and is_changed

    def _connect(self) -> None:
        form = self._form
        form.changed.connect(self._check.start)
        self._check.timeout.connect(self._check_now)
        form.save_wanted.connect(lambda: self._do(self._save(), self.tr("Saving")))
        form.cancel_wanted.connect(lambda: self._do(self._cancel(), self.tr("Closing")))
        form.key_menu_wanted.connect(self._open_key_menu)
        form.key_field.pasted.connect(lambda _key: self._key_pasted())
        form.key_field.other_wanted.connect(self._add_other)
        form.advanced.disclosure.opened_changed.connect(
            lambda opened: self._desk.memory.set(_OPENED, opened)
        )
        self.keeper.status_changed.connect(self._show_store)
        form.connection.start_wanted.connect(self.test)
        self.prober.fix_wanted.connect(self._fix)
        self.prober.ended.connect(lambda _is_good: form.reveal_connection())
        self._key_menu.moved.connect(self._key_moved)
        self._key_menu.refused.connect(self._key_not_moved)
        queued = Qt.ConnectionType.QueuedConnection
        self._desk.bridge.config_changed.connect(self._look_for_entry, queued)

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.bridge.do(work, name)

    # -- what is shown ---------------------------------------------------------------------

    def _title(self, entry: JsonObject, *, is_new: bool) -> str:
        name = str(entry.get("name") or "").strip()
        if not is_new:
            return name
        if self._template is None:
            return self.tr("Add provider")
        return self.tr("Add {vendor}").format(vendor=title_words(self._template))

    def _show_vendor(self) -> None:
        entry = self._form.entry()
        title = title_words(self._template) if self._template else str(entry.get("name") or "")
        field = self._form.key_field
        field.show_vendor(self._template, title, str(entry.get("api_base_url") or ""))
        self._sign_in.show()
        place = key_place(entry, self._store or self.tr("the key store"))
        field.show_place(place)
        has_one = bool(place or entry.get("api_keys") or field.text())
        needs_none = needs_no_key(entry) and not has_one  # one that is there is sent
        field.row.help.setText(self._without_a_key(entry) if needs_none else "")
        field.row.help.setVisible(needs_none)

    def _without_a_key(self, entry: JsonObject) -> str:
        if signs_in_at(entry):
            return self.tr("Without a key, that of an editor on this computer is used.")
        return self.tr("This one needs no key.")

    def _show_store(self, status: StoreStatus) -> None:
        self._store = in_words(status.description)
        if needs_no_key(self._form.entry()) and not self._form.key_field.text():
            self._form.key_field.store.show_store(None)
        self._show_vendor()

    def _look_for_entry(self) -> None:
        """Where the file has another entry now, also after an undo, the form shows that."""
        self._form.show_problem(self._elsewhere(), "warning")
        name = str((self._before or {}).get("name") or "").strip()
        entry = find_entry(self._desk.bridge.raw, name) if self._is_open and name else None
        if entry is None or entry == self._before:
            return
        if self.has_changes:
            self._follow_key(entry.get("api_key"))
        else:
            self._begin_with(entry, is_new=False)

    def _follow_key(self, reference: object) -> None:
        """Beside what was entered: where the key is, which only a move changes."""
        before = self._before or {}
        if self._form.entry().get("api_key") != before.get("api_key"):
            return  # it is to be taken from elsewhere, which is not saved yet
        for known in (before, self._start):
            put_text(known, "api_key", str(reference or ""))
        self._form.refer_to_key(str(reference or ""))
        self._show_vendor()

    def _elsewhere(self) -> str:
        """Words where the file no longer has what is edited here, or has it changed, too."""
        raw = self._desk.bridge.raw
        name = str((self._before or {}).get("name") or "").strip()
        if name and find_entry(raw, name) is None:
            words = self.tr("The settings no longer have “{name}”. Saving adds it again.")
            return words.format(name=name)
        found = both_changed(raw, self._draft()) if self._is_open else []
        fields = lists.names(map(self._form.label_of, found))
        words = self.tr("Changed elsewhere meanwhile: {fields}. Saving writes what stands here.")
        return words.format(fields=fields) if fields else ""

    # -- checking --------------------------------------------------------------------------

    def _draft(self) -> Draft:
        entry = self._form.entry()
        return Draft(
            entry=entry,
            before=self._before,
            key=self._form.key_field.text(),
            pool_keys=self._form.advanced.typed_keys(),
        )

    def _issues(self, draft: Draft) -> list[Issue]:
        entry = with_typed_key(draft.entry) if draft.key else draft.entry
        return [*read_entry(entry, self._desk.bridge.raw, os.environ).issues]

    def _check_now(self) -> None:
        """While somebody types: what is wrong, but not yet what is missing."""
        draft = self._draft()
        self._template = template_of(draft.entry) or self._template
        self._show_vendor()
        self.prober.look()
        issues = self._issues(draft)
        self._form.show_issues(checks.of_what_is_there(issues, draft.entry))
        if elsewhere := self._elsewhere():
            said = "" if self._form.problem.isHidden() else self._form.problem.text()
            self._form.show_problem(f"{elsewhere} {said}".strip(), "warning")

    def _blocking(self, draft: Draft) -> list[Issue]:
        """Everything that keeps the form from being saved, shown beside its fields."""
        found = self._issues(draft)
        missing = checks.missing(self._desk.bridge.raw, draft)
        places = {issue.where for issue in missing}
        shown = [*missing, *(issue for issue in found if issue.where not in places)]
        is_whole = self._form.advanced.is_complete()
        bad = [issue for issue in shown if issue.severity == "error"]
        self._form.show_issues(bad or checks.of_what_is_there(found, draft.entry))
        return bad if bad or is_whole else [checks.unreadable_options()]

    # -- what is done ----------------------------------------------------------------------

    async def _save(self) -> None:
        self._check.stop()
        draft = self._draft()
        if self._form.key_field.is_doubted:
            self._form.key_field.use_anyway.setFocus()
            return
        if self._blocking(draft):
            self._form.focus_bad()
            return
        had_focus = self._form.save_button.hasFocus()
        self._form.show_saving(busy=True)
        try:
            await save(self._desk, draft)
        except SecretError as exc:
            self._show_refusal(exc, self.tr("The key was not stored."))
            await self.keeper.refresh()
        except CcrError as exc:
            self._form.show_problem(in_words(as_sentences(exc)))
        else:
            self._close()
            self.saved.emit(str(draft.entry.get("name") or "").strip())
        finally:
            self._form.show_saving(busy=False)
            if had_focus and self._form.problem.isVisible():
                self._form.save_button.setFocus()  # which it lost while it was busy

    async def _cancel(self) -> None:
        if await self.may_leave():
            self._close()

    async def may_leave(self) -> bool:
        """Whether the form may go; who would lose something is asked."""
        return not self.has_changes or await may_discard(self._form.window())

    def _close(self) -> None:
        self._is_open = False
        self._check.stop()
        self.prober.clear()
        self.loader.cancel()
        self._form.key_field.clear()
        self._check.stop()
        self.closed.emit()

    def _key_pasted(self) -> None:
        """The list of models is what a key is wanted for first."""
        if not self._form.key_field.is_doubted:
            self.loader.load()

    def _add_other(self, template: Template) -> None:
        """Go on with the vendor whose key was entered."""
        key = self._form.key_field.text()
        self.open(entry_of(template.id, self._desk.bridge.raw, ()), is_new=True)
        self._form.key_field.secret.edit.setText(key)
        self.loader.load()

    def _open_key_menu(self) -> None:
        name = str((self._before or {}).get("name") or "").strip()
        has_key = bool((self._before or {}).get("api_key") or (self._before or {}).get("api_keys"))
        has_place = bool(name) and has_key
        can_move = has_place and not self.has_changes
        self._key_menu.open(
            name, self._store, can_move=can_move, is_unsaved=has_place and self.has_changes
        )

    def _key_moved(self) -> None:
        name = str((self._before or {}).get("name") or "")
        entry = find_entry(self._desk.bridge.raw, name)
        if entry is not None:
            self.open(entry, is_new=False)

    def _key_not_moved(self, problem: SecretError | ClientError) -> None:
        if isinstance(problem, SecretError):
            self._show_refusal(problem, self.tr("The key stays where it was."))
            self.keeper.look()
        elif isinstance(problem, VariableKeyMissing):
            self._show_refusal(problem, self.tr("The key stays where it was."))
        else:
            self._show_refusal(problem, in_words(problem.message))

    def _show_refusal(self, problem: CcrError, rest: str) -> None:
        self._form.key_field.show_error(sentences(in_words(problem.title), rest))
        self._form.focus_bad()

    def _fix(self, fix: Fix) -> None:
        match fix.mend:
            case Mend.ENTER_KEY:
                reveal(self._form.key_field.secret.edit)
            case Mend.USE_MODEL:
                tried = self.candidate().tried_model
                self._form.models.use_model(fix.value, instead_of=tried)
                self.prober.start()
            case Mend.CHOOSE_MODEL:
                reveal(self._form.models.search)
                self.loader.load()
            case Mend.EDIT_POOL:
                reveal(self._form.advanced.reveal().pool.rows)
            case Mend.EDIT_ADDRESS:
                reveal(self._form.advanced.reveal().address.address)
            case _:
                pass
