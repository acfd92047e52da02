"""Connects the page of providers with the configuration and with what happens.

What belongs to the form, and to adding, is loaded when it is wanted first: the list opens at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.setup.edits import (
    find_entry,
    provider_entries,
    with_paused,
    with_provider_duplicated,
    with_provider_moved,
)
from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.providers import list_view
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.desktop.pages.providers.rows import provider_rows
from ccr_desktop.desktop.setting_places import PLACES
from ccr_desktop.desktop.sight import InSight

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.upstream.local_servers import LocalServer
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.form_presenter import Begun, FormPresenter

ADD = "add"
_ALWAYS_SEEN = {"provider-name", "key", "models"}
"""Fields of the form that are not under Advanced."""


def build(desk: Desk) -> QWidget:
    page = ProvidersPage()
    ProvidersPresenter(page, desk)
    return page


class ProvidersPresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: ProvidersPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._bridge = desk.bridge
        self._store = self.tr("the key store")
        self._found: tuple[LocalServer, ...] = ()
        self._form: FormPresenter | None = None
        self._is_adding_ready = False
        self._wanted = ""
        self._connect()
        self._show()
        self._bridge.do(self._name_store(), self.tr("Looking at the store of keys"))
        Draft(page, "providers", self._place, self._go_back_to)

    def _connect(self) -> None:
        seen, queued = InSight(self._page, self._show), Qt.ConnectionType.QueuedConnection
        for signal in (self._bridge.config_changed, self._bridge.activity_changed):
            signal.connect(seen.ask, queued)
        self._page.list.add_wanted.connect(self._begin_adding)
        self._page.list.action_wanted.connect(self._act)
        self._page.list.order_wanted.connect(self._order)
        self._page.detail_wanted.connect(self._show_detail)
        self._page.setting_wanted.connect(self._show_setting)

    # -- the list --------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        config = self._bridge.config
        rows = provider_rows(config, self._bridge.health, self._store)
        overview = self._bridge.overview
        self._page.list.show_rows(rows, is_demo=overview.is_demo and not overview.awaits_file)
        if self._wanted and any(row.key == self._wanted for row in rows):
            self._page.list.choose(self._wanted)
            self._wanted = ""

    def _choose(self, name: str) -> None:
        """Go on in the list at the provider that was saved, once it is there."""
        self._wanted = name
        self._show()

    async def _name_store(self) -> None:
        self._store = in_words(await self._desk.secrets.describe())
        self._show()

    def _act(self, name: str, action: str) -> None:
        acts: dict[str, Callable[[str], object]] = {
            list_view.TEST: self._test,
            list_view.EDIT: self._edit,
            list_view.DUPLICATE: self._duplicate,
            list_view.PAUSE: lambda name: self._pause(name, paused=True),
            list_view.RESUME: lambda name: self._pause(name, paused=False),
            list_view.REMOVE: self._remove,
        }
        acts[action](name)

    def _edit(self, name: str) -> None:
        entry = find_entry(self._raw(), name)
        if entry is not None:
            self._open_form(entry, is_new=False)

    def _test(self, name: str) -> None:
        self._edit(name)
        if self._form is not None:
            self._form.test()
            self._page.form.show_connection()

    def _duplicate(self, name: str) -> None:
        from ccr_desktop.desktop.pages.providers.presets import unused_name  # noqa: PLC0415

        new = unused_name(self._raw(), name)

        def edit(raw: JsonObject) -> JsonObject:
            return with_provider_duplicated(with_legacy_provider_written(raw), name, new)

        self._bridge.edit(edit, self.tr("Duplicated {name}").format(name=name))

    def _pause(self, name: str, *, paused: bool) -> None:
        words = self.tr("Switched off {name}") if paused else self.tr("Switched on {name}")

        def edit(raw: JsonObject) -> JsonObject:
            return with_paused(with_legacy_provider_written(raw), name, paused)

        self._bridge.edit(edit, words.format(name=name))

    def _remove(self, name: str) -> None:
        from ccr_desktop.desktop.pages.providers.removing import remove_provider  # noqa: PLC0415

        work = remove_provider(self._bridge, self._page, name)
        self._bridge.do(work, self.tr("Removing {name}").format(name=name))

    def _order(self, wanted: tuple[str, ...]) -> None:
        """A list tells the whole order; one provider is at another place in it."""

        def edit(raw: JsonObject) -> JsonObject:
            new = with_legacy_provider_written(raw)
            for position, name in enumerate(wanted):
                new = with_provider_moved(new, name, position)
            return new

        self._bridge.edit(edit, self.tr("Changed the order of the providers"))

    # -- adding ----------------------------------------------------------------------------

    def _begin_adding(self) -> None:
        adding = self._page.adding
        if not self._is_adding_ready:
            self._is_adding_ready = True
            adding.back_wanted.connect(self._page.show_list)
            adding.chosen.connect(self._chosen)
            adding.look_wanted.connect(self._look)
        adding.begin()
        self._page.show_adding()

    def _look(self) -> None:
        self._page.adding.show_looking()
        self._bridge.do(self._look_for_servers(), self.tr("Looking for local servers"))

    async def _look_for_servers(self) -> None:
        from ccr_desktop.core.upstream.local_servers import find_local_servers  # noqa: PLC0415
        from ccr_desktop.desktop.pages.providers.presets import preset_choices  # noqa: PLC0415

        self._found = tuple(await find_local_servers(self._bridge.config))
        words = "" if self._found else self.tr("No server of models answers on this computer.")
        self._page.adding.show_found(preset_choices(self._found), words)

    def _chosen(self, key: str) -> None:
        from ccr_desktop.desktop.pages.providers.presets import entry_of  # noqa: PLC0415

        self._open_form(entry_of(key, self._raw(), self._found), is_new=True)

    # -- the form --------------------------------------------------------------------------

    def _open_form(self, entry: JsonObject, *, is_new: bool) -> None:
        self._made_form().open(entry, is_new=is_new)
        self._page.show_form()

    def _made_form(self) -> FormPresenter:
        from ccr_desktop.desktop.pages.providers.form_presenter import (  # noqa: PLC0415
            FormPresenter,
        )

        if self._form is None:
            self._form = FormPresenter(self._page.form, self._desk)
            self._form.closed.connect(self._page.show_list)
            self._form.saved.connect(self._choose)
        return self._form

    def _place(self) -> Begun | str | None:
        """Which of the views is in front, for a page in the place of this one."""
        if self._form is not None and (begun := self._form.begun()):
            return begun
        return None if self._page.currentWidget() is self._page.list else ADD

    def _go_back_to(self, place: object) -> None:
        if place == ADD:
            self._begin_adding()
        else:
            self._made_form().go_on(cast("Begun", place))
            self._page.show_form()

    def _show_detail(self, detail: str) -> None:
        if self._form is not None and self._form.has_changes:
            self._bridge.do(self._leave_for(self._form, detail), self.tr("Closing"))
        else:
            self._open_detail(detail)

    async def _leave_for(self, form: FormPresenter, detail: str) -> None:
        """What was entered stays in sight until the person lets it go."""
        if await form.may_leave():
            self._open_detail(detail)

    def _open_detail(self, detail: str) -> None:
        if detail == ADD:
            self._begin_adding()
        else:
            self._edit(detail)

    def _show_setting(self, key: str) -> None:
        """In the form of the provider that is open, else of the first one there is."""
        field = PLACES[key].field
        entries = provider_entries(self._raw())
        if field == self._page.list.rows.objectName() or not entries:
            self._page.show_list()
            return
        if self._page.currentWidget() is self._page.list or self._form is None:
            self._edit(str(entries[0]["name"]).strip())
        if field not in _ALWAYS_SEEN:
            self._page.form.advanced.reveal()

    def _raw(self) -> JsonObject:
        return with_legacy_provider_written(self._bridge.raw)
