"""What the logs say: in words as `logging` would put them, and as objects."""

import logging

from ccr_desktop.core.observe.entries import event_entry, record_entry
from ccr_desktop.core.observe.events import AttemptFailed, ConfigReloaded
from tests.unit.core.observe.records import ended

FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")


def test_a_line_begins_as_logging_would_begin_it() -> None:
    record = logging.makeLogRecord({"name": "ccr_desktop.requests", "levelname": "INFO"})
    event = ended(at_s=record.created)

    assert event_entry(event).line.startswith(FORMAT.format(record))


def test_an_event_is_told_with_all_its_members() -> None:
    entry = event_entry(ended())

    assert entry.described["type"] == "finished"
    assert entry.described["reqId"] == "req_1"
    assert entry.described["data"]["usage"] == {"input_tokens": 7, "output_tokens": 3}
    assert "request_id" not in entry.described["data"]


def test_the_tries_before_an_answer_are_told_as_objects() -> None:
    failed = AttemptFailed(request_id="req_1", route="p,m", status=500, reason="it broke")

    [told] = event_entry(ended(attempts=(failed,))).described["data"]["attempts"]

    assert told == {**failed.as_json(), "reason": "it broke"}


def test_what_concerns_no_request_is_of_the_service() -> None:
    entry = event_entry(ConfigReloaded(source="config.json"))

    assert " INFO ccr_desktop.service " in entry.line
    assert entry.described["reqId"] is None


def test_the_reason_of_an_exception_is_kept() -> None:
    error = ValueError("odd")
    record = logging.LogRecord("a", logging.ERROR, "", 1, "failed", (), (ValueError, error, None))

    assert "ValueError: odd" in record_entry(record).described["err"]
