"""When the app looks for a new version by itself, and what it makes of the answer."""

import json

import pytest

from ccr_desktop import __version__, paths
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind
from tests.support.release_site import ReleaseSite
from tests.unit.desktop.updating.shop import Shop, shop
from tests.unit.desktop.waiting import eventually


def listed(made: Shop) -> list[str]:
    kept = made.desk.attention.kept()
    return [one.notice.subject for one in kept if one.notice.kind is Kind.UPDATE_READY]


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 7)])
async def test_it_looks_as_often_as_the_setting_says(
    qloop: Loop, site: ReleaseSite, rhythm: str, days: int
) -> None:
    async with shop(site, updates=rhythm) as made:
        made.desk.updates.begin()
        await eventually(lambda: made.desk.updates.state.release)
        assert made.looks == 1

        made.later(days - 0.1)
        assert not made.desk.updates.state.is_checking
        made.later(0.2)
        await eventually(lambda: made.looks == 2)
        await eventually(lambda: not made.desk.updates.state.is_checking)


async def test_on_the_first_day_it_does_not_look(qloop: Loop, site: ReleaseSite) -> None:
    async with shop(site) as made:
        made.desk.memory.set("installed-at-s", made.clock.now_s)
        made.desk.updates.begin()
        made.later(0.9)
        assert not made.desk.updates.state.is_checking

        made.later(0.2)

        await eventually(lambda: made.looks == 1)
        await eventually(lambda: made.desk.updates.state.release)


@pytest.mark.parametrize("why", ["off", "CI", "nobody"])
async def test_it_never_looks_where_nobody_wants_it(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "CI":
        monkeypatch.setenv("CI", "true")
    async with shop(site, updates="off" if why == "off" else "daily") as made:
        if why == "nobody":
            await made.desk.bridge.edit(lambda raw: {**raw, "NON_INTERACTIVE_MODE": True}, "")
        made.desk.updates.begin()
        made.later(30)
        await made.desk.bridge.tasks.end()

        assert made.looks == 0


async def test_a_new_version_is_told_once_and_listed(qloop: Loop, site: ReleaseSite) -> None:
    async with shop(site, updates="daily") as made:
        made.desk.updates.begin()
        await eventually(lambda: made.screen.shown)
        [notice] = made.screen.shown
        assert notice.kind is Kind.UPDATE_READY
        assert "9.0.0" in notice.body
        assert listed(made) == ["9.0.0"]
        assert made.desk.concerns.count() == 0  # the icon in the panel stays as it is

        made.later(2)
        await eventually(lambda: made.looks == 2)
        await eventually(lambda: not made.desk.updates.state.is_checking)

        assert len(made.screen.shown) == 1


async def test_after_a_restart_it_is_still_listed_without_another_look(
    qloop: Loop, site: ReleaseSite
) -> None:
    async with shop(site) as made:
        await made.desk.updates.check()
    async with shop(site) as made:
        made.desk.updates.begin()

        assert listed(made) == ["9.0.0"]
        assert made.desk.updates.state.release
        assert made.desk.updates.state.release.asset("SHA256SUMS")
        await made.desk.bridge.tasks.end()
        assert made.looks == 1


async def test_once_it_is_installed_it_is_forgotten(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop(site) as made:
        await made.desk.updates.check()
    monkeypatch.setattr("ccr_desktop.desktop.updating.watch.__version__", "9.0.0")

    async with shop(site) as made:
        assert made.desk.updates.state.release is None


async def test_a_skipped_version_is_not_told_again_but_the_next_one_is(
    qloop: Loop, site: ReleaseSite
) -> None:
    async with shop(site) as made:
        await made.desk.updates.check()
        made.desk.updates.skip()
        assert listed(made) == []
        await made.desk.updates.check()
        assert listed(made) == []
        assert made.desk.updates.state.is_skipped

        site.publish("9.1.0", {})
        await made.desk.updates.check()

        assert listed(made) == ["9.1.0"]


async def test_a_later_version_takes_the_place_of_the_one_before(
    qloop: Loop, site: ReleaseSite
) -> None:
    async with shop(site) as made:
        await made.desk.updates.check()
        site.publish("9.1.0", {})
        await made.desk.updates.check()

        assert listed(made) == ["9.1.0"]


@pytest.mark.parametrize("version", ["0.0.1", __version__])
async def test_what_is_not_newer_is_no_news(qloop: Loop, site: ReleaseSite, version: str) -> None:
    site.publish(version, {})
    async with shop(site) as made:
        await made.desk.updates.check()

        assert made.desk.updates.state.release is None
        assert made.desk.updates.state.checked_at_s == made.clock.now_s
        assert listed(made) == []


async def test_offline_it_is_quiet_and_tries_again_after_some_hours(
    qloop: Loop, site: ReleaseSite
) -> None:
    site.latest = {}
    async with shop(site) as made:
        failed: list[object] = []
        made.desk.bridge.failed.connect(failed.append)
        made.desk.updates.begin()
        await eventually(lambda: made.desk.updates.state.problem)
        assert "404" in made.desk.updates.state.problem
        assert made.desk.updates.state.checked_at_s == 0.0
        assert (failed, made.screen.shown, listed(made)) == ([], [], [])

        made.later(0.1)
        assert not made.desk.updates.state.is_checking
        site.publish("9.0.0", {})
        made.later(0.2)

        await eventually(lambda: listed(made) == ["9.0.0"])
        assert made.desk.updates.state.problem == ""


@pytest.mark.parametrize("found", [{"version": 1}, {"odd": 1}, {"version": "9", "assets": [3]}])
async def test_a_memory_that_was_damaged_is_no_news(
    qloop: Loop, site: ReleaseSite, found: dict[str, object]
) -> None:
    kept = paths.data_dir() / "window.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"updates.found": found}), encoding="utf-8")

    async with shop(site) as made:
        assert made.desk.updates.state.release is None


async def test_a_place_that_cant_be_used_is_told_and_no_other_one_asked(
    qloop: Loop, site: ReleaseSite
) -> None:
    async with shop(site, updateSource="http://updates.example.com/latest") as made:
        await made.desk.updates.check()

        assert "Correct Desktop.updateSource" in made.desk.updates.state.problem
        assert site.requests == []
