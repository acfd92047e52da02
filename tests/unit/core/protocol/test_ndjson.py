from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol import ndjson
from ccr_desktop.core.protocol.ndjson import LineDecoder
from ccr_desktop.core.protocol.sse import EventTooLarge

RAW = '{"a":"é"}\n\n \r\n{"b":2}\r\n{"c":3}'.encode()
LINES = ['{"a":"é"}'.encode(), b'{"b":2}\r', b'{"c":3}']


@given(st.sets(st.integers(0, len(RAW))))
def test_how_the_bytes_are_cut_does_not_matter(cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(RAW)]
    decoder = LineDecoder()

    found = [event for a, b in pairwise(edges) for event in decoder.events(RAW[a:b])]
    found += decoder.finish()

    assert [event.data for event in found] == LINES


def test_a_line_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ndjson, "MAX_EVENT_BYTES", 10)
    decoder = LineDecoder()
    decoder.events(b"x" * 11)

    with pytest.raises(EventTooLarge):
        decoder.events(b"x")
