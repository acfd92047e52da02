from typing import Any

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.observe.events import AttemptFailed
from ccr_desktop.core.server.answers import answer_headers


def failed(*reasons: str) -> dict[str, str]:
    """The headers after these failures."""
    exchange: Any = Exchange(raw=b"{}", headers={})
    for reason in reasons:
        failure = AttemptFailed(request_id="r1", route="p,m", status=502, reason=reason)
        exchange.failed.append(failure)
    return answer_headers(exchange)


def test_a_failure_that_repeats_is_told_once() -> None:
    headers = failed("gone.", "gone.", "late.")

    assert headers["x-ccr-attempts"] == "4"
    assert headers["x-ccr-failed"] == "p,m (502): gone. | p,m (502): late."


def test_failures_that_do_not_fit_are_counted_and_none_is_cut() -> None:
    reasons = [f"{number} {'x' * 197}…" for number in range(9)]

    *told, last = failed(*reasons)["x-ccr-failed"].split(" | ")

    assert told == [f"p,m (502): {number} {'x' * 197}..." for number in range(4)]
    assert last == "5 more"


def test_one_failure_in_letters_that_headers_can_not_hold_has_an_end() -> None:
    assert len(failed("名" * 200, "gone")["x-ccr-failed"]) <= 1010
