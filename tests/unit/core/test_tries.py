"""Whom to ask next, and after which pause."""

import pytest

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.tries import RETRY_PAUSE_S, Tries, Try
from ccr_desktop.errors import (
    CcrError,
    ClientError,
    UpstreamKeyMissing,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnreachable,
)

ONE, TWO = Route("one", "m"), Route("two", "n")


def refused(status: int, **headers: str) -> UpstreamRejected:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return UpstreamRejected("one", "m", Failure.of(status, "No."), named)


def unreachable(*, was_connected: bool = False) -> CcrError:
    return UpstreamUnreachable("one", "m", "Gone", "No.", was_connected=was_connected)


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_once_more_and_then_elsewhere(status: int) -> None:
    tries = Tries([ONE, TWO])

    assert tries.after(refused(status)) == Try(ONE, RETRY_PAUSE_S)
    assert tries.after(refused(status)) == Try(TWO)
    assert tries.after(refused(status)) == Try(TWO, RETRY_PAUSE_S)
    assert tries.after(refused(status)) is None


def test_an_empty_account_is_not_asked_again_but_another_one_is() -> None:
    tries = Tries([ONE, TWO])

    assert tries.after(refused(402), has_other_key=True) == Try(ONE, needs_other_key=True)
    assert tries.after(refused(402)) == Try(TWO)


@pytest.mark.parametrize(
    "error",
    [*(refused(status) for status in (400, 401, 403, 404, 413, 422)), ClientError("No.")],
    ids=str,
)
def test_what_stays_is_not_tried_again(error: CcrError) -> None:
    assert Tries([ONE, TWO]).after(error) is None


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ((401,), "false"),
        ((403,), "false"),
        ((404,), "false"),
        ((401, 403), "false"),
        ((401, 503), None),
        ((503, 401), None),
        ((400,), None),
        ((500,), None),
    ],
)
def test_the_client_is_told_not_to_ask_again_for_what_stays(
    statuses: tuple[int, ...], said: str | None
) -> None:
    tries = Tries([ONE, TWO])
    tries.failed = [
        (route, refused(status)) for route, status in zip([ONE, TWO], statuses, strict=False)
    ]

    error = tries.final_error()

    assert isinstance(error, UpstreamRejected)
    assert error.headers.get("x-should-retry") == said


def test_what_the_provider_says_of_asking_again_counts() -> None:
    tries = Tries([ONE])
    tries.after(refused(401, x_should_retry="true"))

    error = tries.final_error()

    assert isinstance(error, UpstreamRejected)
    assert error.headers["x-should-retry"] == "true"


@pytest.mark.parametrize(
    ("error", "pause_s"),
    [
        pytest.param(refused(429, retry_after="2"), 2.0, id="seconds"),
        pytest.param(refused(429, retry_after="0.1"), RETRY_PAUSE_S, id="at once"),
        pytest.param(refused(429, retry_after_ms="1500", retry_after="60"), 1.5, id="milliseconds"),
        pytest.param(refused(429, retry_after="5"), 5.0, id="just short enough"),
        pytest.param(refused(429, retry_after="6"), None, id="too long"),
        pytest.param(refused(429, retry_after="Thu, 26 Nov 2026 04:21:02 GMT"), None, id="a date"),
        pytest.param(refused(503, x_should_retry="false"), None, id="told not to"),
        pytest.param(unreachable(was_connected=True), RETRY_PAUSE_S, id="a broken connection"),
        pytest.param(unreachable(), None, id="no connection"),
        pytest.param(UpstreamTimeout("one", "m", "Slow", "No."), None, id="a time-out"),
    ],
)
def test_the_same_route_is_asked_again_only_when_that_may_help_soon(
    error: CcrError, pause_s: float | None
) -> None:
    expected = Try(TWO) if pause_s is None else Try(ONE, pause_s)

    assert Tries([ONE, TWO]).after(error) == expected


def test_a_provider_without_a_key_is_left_for_the_next_and_is_not_what_failed() -> None:
    missing = UpstreamKeyMissing("one", "m", Failure.of(403, "There is no key."), {})
    tries = Tries([ONE, TWO])

    assert tries.after(missing) == Try(TWO)
    assert tries.after(refused(404)) is None
    told = tries.final_error()
    assert isinstance(told, UpstreamRejected)
    assert told.failure.status == 404
    assert "one,m (403): There is no key." in told.failure.message


def test_another_key_comes_before_another_route() -> None:
    tries = Tries([ONE, TWO])

    assert tries.after(refused(401), has_other_key=True) == Try(ONE, needs_other_key=True)
    assert tries.after(refused(401)) is None
