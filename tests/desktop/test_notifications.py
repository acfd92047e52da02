"""Notices through real message buses and notification services."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from ccr_desktop.core.hidden_signs import MARK
from ccr_desktop.desktop.notice import Action, Do, Kind, Notice, Urgency
from ccr_desktop.desktop.system.bus import Bus
from ccr_desktop.desktop.system.notice_icon import notice_icon
from ccr_desktop.desktop.system.notifier import Answer, Chosen, Closed, NotShown, Reason
from ccr_desktop.desktop.system.notifier_freedesktop import FreedesktopNotifier
from tests.desktop.session import Desktop
from tests.desktop.sink import NotificationSink
from tests.desktop.waiting import eventually

BACKUP = Notice(
    kind=Kind.MOVED_TO_BACKUP,
    title="Router: using a backup model",
    body="A & B <b>did not</b> answer.",
    actions=(Action(Do.SHOW, "Show why"), Action(Do.MUTE, "Mute for 1 h")),
    urgency=Urgency.HIGH,
    replaces="moved-to-backup",
)


@pytest.fixture
async def notifier(desktop: Desktop) -> AsyncIterator[FreedesktopNotifier]:
    own = FreedesktopNotifier(Bus(desktop.bus_address))
    running = asyncio.ensure_future(own.run())
    yield own
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def answers(notifier: FreedesktopNotifier) -> list[Answer]:
    heard: list[Answer] = []
    notifier.listener = heard.append
    return heard


async def test_a_notice_arrives_whole(
    sink: NotificationSink, notifier: FreedesktopNotifier
) -> None:
    await notifier.show(BACKUP)

    note = await sink.next()
    assert note.app == "CCR Desktop"
    assert note.title == "Router: using a backup model"
    assert note.body == "A &amp; B &lt;b&gt;did not&lt;/b&gt; answer."
    assert note.actions == {"default": "Open", "show": "Show why", "mute": "Mute for 1 h"}
    assert note.urgency == 2
    assert note.hints["desktop-entry"] == "ccr-desktop"
    assert note.icon == notice_icon(os.environ)


async def test_clicks_and_closing_come_back(
    sink: NotificationSink, notifier: FreedesktopNotifier, answers: list[Answer]
) -> None:
    await notifier.show(BACKUP)
    sink.click(await sink.next(), "mute")

    await eventually(lambda: len(answers) == 2, "both signals")
    assert answers == [Chosen(BACKUP, Do.MUTE), Closed(BACKUP, Reason.DISMISSED)]


async def test_clicks_on_others_notices_are_not_ours(
    sink: NotificationSink, notifier: FreedesktopNotifier, answers: list[Answer]
) -> None:
    await notifier.show(BACKUP)
    ours = await sink.next()
    sink.click(replace(ours, id=77))
    sink.close(ours)

    await eventually(lambda: answers, "our own")
    assert answers == [Closed(BACKUP, Reason.DISMISSED)]


async def test_a_notice_takes_the_place_of_the_earlier_one(
    sink: NotificationSink, notifier: FreedesktopNotifier
) -> None:
    await notifier.show(BACKUP)
    await notifier.show(BACKUP)
    other = Notice(kind=Kind.KEY_PROBLEM, title="t", body="b", replaces="key-problem")
    await notifier.show(other)

    first, second, third = [await sink.next() for _ in range(3)]
    assert second.replaces == first.id
    assert third.replaces == 0


async def test_what_is_closed_goes_away(
    sink: NotificationSink, notifier: FreedesktopNotifier
) -> None:
    number = await notifier.show(BACKUP)
    note = await sink.next()

    await notifier.close(number)
    await notifier.close(number)

    assert sink.closed == [note.id]


async def test_notices_that_stay_for_ever_are_forgotten_in_the_end(
    sink: NotificationSink, notifier: FreedesktopNotifier, answers: list[Answer]
) -> None:
    for _ in range(101):
        await notifier.show(replace(BACKUP, replaces=""))

    sink.close(sink.shown[0])
    sink.close(sink.shown[1])

    await eventually(lambda: answers, "the second")
    assert len(answers) == 1


async def test_a_service_without_buttons_and_markup_gets_neither(
    desktop: Desktop, notifier: FreedesktopNotifier
) -> None:
    async with NotificationSink(desktop.bus_address, ["body"]) as sink:
        await notifier.show(BACKUP)

        note = await sink.next()
        assert note.actions == {}
        assert note.body == BACKUP.body


async def test_a_restarted_service_is_asked_again_what_it_can(
    desktop: Desktop, notifier: FreedesktopNotifier, answers: list[Answer]
) -> None:
    async with NotificationSink(desktop.bus_address):
        await notifier.show(BACKUP)
    await eventually(lambda: answers, "the end of the service")
    assert answers == [Closed(BACKUP, Reason.UNKNOWN)]
    with pytest.raises(NotShown):
        await notifier.show(BACKUP)

    async with NotificationSink(desktop.bus_address, ["body"]) as sink:
        await notifier.show(BACKUP)
        note = await sink.next()
        assert note.actions == {}
        assert note.replaces == 0


async def test_a_bus_that_comes_back_is_used_again(desktop: Desktop) -> None:
    notifier = FreedesktopNotifier(Bus(f"unix:path={desktop.folder / 'second-bus'}"))
    running = asyncio.ensure_future(notifier.run())
    with pytest.raises(NotShown):
        await notifier.show(BACKUP)

    (desktop.folder / "second-bus").symlink_to(desktop.folder / "bus")
    async with NotificationSink(desktop.bus_address) as sink:
        while not sink.shown:
            try:
                await notifier.show(BACKUP)
            except NotShown:
                await asyncio.sleep(0.05)

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_odd_texts_reach_the_screen(desktop: Desktop, notifier: FreedesktopNotifier) -> None:
    dunst = desktop.start_dunst()
    odd = Notice(kind=Kind.KEY_PROBLEM, title="nul \0 half \ud800", body="<&>" * 400)

    await notifier.show(odd)

    await eventually(lambda: f"nul {MARK} half ?" in dunst.output(), "dunst prints it")
