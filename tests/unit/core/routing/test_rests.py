"""Who is left alone, for how long, and what decisions make of it."""

from ccr_desktop.core.config.schema import Failover, Route
from ccr_desktop.core.observe.bus import EventBus
from ccr_desktop.core.observe.events import AttemptFailed, Event, ProviderPaused, ProviderResumed
from ccr_desktop.core.routing.decision import Decision, Verdict
from ccr_desktop.core.routing.rests import Rests
from tests.unit.desktop.scenes import ended

ONE, OTHER, TWO = Route("one", "m"), Route("one", "n"), Route("two", "n")
FAILOVER = Failover(pause_after=2, pause_s=60, when=("serverError",))


class Life:
    """A bus, a clock, and what was told."""

    def __init__(self, failover: Failover = FAILOVER) -> None:
        self.bus = EventBus()
        self.now_s = 100.0
        self.told: list[Event] = []
        self.set_back_s = 0.0
        self.rests = Rests(self.bus, lambda: self.now_s - self.set_back_s, lambda: self.now_s)
        self.bus.subscribe(self._hear)
        self.rests.use(failover)

    def _hear(self, event: Event) -> None:
        if isinstance(event, ProviderPaused | ProviderResumed):
            self.told.append(event)

    def fail(
        self, provider: str = "one", *, cause: str = "serverError", skipped: bool = False
    ) -> None:
        self.bus.publish(
            AttemptFailed(
                request_id="r",
                route=f"{provider},m",
                status=500,
                reason="No.",
                cause=cause,
                is_skipped=skipped,
            )
        )


def decision(*routes: Route) -> Decision:
    winner = Verdict("default", "no other rule", routes)
    return Decision(route=routes[0], scenario="default", trace=(winner,), fallbacks=routes[1:])


def test_failures_in_a_row_pause_and_an_answer_between_them_does_not() -> None:
    life = Life()
    life.fail()
    life.bus.publish(ended("one,m"))
    life.fail()
    assert life.rests.left_s("one") is None

    life.fail()
    assert life.rests.left_s("one") == 60
    assert [type(event) for event in life.told] == [ProviderPaused]


def test_what_does_not_count_and_who_was_not_asked_pause_nobody() -> None:
    life = Life()
    for _ in range(5):
        life.fail(cause="rateLimit")
        life.fail(cause="")
        life.fail(skipped=True)

    assert life.rests.left_s("one") is None


def test_both_models_of_who_is_left_alone_make_way() -> None:
    life = Life()
    life.fail()
    life.fail()

    found = life.rests.without(decision(ONE, OTHER, TWO))

    assert (found.route, found.fallbacks, found.skipped) == (TWO, (), (ONE, OTHER))
    resting = found.trace[-2]
    assert resting.rule == "resting"
    assert resting.reason == "one is left alone for another 60 s after 2 failures in a row"


def test_a_backup_that_is_left_alone_was_not_skipped_before_the_first_choice() -> None:
    life = Life()
    life.fail("two")
    life.fail("two")

    found = life.rests.without(decision(ONE, TWO))

    assert (found.route, found.fallbacks, found.skipped) == (ONE, (), ())


def test_nobody_stays_alone_once_the_setting_is_off() -> None:
    life = Life()
    life.fail()
    life.fail()

    life.rests.use(Failover())

    assert life.rests.left_s("one") is None
    assert [type(event) for event in life.told] == [ProviderPaused, ProviderResumed]
    assert life.rests.without(decision(ONE, TWO)) == decision(ONE, TWO)


def test_a_clock_that_is_set_back_makes_no_rest_longer() -> None:
    life = Life()
    life.fail()
    life.fail()

    life.set_back_s = 3600
    assert life.rests.left_s("one") == 60
    life.now_s += 61
    assert life.rests.left_s("one") is None
