"""Notices through the notification service of Linux desktops.

The protocol is https://specifications.freedesktop.org/notification-spec/latest/. The service may
be restarted or replaced at any time: what it can do is asked again then, and its numbers are
forgotten.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any

from jeepney import DBusAddress

from ccr_desktop.desktop.notice import Do, Notice
from ccr_desktop.desktop.system.bus import Body, Bus, BusError
from ccr_desktop.desktop.system.notice_icon import notice_icon
from ccr_desktop.desktop.system.notifier import Chosen, Closed, Listener, NotShown, Reason

NAME = "org.freedesktop.Notifications"
PLACE = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
_BUS = "org.freedesktop.DBus"
_APP = "CCR Desktop"
_DESKTOP_ENTRY = "ccr-desktop"
_MAX_TEXT = 500  # characters: services draw all that they get
_MOST_KEPT = 100
_SERVICE_DECIDES = -1  # how long it stays


@dataclass(slots=True)
class _Shown:
    notice: Notice
    service_number: int


class FreedesktopNotifier:
    def __init__(self, bus: Bus, open_label: str = "Open") -> None:
        self.listener: Listener = lambda answer: None
        self._bus = bus
        self._open_label = open_label
        self._abilities: frozenset[str] | None = None
        self._shown: dict[int, _Shown] = {}
        self._numbers = count(1)
        self._token = ""
        self._icon = notice_icon(os.environ)
        bus.listen(NAME, NAME, "ActionInvoked", self._invoked)
        bus.listen(NAME, NAME, "NotificationClosed", self._closed)
        bus.listen(NAME, NAME, "ActivationToken", self._keep_token)
        bus.listen(_BUS, _BUS, "NameOwnerChanged", self._replaced, arg0=NAME)

    async def run(self) -> None:
        await self._bus.run()

    async def show(self, notice: Notice) -> int:
        try:
            abilities = await self._known_abilities()
            answer = await self._bus.call(
                PLACE, "Notify", "susssasa{sv}i", self._message(notice, abilities)
            )
        except BusError as exc:
            raise NotShown(str(exc)) from exc
        number = next(self._numbers)
        self._forget_service_number(answer[0])
        self._shown[number] = _Shown(notice, answer[0])
        self._shown.pop(number - _MOST_KEPT, None)  # some services never say that one is gone
        return number

    async def close(self, number: int) -> None:
        if shown := self._shown.pop(number, None):
            try:
                await self._bus.call(PLACE, "CloseNotification", "u", (shown.service_number,))
            except BusError:
                return  # then it is gone, or will be soon

    async def _known_abilities(self) -> frozenset[str]:
        if self._abilities is None:
            answer = await self._bus.call(PLACE, "GetCapabilities")
            self._abilities = frozenset(answer[0])
        return self._abilities

    def _message(self, notice: Notice, abilities: frozenset[str]) -> Body:
        body = _clean(notice.body)
        if "body-markup" in abilities:
            body = escape(body, quote=False)
        hints: dict[str, tuple[str, Any]] = {
            "urgency": ("y", int(notice.urgency)),
            "desktop-entry": ("s", _DESKTOP_ENTRY),
        }
        actions = self._actions(notice) if "actions" in abilities else []
        title = _clean(notice.title)
        replaced = self._service_number_of(notice.replaces)
        return (_APP, replaced, self._icon, title, body, actions, hints, _SERVICE_DECIDES)

    def _actions(self, notice: Notice) -> list[str]:
        """Keys and labels by turns; the first is what a click beside the buttons does."""
        buttons = [part for action in notice.actions for part in (action.do.value, action.label)]
        return [Do.OPEN.value, self._open_label, *buttons]

    def _service_number_of(self, replaces: str) -> int:
        numbers = [
            shown.service_number
            for shown in self._shown.values()
            if replaces and shown.notice.replaces == replaces
        ]
        return numbers[-1] if numbers else 0

    # -- what the service says ---------------------------------------------------------------

    def _invoked(self, body: Body) -> None:
        service_number, key = body[:2]
        token, self._token = self._token, ""
        known = {do.value for do in Do}
        if key in known and (shown := self._find(service_number)):
            self.listener(Chosen(shown.notice, Do(key), token))

    def _keep_token(self, body: Body) -> None:
        """Comes right before the action that it belongs to."""
        if self._find(body[0]):
            self._token = str(body[1])

    def _closed(self, body: Body) -> None:
        service_number, reason = body[:2]
        if shown := self._find(service_number):
            self._forget_service_number(service_number)
            known = Reason(reason) if 1 <= reason <= 4 else Reason.UNKNOWN
            self.listener(Closed(shown.notice, known))

    def _replaced(self, body: Body) -> None:
        """Another service, or none: it knows nothing of what the earlier one showed."""
        self._abilities = None
        gone, self._shown = self._shown, {}
        for shown in gone.values():
            self.listener(Closed(shown.notice, Reason.UNKNOWN))

    def _find(self, service_number: int) -> _Shown | None:
        fitting = (
            shown for shown in self._shown.values() if shown.service_number == service_number
        )
        return next(fitting, None)

    def _forget_service_number(self, service_number: int) -> None:
        self._shown = {
            number: shown
            for number, shown in self._shown.items()
            if shown.service_number != service_number
        }


def _clean(text: str) -> str:
    """What a message on the bus can hold and a screen can show."""
    plain = text.encode("utf-8", "replace").decode()
    printable = "".join(sign for sign in plain if sign.isprintable() or sign == "\n")
    return printable if len(printable) <= _MAX_TEXT else f"{printable[: _MAX_TEXT - 1]}…"
