from __future__ import annotations

from ccr_desktop.desktop.tally import Tally
from tests.unit.desktop.passages import typical


def test_what_ended_is_counted_and_what_runs_is_not() -> None:
    tally = Tally()
    for entry in typical().journal.entries:
        for event in (entry.chosen, entry.ended):
            if event is not None:
                tally.note(event)

    totals = tally.totals
    assert (totals.requests, totals.failed) == (4, 1)  # one was stopped by a person
    assert (totals.tokens_in, totals.tokens_out, totals.tokens_cached) == (2400, 68, 1000)
