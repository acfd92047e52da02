"""A notice that tells how things are goes from the screen once they are no longer so."""

import pytest

from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.happenings import (
    Happening,
    KeyChanged,
    LaunchFailed,
    LaunchWorked,
    ServiceRuns,
    ServiceStopped,
)
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind
from tests.unit.desktop.attended import RAW, Screen, listening
from tests.unit.desktop.scenes import ended, on_backup
from tests.unit.desktop.waiting import eventually

BAD_KEY = ended("kimi,k2.7", 401)
NO_MODEL = ended("kimi,k2.7", 503)


async def shown(desk: Desk, screen: Screen, happening: Happening) -> None:
    desk.attention.note(happening)
    await eventually(lambda: desk.attention._on_screen)
    assert screen.closed == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ServiceStopped("It ended."), ServiceRuns()),
        (BAD_KEY, KeyChanged("kimi")),
        (on_backup(), ended("deepseek,chat")),
        (LaunchFailed("No terminal."), LaunchWorked()),
    ],
    ids=["the router runs again", "a new key", "the first choice is back", "a launch works"],
)
async def test_what_is_over_leaves_the_screen(
    qloop: Loop, before: Happening, after: Happening
) -> None:
    async with listening() as (desk, screen):
        await shown(desk, screen, before)

        desk.attention.note(after)

        await eventually(lambda: screen.closed == [1])


async def test_a_request_that_failed_stays_told_when_the_next_one_works(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        await shown(desk, screen, NO_MODEL)

        desk.attention.note(ended("kimi,k2.7"))

        assert desk.concerns.count() == 0
        assert [*desk.attention._on_screen] == [Kind.NO_MODEL_LEFT]


async def test_what_is_over_before_it_is_shown_does_not_stay(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        desk.attention.note(ServiceStopped("It ended."))
        desk.attention.note(ServiceRuns())

        await eventually(lambda: screen.closed == [1])


async def test_what_was_seen_in_the_window_leaves_the_screen(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        await shown(desk, screen, BAD_KEY)

        desk.attention.dismiss(desk.attention.kept()[0].key)

        await eventually(lambda: screen.closed == [1])


@pytest.mark.parametrize("happening", [BAD_KEY, NO_MODEL, on_backup("kimi,k2.7", "deepseek,chat")])
async def test_a_provider_that_was_removed_is_no_trouble_any_more(
    qloop: Loop, happening: Happening
) -> None:
    async with listening() as (desk, screen):
        await shown(desk, screen, happening)
        rest = {"Providers": RAW["Providers"][:1], "Router": {"default": "deepseek,chat"}}

        await desk.bridge.edit(lambda raw: {**raw, **rest}, "")

        assert [kept.is_over for kept in desk.attention.kept()] == [True]
        assert desk.concerns.count() == 0
