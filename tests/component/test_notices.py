"""What notices say of real requests: only who was asked is blamed."""

from typing import Any

from ccr_desktop.desktop.matters import Matters
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.desktop.notice_words import NoticeWords
from tests.component.client import QUESTION
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider, message_events, stream, whole
from tests.component.test_request_events import ended_of

NEVER_ASKED = "claude,claude-upstream"
BOTH = {"default": ["mock,big", NEVER_ASKED]}


async def told(start_service: StartService, raw: Any, body: Any = QUESTION) -> dict[Kind, str]:
    service = await start_service(raw)
    event = await ended_of(service, body)
    matters = Matters(NoticeWords()).of(event, 0.0).matters
    return {matter.kind: matter.text.body for matter in matters if matter.kind in _OF_FAILURES}


_OF_FAILURES = {Kind.NO_MODEL_LEFT, Kind.KEY_PROBLEM, Kind.MOVED_TO_BACKUP, Kind.PROVIDER_PAUSED}


async def test_who_refused_a_key_is_told(start_service: StartService, provider: Provider) -> None:
    provider.script = whole({"error": {"message": "no"}}, 401)

    (said,) = (await told(start_service, configuration(provider.url))).items()

    assert said[0] is Kind.KEY_PROBLEM
    assert said[1].startswith("mock refused the key.")


async def test_a_rule_that_refuses_is_nobodys_failure(
    start_service: StartService, provider: Provider
) -> None:
    rule = {"name": "night", "block": "not today"}
    raw = configuration(provider.url)
    raw["Router"] = {**raw["Router"], "rules": [rule]}

    assert await told(start_service, raw) == {}


async def test_a_plugin_that_fails_is_not_the_failure_of_its_provider(
    start_service: StartService, provider: Provider, tmp_path: Any
) -> None:
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "class Mine:\n    name = 'mine'\n"
        "    def request(self, body, context):\n        raise ValueError('no')\n"
    )
    raw = configuration(provider.url, transformers=[{"path": str(plugin)}])
    raw["Providers"][0]["transformer"] = {"use": ["mine"]}

    said = await told(start_service, raw)

    assert said[Kind.NO_MODEL_LEFT].startswith("The transformer 'mine' failed")
    assert not provider.calls


async def test_a_provider_without_a_key_was_not_asked(
    start_service: StartService, provider: Provider
) -> None:
    raw = configuration(provider.url)
    raw["Providers"][0]["api_key"] = "keyring:nobody"

    assert await told(start_service, raw) == {
        Kind.KEY_PROBLEM: "mock has no key that serves. Requests to it fail until it has one."
    }


async def test_a_provider_that_is_switched_off_has_no_trouble(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = stream(message_events("Hello"))
    raw = configuration(provider.url, Router=BOTH)
    raw["Providers"][0]["paused"] = True

    assert await told(start_service, raw) == {}


async def test_a_backup_that_is_not_to_be_asked_is_named(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = whole({"error": {"message": "busy"}}, 429, {"x-should-retry": "false"})
    raw = configuration(provider.url, Router=BOTH, Failover={"when": ["timeout"]})

    [said] = (await told(start_service, raw)).values()

    assert "was not tried: “Backup behaviour”" in said


async def test_of_two_that_failed_each_is_told_with_what_it_did(
    start_service: StartService, provider: Provider
) -> None:
    """The status of the request is the first one's, and the last one's the missing key."""
    provider.script = whole({"error": {"message": "busy"}}, 429, {"x-should-retry": "false"})
    raw = configuration(provider.url, Router=BOTH)
    raw["Providers"][1]["api_key"] = "keyring:nobody"

    assert await told(start_service, raw) == {
        Kind.KEY_PROBLEM: "claude has no key that serves. Requests to it fail until it has one.",
        Kind.NO_MODEL_LEFT: (
            "mock asks to wait: too many requests. No other model could take over."
        ),
    }
