"""Checks beside each other: time limits, failures, secrets."""

import asyncio
from pathlib import Path

from ccr_desktop.doctor.all_checks import all_checks
from ccr_desktop.doctor.check import Around, Check, Finding, Result, Verdict, fine
from ccr_desktop.doctor.examine import examine, known_secrets
from ccr_desktop.doctor.words import say
from ccr_desktop.errors import CcrError
from tests.unit.doctor.conftest import around_of

_KEY = "planted-words-0123456789"


async def _hangs(_: Around) -> Finding:
    await asyncio.Event().wait()
    raise AssertionError


async def _breaks(_: Around) -> Finding:
    raise ValueError(_KEY)


async def _refuses(_: Around) -> Finding:
    raise CcrError("It did not work", "Do this.")


async def _tells(_: Around) -> Finding:
    return fine(say("It said {what}.", what=_KEY), f"and {_KEY}", "http://u:pass@h.test")


def examined(around: Around, *checks: Check) -> tuple[list[Result], list[Result]]:
    heard: list[Result] = []
    return asyncio.run(examine(checks, around, heard.append)), heard


def test_what_hangs_or_breaks_stays_alone_and_the_order_is_kept(home: Path) -> None:
    checks = [
        Check("hangs", say("A"), _hangs, 0.05),
        Check("breaks", say("B"), _breaks),
        Check("refuses", say("C"), _refuses),
        Check("tells", say("D"), _tells),
    ]

    results, heard = examined(around_of(home), *checks)

    assert [result.finding.verdict for result in results] == [
        Verdict.UNCHECKED,
        Verdict.UNCHECKED,
        Verdict.PROBLEM,
        Verdict.OK,
    ]
    assert {result.check.key for result in heard} == {"hangs", "breaks", "refuses", "tells"}
    assert heard[-1].check.key == "hangs"
    assert str(results[2].finding.text) == "It did not work. Do this."


def test_known_secrets_are_in_no_result(home: Path) -> None:
    around = around_of(home, {"APIKEY": _KEY})

    results, _ = examined(
        around, Check("tells", say("A"), _tells), Check("breaks", say("B"), _breaks)
    )

    assert _KEY not in repr(results)
    assert "u:pass" not in repr(results)


def test_secrets_of_the_environment_are_hidden_too(home: Path) -> None:
    around = around_of(home, None, {"SOME_API_KEY": _KEY})

    results, _ = examined(around, Check("tells", say("A"), _tells))

    assert _KEY not in repr(results)


def test_whoever_is_cancelled_leaves_nothing_running(home: Path) -> None:
    async def cancelled() -> int:
        around = around_of(home)
        work = asyncio.ensure_future(examine([Check("hangs", say("A"), _hangs)], around))
        await asyncio.sleep(0)
        work.cancel()
        await asyncio.wait({work})
        return len(asyncio.all_tasks())

    assert asyncio.run(cancelled()) == 1


def test_a_further_check_takes_the_place_of_its_key(home: Path) -> None:
    mine = Check("tray", say("Mine"), _tells)

    found = all_checks(around_of(home), [mine])

    assert mine in found
    assert len({check.key for check in found}) == len(found)


def test_what_is_no_secret_stays_readable(home: Path) -> None:
    """Some servers get their own name for a key, and `ccr env` sets a token for nobody."""
    provider = {"name": "lm-studio", "api_base_url": "demo:", "api_key": "lm-studio"}
    short = {"name": "short", "api_base_url": "demo:", "api_key": "k"}
    around = around_of(
        home,
        {"Providers": [provider, short]},
        {"ANTHROPIC_AUTH_TOKEN": "ccr-desktop", "SSH_KEY_PATH": str(home)},
    )

    assert known_secrets(around.store, around.environment) == []


def test_secrets_of_settings_that_are_not_in_force_are_hidden(home: Path) -> None:
    around = around_of(home, {"APIKEY": _KEY, "PORT": "x"})

    results, _ = examined(around, Check("tells", say("A"), _tells))

    assert around.config.api_key == ""
    assert _KEY not in repr(results)


def test_an_option_of_a_plugin_is_secret_by_its_name(home: Path) -> None:
    link = ["own-plugin", {"api_key": _KEY, "region": "somewhere-far-away"}]
    provider = {"name": "one", "api_base_url": "demo:", "transformer": {"use": [link]}}
    around = around_of(home, {"Providers": [provider]})

    assert known_secrets(around.store, around.environment) == [_KEY]
