"""Which lines of a text were not changed."""

import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config import same_lines as same_lines_module
from ccr_desktop.core.config.same_lines import same_lines

_LINES = st.lists(st.sampled_from("abcdefgh{}"), max_size=40)


@given(_LINES, _LINES, st.sampled_from([0, 3, 2000]))
def test_the_pairs_are_the_same_and_rise(before: list[str], now: list[str], compared: int) -> None:
    usual = same_lines_module._COMPARED
    same_lines_module._COMPARED = compared
    try:
        pairs = same_lines(before, now)
    finally:
        same_lines_module._COMPARED = usual

    assert all(before[one] == now[other] for one, other in pairs)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(pairs))


def test_scattered_changes_of_a_long_text_leave_the_rest() -> None:
    before = [f'"key{n}": 1,' if n % 3 else "}," for n in range(9000)]
    now = [f"changed {n}" if n % 300 == 1 else line for n, line in enumerate(before)]
    now.insert(4000, "inserted")

    assert len(same_lines(before, now)) == 9000 - 30


def test_the_work_does_not_grow_with_the_square_of_the_lines() -> None:
    """Counted in calls, since time depends on the machine."""

    def calls(size: int) -> int:
        before = [f"line {n % 50}" for n in range(size)]
        now = [f"changed {n}" if n % 200 == 0 else line for n, line in enumerate(before)]
        count = 0

        def traced(*_: object) -> object:
            nonlocal count
            count += 1
            return traced

        old = sys.gettrace()
        sys.settrace(traced)
        try:
            same_lines(before, now)
        finally:
            sys.settrace(old)
        return count

    assert calls(12_000) < 2.5 * calls(6_000)
