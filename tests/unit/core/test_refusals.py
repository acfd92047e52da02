"""What a provider refuses of requests is remembered, for a while."""

import pytest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.mending import Mending
from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.core.refusals import Refusals
from ccr_desktop.core.refused_members import RefusedMembers

PICTURE = {"type": "image", "source": {"type": "url", "url": "https://a.test/b.png"}}
BODY: JsonObject = {"messages": [{"role": "user", "content": [PICTURE]}]}
PLAIN: JsonObject = {"messages": [{"role": "user", "content": "Hi"}]}
BLIND = b"this model does not support image input"
NOT_THERE = b"could not fetch the url"


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def target(model: str = "a") -> Target:
    url = "http://127.0.0.1:9/v1/chat/completions"
    profile = find_profile(url)
    return Target(provider="mine", model=model, url=url, api_key="", profile=profile)


def answered_without(refusals: Refusals, to: Target, refusal: bytes = BLIND) -> None:
    refused = Mending()
    assert refused.learns(refusal, BODY, {})
    refused.body(BODY)
    refusals.note(to, refused)


def test_what_was_refused_is_left_out_of_the_next_request_to_the_same_model() -> None:
    refusals = Refusals()

    answered_without(refusals, target())

    known = refusals.of(target())
    assert known is not None
    assert known.body(BODY) != BODY
    assert known.left_out == ["pictures"]
    assert refusals.of(target("b")) is None


def test_it_is_told_only_of_requests_that_held_it() -> None:
    refusals = Refusals()
    answered_without(refusals, target())

    known = refusals.of(target())

    assert known is not None
    assert known.body(PLAIN) == PLAIN
    assert known.left_out == []


@pytest.mark.parametrize("words", [NOT_THERE, b"Could not process image"])
def test_what_was_wrong_with_one_request_alone_is_not_remembered(words: bytes) -> None:
    refusals = Refusals()

    answered_without(refusals, target(), words)

    assert refusals.of(target()) is None


def test_after_a_while_it_is_tried_again_however_often_it_was_of_use() -> None:
    clock = Clock()
    refusals = Refusals(clock)
    answered_without(refusals, target())

    clock.now_s = 3000
    answered_without(refusals, target())
    assert refusals.of(target())
    clock.now_s = 3601

    assert refusals.of(target()) is None


def test_only_the_latest_models_are_remembered() -> None:
    refusals = Refusals()

    for number in range(300):
        answered_without(refusals, target(str(number)))

    assert refusals.of(target("0")) is None
    assert refusals.of(target("299"))


@pytest.mark.parametrize(
    ("thinking", "is_left"),
    [({"type": "adaptive"}, False), ({"type": "enabled", "budget_tokens": 1024}, True)],
)
def test_thinking_of_another_kind_than_was_refused_stays(
    thinking: JsonObject, is_left: bool
) -> None:
    refused = RefusedMembers()
    assert refused.learns(
        b"adaptive thinking is not supported", {**PLAIN, "thinking": {"type": "adaptive"}}, {}
    )

    sent = refused.lasting().body({**PLAIN, "thinking": thinking})

    assert ("thinking" in sent) is is_left
