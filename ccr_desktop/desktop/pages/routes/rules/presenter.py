"""Connects the tab with the configuration: each change is saved at once and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QDialog, QMenu

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.core.setup.rule_edits import (
    with_own_rules,
    with_rule,
    with_rule_changed,
    with_rule_duplicated,
    with_rule_enabled,
    with_rules_ordered,
    without_own_rules,
    without_rule,
)
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, ask, choose, pick_folder
from ccr_desktop.desktop.in_force import beside_the_file
from ccr_desktop.desktop.leaving import ask_before_leaving
from ccr_desktop.desktop.pages.routes.rules import tab as acts
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.examples import examples
from ccr_desktop.desktop.pages.routes.rules.sentences import sentence
from ccr_desktop.desktop.pages.routes.rules.shown import Tried, shown_rules
from ccr_desktop.desktop.pages.routes.rules.tab import RulesTab
from ccr_desktop.desktop.pages.routes.rules.text_editor import RuleText
from ccr_desktop.desktop.pages.routes.rules.trials import rule_like, trial_for
from ccr_desktop.desktop.sight import each_minute
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.tokens import L
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.errors import CcrError, RuleChanged, as_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.page import RoutesPage
    from ccr_desktop.desktop.pages.routes.rules.fields import FolderField
    from ccr_desktop.desktop.pages.routes.rules.records import ShownRule, ShownRules
    from ccr_desktop.desktop.pages.routes.try_it import TryIt

    Change = Callable[[JsonObject, Any], JsonObject]


def build(desk: Desk, page: RoutesPage) -> QWidget:
    tab = RulesTab()
    rules = RulesPresenter(tab, page.try_it, desk.bridge, lambda: page.shown_set)
    page.set_shown.connect(rules.show_rules)
    page.trial_changed.connect(rules.show_trial)
    page.rule_wanted.connect(rules.begin_like)
    rules.show_trial(page.trial)
    scroll = PageScroll(top=L)
    scroll.add(tab)

    def keep_in_sight() -> None:
        """While one is tried, each rule says what it makes of the request."""
        if page.try_it.is_opened() and (content := scroll.widget()) is not None:
            scroll.verticalScrollBar().setValue(tab.list.mapTo(content, QPoint()).y() - L)

    page.try_it.opened_changed.connect(lambda _: QTimer.singleShot(0, scroll, keep_in_sight))
    return scroll


_MENU_WIDE = 520
_NEW: dict[str, Any] = {"when": {"folder": ""}, "route": ""}


class RulesPresenter(QObject):
    """*route_set* tells which set the page shows."""

    def __init__(
        self, tab: RulesTab, try_it: TryIt, bridge: Bridge, route_set: Callable[[], str]
    ) -> None:
        super().__init__(tab)
        self._tab = tab
        self._try_it = try_it
        self._bridge = bridge
        self._route_set = route_set
        self._shown: ShownRules | None = None
        self._menu: QMenu | None = None
        self._tried = Tried()
        tab.add_wanted.connect(lambda: self._begin(_NEW))
        tab.examples_wanted.connect(self._offer_examples)
        tab.test_wanted.connect(self._test)
        tab.order_wanted.connect(self._order)
        tab.action_wanted.connect(self._act)
        tab.own_wanted.connect(self._give_own)
        tab.follow_wanted.connect(self._follow)
        tab.plugins_wanted.connect(lambda: bridge.page_wanted.emit("settings/plugins"))
        queued = Qt.ConnectionType.QueuedConnection
        for signal in (bridge.config_changed, bridge.issues_changed):
            signal.connect(self.show_rules, queued)
        bridge.activity_changed.connect(self._show_hits, queued)
        tab.shown_again.connect(self.show_rules)
        each_minute(tab, self.show_rules)

    def show_trial(self, answer: Decision | CcrError | None) -> None:
        """Show what each rule says of the request in "Try it"."""
        self._tried = Tried.of(answer)
        self.show_rules()

    def show_rules(self, *_: object) -> None:
        """Show the rules as they are now."""
        bridge = self._bridge
        issues = tuple(dict.fromkeys([*bridge.store.problems, *bridge.issues]))
        written = bridge.written
        hits = bridge.rule_hits.by_place(written.raw)
        shown = shown_rules(written, self._route_set(), hits, issues, self._tried)
        self._shown = shown
        self._tab.show_rules(shown)
        self._tab.show_trouble(beside_the_file(bridge.store))

    def begin_like(self, request_id: str) -> None:
        """Begin a rule for requests like a past one."""
        entry = self._bridge.journal.entry(request_id)
        if entry is not None:
            self._begin(rule_like(entry))

    def _show_hits(self) -> None:
        """Nobody has to count for a tab that is not seen."""
        if self._tab.isVisible():
            self.show_rules()

    # -- what is asked for -----------------------------------------------------------------

    def _act(self, key: str, action: str) -> None:
        rule = self._rule(key)
        if rule is None or self._shown is None or self._shown.follows:
            return
        match action:
            case acts.EDIT if rule.can_edit:
                self._bridge.do(self._edit(rule), self.tr("Changing a rule"))
            case acts.AS_TEXT | acts.EDIT:
                self._bridge.do(self._edit_text(rule), self.tr("Changing a rule"))
            case acts.SWITCH_ON | acts.SWITCH_OFF if rule.can_edit:
                self._switch(rule, action == acts.SWITCH_ON)
            case acts.DUPLICATE:
                self._duplicate(rule)
            case acts.REMOVE:
                self._remove(rule)
            case acts.TEST if rule.can_edit:
                self._try_it.set_opened(True)
                self._try_it.form.show_trial(trial_for(rule.entry))

    def _rule(self, key: str) -> ShownRule | None:
        rules = self._shown.rules if self._shown else ()
        return next((rule for rule in rules if rule.key == key), None)

    def _begin(self, entry: JsonObject) -> None:
        self._bridge.do(self._add(entry), self.tr("Adding a rule"))

    def _offer_examples(self) -> None:
        """A menu of sentences; the one that is chosen opens in the editor."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self._tab)
        for entry in examples(self._bridge.written):
            said = menu.fontMetrics().elidedText(
                sentence(entry), Qt.TextElideMode.ElideRight, _MENU_WIDE
            )
            act = menu.addAction(visible(said).replace("&", "&&"))
            act.triggered.connect(lambda _=False, entry=entry: self._begin(entry))
        has_rules = self._shown is not None and bool(self._shown.rules)
        button = self._tab.examples_button if has_rules else self._tab.empty_examples
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _test(self) -> None:
        self._try_it.set_opened(True)
        self._try_it.form.past_wanted.emit()

    # -- changes ---------------------------------------------------------------------------

    async def _add(self, entry: JsonObject) -> None:
        route_set = self._route_set()
        await self._kept(
            self._editor(self.tr("Add rule"), self.tr("Add rule"), entry),
            self.tr("Added the rule {rule}"),
            lambda raw, rule: with_rule(raw, rule, route_set),
        )

    async def _edit(self, rule: ShownRule) -> None:
        editor = self._editor(self.tr("Edit rule"), self.tr("Save rule"), rule.entry)
        await self._changed(editor, rule)

    async def _edit_text(self, rule: ShownRule) -> None:
        await self._changed(RuleText(rule.entry, self._bridge.written, self._tab), rule)

    async def _changed(self, dialog: RuleEditor | RuleText, rule: ShownRule) -> None:
        number, before, route_set = rule.number, rule.entry, self._route_set()
        await self._kept(
            dialog,
            self.tr("Changed the rule {rule}"),
            lambda raw, new: with_rule_changed(raw, number, before, new, route_set),
            before,
            lambda raw, new: with_rule(raw, new, route_set, number),
        )

    def _editor(self, title: str, button: str, entry: JsonObject) -> RuleEditor:
        editor = RuleEditor(title, button, entry, self._bridge.written, self._tab)
        editor.folder_wanted.connect(
            lambda field: self._bridge.do(
                self._pick_folder(editor, field), self.tr("Choosing a folder")
            )
        )
        return editor

    async def _kept(
        self,
        dialog: RuleEditor | RuleText,
        words: str,
        change: Change,
        before: Any = None,
        anew: Change | None = None,
    ) -> None:
        """Until it is kept or left; changes are not lost by a key that was pressed too soon.

        One that can't be kept stays as it was entered, and says why. Where the rule is no longer
        there, *anew* adds another one in its place.
        """
        ask_before_leaving(dialog, dialog, self._bridge)
        try:
            while await ask(dialog) == QDialog.DialogCode.Accepted and dialog.rule != before:
                if await self._is_taken(dialog, words, change, anew):
                    return  # else the comments of the file were not to be lost
        finally:
            dialog.deleteLater()

    async def _is_taken(
        self, dialog: RuleEditor | RuleText, words: str, change: Change, anew: Change | None
    ) -> bool:
        try:
            return await self._is_kept(change, dialog.rule, words)
        except RuleChanged as exc:
            if anew and await self._is_wanted_anew(in_words(exc.title)):
                return await self._is_taken(dialog, self.tr("Added the rule {rule}"), anew, None)
            trouble: CcrError = exc
        except CcrError as exc:
            trouble = exc
        dialog.tell(in_words(as_sentences(trouble)))
        return False

    async def _is_wanted_anew(self, title: str) -> bool:
        text = self.tr(
            "It was changed or removed outside of this window. What you entered can be saved as a"
            " new rule in its place."
        )
        answers = [
            Answer("", self.tr("Keep editing")),
            Answer("anew", self.tr("Save as a new rule"), "primary"),
        ]
        return bool(await choose(self._tab, title, text, answers))

    async def _is_kept(self, change: Change, rule: Any, words: str) -> bool:
        words = words.format(rule=_named(rule))
        did = await self._bridge.editor.change(lambda raw: change(raw, rule), words)
        if did:
            self._bridge.told.emit(Toast(words, can_undo=True))
        return did

    async def _pick_folder(self, editor: RuleEditor, field: FolderField) -> None:
        folder = await pick_folder(editor, self.tr("Folder that the rule is about"))
        if folder:
            field.add_folder(str(folder))

    def _switch(self, rule: ShownRule, on: bool) -> None:
        text = self.tr("Switched on {rule}") if on else self.tr("Switched off {rule}")
        number, before, route_set = rule.number, rule.entry, self._route_set()
        self._bridge.edit(
            lambda raw: with_rule_enabled(raw, number, before, on, route_set),
            text.format(rule=_named(before)),
        )

    def _duplicate(self, rule: ShownRule) -> None:
        name = self.tr("{name} (copy)").format(name=rule.name or str(rule.number + 1))
        words = self.tr("Copied the rule {rule}").format(rule=_named(rule.entry))
        number, before, route_set = rule.number, rule.entry, self._route_set()
        self._bridge.edit(
            lambda raw: with_rule_duplicated(raw, number, before, name, route_set), words
        )

    def _remove(self, rule: ShownRule) -> None:
        words = self.tr("Removed the rule {rule}").format(rule=_named(rule.entry))
        number, before, route_set = rule.number, rule.entry, self._route_set()
        self._bridge.edit(lambda raw: without_rule(raw, number, before, route_set), words)

    def _order(self, keys: tuple[str, ...]) -> None:
        rules = self._shown.rules if self._shown else ()
        numbers = {rule.key: rule.number for rule in rules}
        order = [numbers[key] for key in keys if key in numbers]
        before, route_set = [rule.entry for rule in rules], self._route_set()
        self._bridge.edit(
            lambda raw: with_rules_ordered(raw, before, order, route_set), self.tr("Moved a rule")
        )

    def _give_own(self) -> None:
        name = self._route_set()
        words = self.tr("“{set}” has rules of its own").format(set=name)
        self._bridge.edit(lambda raw: with_own_rules(raw, name), words)

    def _follow(self) -> None:
        name = self._route_set()
        words = self.tr("“{set}” follows the rules of Standard").format(set=name)
        self._bridge.edit(lambda raw: without_own_rules(raw, name), words)


def _named(rule: Any) -> str:
    """Its name, else what it says."""
    name = rule.get("name") if isinstance(rule, dict) else ""
    return f"“{name}”" if isinstance(name, str) and name.strip() else f"“{sentence(rule)}”"
