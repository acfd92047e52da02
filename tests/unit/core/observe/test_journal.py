"""The journal: one record a request, however far it came."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    ConfigReloaded,
    FellBack,
    RouteChosen,
)
from ccr_desktop.core.observe.journal import Entry, Journal, report
from tests.unit.core.observe.records import ended


class Decision:
    def as_json(self) -> dict[str, Any]:
        trace = [
            {"rule": "explicit", "matched": False, "reason": "no such\nprovider"},
            {"rule": "default", "matched": True, "reason": "no other rule"},
        ]
        return {"route": "p,m", "scenario": "default", "trace": trace}


DECISION = Decision()


def chosen(request_id: str = "req_1", **members: Any) -> RouteChosen:
    told: dict[str, Any] = {
        "at_s": 100.0,
        "request_id": request_id,
        "session_id": "session",
        "model": "opus",
        "decision": DECISION,
        "folder": "/home/me/secret-project",
    }
    return RouteChosen(**{**told, **members})


def failed(**members: Any) -> AttemptFailed:
    told: dict[str, Any] = {"request_id": "req_1", "route": "p,m", "status": 502, "reason": "gone"}
    return AttemptFailed(**{**told, **members})


def only(journal: Journal) -> Entry:
    (entry,) = journal.entries
    return entry


def test_a_request_is_there_from_its_route_to_its_end() -> None:
    journal = Journal()

    journal.note(chosen())
    entry = only(journal)
    assert (entry.is_running, entry.status, entry.duration_s) == (True, None, None)
    assert (entry.model, entry.route_chosen, entry.route) == ("opus", "p,m", "p,m")
    assert (entry.folder, entry.at_s) == ("/home/me/secret-project", 100.0)
    assert entry.decision is DECISION

    journal.note(failed())
    journal.note(FellBack(request_id="req_1", from_route="p,m", to_route="q,n", reason="gone"))
    assert (only(journal).route, len(only(journal).attempts)) == ("q,n", 1)

    journal.note(AnswerBegan(request_id="req_1", route="q,n", first_s=0.25, waited_s=0.1))
    assert only(journal).first_s == 0.25
    assert journal.running == journal.entries

    journal.note(ended(route="q,n", attempts=[failed()]))
    entry = only(journal)
    assert (entry.is_running, entry.status, entry.route) == (False, 200, "q,n")
    assert (entry.duration_s, entry.usage["output_tokens"]) == (1.5, 3)
    assert entry.route_chosen == "p,m"
    assert journal.running == ()
    assert journal.entry("req_1") == entry


def test_the_newest_is_the_first() -> None:
    journal = Journal()
    for number in range(3):
        journal.note(chosen(f"r{number}"))

    assert [entry.request_id for entry in journal.entries] == ["r2", "r1", "r0"]


def test_a_refused_request_has_a_record_without_a_decision() -> None:
    journal = Journal()
    journal.note(ended(at_s=101.5, route="", status=403, error="not from here", folder="/x"))

    entry = only(journal)
    assert (entry.decision, entry.status, entry.error) == (None, 403, "not from here")
    assert entry.folder == "/x"
    assert entry.at_s == 100.0


def test_the_oldest_that_has_ended_is_forgotten() -> None:
    journal = Journal(limit=3)
    journal.note(chosen("running"))
    for number in range(5):
        journal.note(chosen(f"r{number}"))
        journal.note(ended(request_id=f"r{number}"))

    assert [entry.request_id for entry in journal.entries] == ["r4", "r3", "running"]
    journal.note(AnswerBegan(request_id="r0", route="p,m", first_s=0.1, waited_s=0.1))
    assert journal.entry("r0") is None


def test_the_limit_holds_when_all_of_them_run() -> None:
    journal = Journal(limit=2)
    for number in range(4):
        journal.note(chosen(f"r{number}"))

    assert [entry.request_id for entry in journal.entries] == ["r3", "r2"]


def test_the_revision_tells_whether_anything_happened() -> None:
    journal = Journal()
    journal.note(ConfigReloaded(source="x"))
    assert journal.revision == 0

    journal.note(chosen())
    before = journal.revision
    entry = only(journal)
    assert only(journal) is entry, "what nobody changed is not put together again"
    journal.note(failed())
    assert journal.revision > before
    assert only(journal) is not entry


def test_records_can_not_be_changed() -> None:
    journal = Journal()
    journal.note(chosen())

    with pytest.raises(FrozenInstanceError):
        only(journal).status = 5  # type: ignore[misc]  # that is the point


def test_a_report_tells_all_but_secrets_and_folders() -> None:
    journal = Journal()
    journal.note(chosen())
    key = "sk-abcdefghijklmnop"
    journal.note(
        ended(attempts=[failed(reason=f"Wrong key {key}")], status=502, error=f"no {key}\nend")
    )

    text = report(only(journal))

    assert "Request req_1, 1970-01-01 00:01:40 UTC" in text
    assert "Result: 502 no sk-***" in text
    assert "Failed before: p,m (502): Wrong key" in text
    assert "  - explicit: no such provider\n  * default: no other rule" in text
    assert "input_tokens 7, output_tokens 3" in text
    assert key not in text
    assert "secret-project" not in text


def test_a_report_tells_what_a_request_went_without() -> None:
    journal = Journal()
    journal.note(chosen())
    journal.note(ended(left_out=("pictures", "thinking.adaptive")))

    assert "Left out, since it was refused: pictures, thinking.adaptive" in report(only(journal))


def test_a_report_of_a_running_request_says_so() -> None:
    journal = Journal()
    journal.note(chosen())

    assert "Result: still running" in report(only(journal))
