"""Providers that are asked for an answer: the four steps of their test."""

import re
from collections.abc import Iterator

import pytest

from ccr_desktop.doctor.check import Side, Verdict
from tests.support.turns import http_error, text
from tests.support.upstream import Upstream
from tests.unit.doctor.conftest import Look

_KEY = "sk-planted-0123456789abcdef"


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server


def raw(upstream: Upstream, **changes: object) -> dict[str, object]:
    provider = {
        "name": "p",
        "api_base_url": upstream.chat_url,
        "api_key": _KEY,
        "models": ["m"],
        **changes,
    }
    return {"Providers": [provider], "Router": {"default": "p,m"}}


def test_the_step_that_fails_is_told_with_those_before(look: Look, upstream: Upstream) -> None:
    upstream.respond(lambda _: text("in words"))

    finding = look("provider:p", raw(upstream), asks_models=True)

    assert (finding.verdict, finding.side) == (Verdict.PROBLEM, Side.PROVIDER)
    assert "in words instead of using the tool" in str(finding.text)
    assert [line.partition(":")[0] for line in finding.details] == [
        "the address",
        "the key",
        "the model",
        "the tools",
    ]


def test_a_refused_key_is_not_repeated(look: Look, upstream: Upstream) -> None:
    upstream.respond(lambda _: http_error(401, f"Wrong key: {_KEY}"))

    finding = look("provider:p", raw(upstream), asks_models=True)

    assert finding.verdict is Verdict.PROBLEM
    assert "ccr keys set p" in str(finding.remedy)
    assert _KEY not in repr(finding)


def test_no_tokens_are_used_unless_that_is_wanted(look: Look, upstream: Upstream) -> None:
    finding = look("provider:p", raw(upstream))

    assert re.fullmatch(r"It is reached in (\d+ ms|\d+\.\d\d s)\.", str(finding.text))
    assert {request.method for request in upstream.requests} == {"GET"}


def test_a_provider_that_is_switched_off_is_left_alone(look: Look, upstream: Upstream) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        look("provider:p", raw(upstream, paused=True))

    assert upstream.requests == []


@pytest.mark.parametrize("asks_models", [False, True])
def test_two_sign_ins_are_a_matter_of_the_settings(
    look: Look, upstream: Upstream, *, asks_models: bool
) -> None:
    """The address was said to be out of reach, with a sentence for programmers."""
    url = upstream.chat_url.replace("://", "://user:planted-password@")

    finding = look("provider:p", raw(upstream, api_base_url=url), asks_models=asks_models)

    assert (finding.verdict, finding.side) == (Verdict.PROBLEM, Side.SETTINGS)
    assert "its address has a sign-in, and there is a key, too" in str(finding.text)
    assert "AUTH" not in str(finding.text)
    assert str(finding.remedy).startswith("Take the sign-in out of")
    assert "api_base_url" not in str(finding.in_window)
    assert "planted-password" not in repr(finding)
    assert upstream.requests == []
