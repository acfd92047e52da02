"""The options of a plugin: fields for what it declares, else JSON, checked while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.core.config.fields import read_setting
from ccr_desktop.core.config.known_transformers import KnownTransformer
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.desktop.pages.providers.fix_options import FixOptions
from ccr_desktop.desktop.pages.settings.plugin_records import Load
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.unsaved import Unsaved
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.disclosure import Disclosure

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.setting import Setting
    from ccr_desktop.desktop.pages.providers.fix_options import Entered
    from ccr_desktop.desktop.pages.settings.plugin_records import PluginSeen

_WITHOUT_FIELD = {Kind.LIST, Kind.OBJECT}


class PluginOptions(Disclosure):
    """What is typed stays until it is saved or discarded, whatever the file says meanwhile."""

    saved = Signal(object)

    def __init__(self, plugin: PluginSeen) -> None:
        super().__init__(self.tr("Options"))
        self._plugin: PluginSeen | None = None
        self._form: FixOptions | None = None
        self._is_dirty = False
        self.save = PlainButton(self.tr("Save the options"))
        self.discard = QuietButton(self.tr("Discard"))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.save)
        row.addWidget(self.discard)
        row.addStretch(1)
        self.add(self._buttons)
        self.save.clicked.connect(self._save)
        self.discard.clicked.connect(self._show_anew)
        self.opened_changed.connect(self._show_if_none)
        self.show_plugin(plugin)
        Unsaved(self, self._title, lambda: self._is_dirty, "settings/plugins")

    def _title(self) -> str:
        return self._plugin.title if self._plugin else ""

    def show_plugin(self, plugin: PluginSeen) -> None:
        before, self._plugin = self._plugin, plugin
        is_same = before is not None and (
            (before.options, _declared(before)) == (plugin.options, _declared(plugin))
        )
        if not is_same and not self._is_dirty:
            self.setVisible(_has_options(plugin))
            if self._form is not None:
                self._show_anew()

    @property
    def form(self) -> FixOptions | None:
        return self._form

    def entered(self) -> Entered:
        """What is in the fields and not saved."""
        return self._form.entered() if self._form is not None and self._is_dirty else {}

    def enter(self, entered: Entered) -> None:
        """Go on with what was entered in a form before this one."""
        self.button.show_checked(True)
        if self._form is not None:
            self._form.enter(entered)

    def _show_if_none(self) -> None:
        """The fields are made when they are first looked at."""
        if self._form is None:
            self._show_anew()

    def _show_anew(self) -> None:
        plugin = self._plugin
        if plugin is None:
            return
        if self._form is not None:
            self.body.removeWidget(self._form)
            self._form.setParent(None)
            self._form.deleteLater()
        self._form = FixOptions(_known(plugin), plugin.options)
        self._form.changed.connect(self._edited)
        self.body.insertWidget(0, self._form)
        self._note(is_dirty=False)

    def _edited(self) -> None:
        self._note(is_dirty=True)
        self.save.setEnabled(self._is_good())

    def _is_good(self) -> bool:
        """Whether all can be taken; says so beside each field where not."""
        form, plugin = self._form, self._plugin
        if form is None or plugin is None or not form.is_complete():
            return False
        form.clear_errors()
        issues: list[Issue] = []
        for option in _declared(plugin):
            found: list[Issue] = []
            read_setting(option, form.options(), found)
            for issue in found:
                form.show_issue(option.key, issue)
            issues += found
        return not issues

    def _save(self) -> None:
        if self._form is not None and self._is_good():
            self._note(is_dirty=False)
            self.saved.emit(self._form.options())

    def _note(self, *, is_dirty: bool) -> None:
        self._is_dirty = is_dirty
        self._buttons.setVisible(is_dirty)


def _has_options(plugin: PluginSeen) -> bool:
    """Whether there is anything to show: fields, or JSON for a file that is there."""
    if plugin.load in {Load.UNREADABLE, Load.MISSING}:
        return bool(plugin.options)
    return plugin.load is not Load.BUILT_IN or bool(_declared(plugin))


def _declared(plugin: PluginSeen) -> tuple[Setting, ...]:
    """The options of all transformers of the file, each once."""
    known = {option.key: option for one in plugin.found for option in one.options}
    return tuple(known.values())


def _known(plugin: PluginSeen) -> KnownTransformer | None:
    """What there are fields for; None for what is edited as JSON."""
    declared = _declared(plugin)
    if plugin.load is not Load.BUILT_IN and not declared:
        return None
    if any(option.kind in _WITHOUT_FIELD for option in declared):
        return None
    return KnownTransformer(name=plugin.title, help="", options=declared, example="")
