"""What holds for notices whatever happens: never too many, and nothing is lost."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.observe.events import ProviderPaused
from ccr_desktop.desktop.happenings import (
    BalanceSeen,
    Happening,
    KeyChanged,
    LaunchFailed,
    ServiceStopped,
    UpdateReady,
)
from ccr_desktop.desktop.notice import Kind, Notice
from ccr_desktop.desktop.notice_rules import HOUR_S, PER_HOUR, RULES
from ccr_desktop.desktop.notices import Notices
from tests.unit.desktop.scenes import ended, on_backup, paused

ROUTES = st.sampled_from(["a,m", "a,n", "b,m", "c,m", "d,m", "e,m"])
HAPPENINGS: st.SearchStrategy[Happening | None] = st.one_of(
    st.none(),  # only time goes by
    st.builds(ended, ROUTES, st.sampled_from([200, 200, 400, 401, 403, 429, 499, 503])),
    st.builds(on_backup, ROUTES, ROUTES, st.sampled_from([401, 504])),
    st.builds(paused, st.sampled_from("abc")),
    st.builds(KeyChanged, st.sampled_from("abc")),
    st.builds(BalanceSeen, st.sampled_from("abc"), st.integers(0, 100)),
    st.builds(UpdateReady, st.sampled_from(["1", "2"])),
    st.just(ServiceStopped("It ended.")),
    st.just(LaunchFailed("It was not found.")),
)
STEPS = st.lists(st.tuples(st.sampled_from([0, 1, 20, 90, 400, 900, 3600]), HAPPENINGS))
SWITCHES = st.dictionaries(st.sampled_from([*Kind]), st.booleans())


def lived(
    steps: list[tuple[int, Happening | None]], switches: dict[Kind, bool]
) -> tuple[Notices, list[tuple[float, Notice]]]:
    now_s = 0.0
    notices = Notices(switches=switches, installed_at_s=-2 * HOUR_S, clock=lambda: now_s)
    shown: list[tuple[float, Notice]] = []
    for passed_s, happening in steps:
        now_s += passed_s
        told = notices.tick() if happening is None else notices.note(happening)
        shown += [(now_s, notice) for notice in told]
    return notices, shown


@given(STEPS, SWITCHES)
def test_never_more_than_four_and_a_digest_an_hour(
    steps: list[tuple[int, Happening | None]], switches: dict[Kind, bool]
) -> None:
    _, shown = lived(steps, switches)

    at_s = [time for time, notice in shown if RULES[notice.kind].is_limited]
    digests = [time for time, notice in shown if notice.kind is Kind.DIGEST]
    assert all(
        later - earlier >= HOUR_S for earlier, later in zip(at_s, at_s[PER_HOUR:], strict=False)
    )
    assert all(later - earlier >= HOUR_S for earlier, later in pairwise(digests))


@given(STEPS, SWITCHES)
def test_nothing_is_lost(
    steps: list[tuple[int, Happening | None]], switches: dict[Kind, bool]
) -> None:
    notices, shown = lived(steps, switches)

    kept = {entry.notice.kind: 0 for entry in notices.kept()}
    for entry in notices.kept():
        kept[entry.notice.kind] += entry.count
    expected = Counter(kind for _, happening in steps for kind in concerned(happening))
    assert {kind: count for kind, count in kept.items() if kind in SURE} == expected
    listed = {kind for kind, rule in RULES.items() if rule.is_listed}
    assert {notice.kind for _, notice in shown} & listed <= {*kept}


@given(STEPS, SWITCHES)
def test_only_what_is_switched_on_is_shown(
    steps: list[tuple[int, Happening | None]], switches: dict[Kind, bool]
) -> None:
    notices, shown = lived(steps, switches)

    assert all(notice.kind is Kind.DIGEST or notices.switches[notice.kind] for _, notice in shown)


SURE = {Kind.NO_MODEL_LEFT, Kind.PROVIDER_PAUSED, Kind.SERVICE_STOPPED, Kind.LAUNCH_FAILED}


def concerned(happening: Happening | None) -> list[Kind]:
    """The kinds that tests know without the code's own arithmetic."""
    match happening:
        case ProviderPaused():
            return [Kind.PROVIDER_PAUSED]
        case ServiceStopped():
            return [Kind.SERVICE_STOPPED]
        case LaunchFailed():
            return [Kind.LAUNCH_FAILED]
        case _ if getattr(happening, "status", 0) in {429, 503}:
            return [Kind.NO_MODEL_LEFT]
    return []
