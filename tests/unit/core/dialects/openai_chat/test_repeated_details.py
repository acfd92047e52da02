"""MiniMax says that it repeats the whole thought so far, and does so in some modes only."""

import json
from dataclasses import replace

import pytest

from ccr_desktop.core.dialects.openai_chat.decoder import ChatDecoder
from ccr_desktop.core.protocol.carrier import decode_carrier
from ccr_desktop.core.protocol.deltas import CarrierDelta, TextDelta, ThinkingDelta
from ccr_desktop.core.protocol.sse import SseEvent
from ccr_desktop.core.providers.makers import COMPATIBLE, MINIMAX
from ccr_desktop.core.providers.profile import Profile
from tests.support.replay import TARGET


def decoded(profile: Profile, *texts: str) -> tuple[str, list[str]]:
    """The thinking in a stream, and what goes back of it."""
    decoder = ChatDecoder(replace(TARGET, profile=profile))
    pieces = ({"type": "reasoning.text", "index": 0, "text": text} for text in texts)
    deltas = [*({"reasoning_details": [piece]} for piece in pieces), {"content": "yes"}]
    events = ({"choices": [{"index": 0, "delta": delta}]} for delta in deltas)
    fed = [found for event in events for found in decoder.feed(_event(event))]
    thinking = "".join(delta.text for delta in fed if isinstance(delta, ThinkingDelta))
    (carrier,) = (delta.signature for delta in fed if isinstance(delta, CarrierDelta))
    assert any(isinstance(delta, TextDelta) for delta in [*fed, *decoder.finish()])
    state = decode_carrier(TARGET.provider, carrier)
    assert state
    return thinking, [detail["text"] for detail in state["details"]]


def _event(chunk: object) -> SseEvent:
    return SseEvent("", json.dumps(chunk).encode())


@pytest.mark.parametrize(
    ("texts", "thinking"),
    [
        pytest.param(["The", "The user", "The user asks"], "The user asks", id="all so far"),
        pytest.param(["The", " user", " asks"], "The user asks", id="what is new"),
        pytest.param(["The", "The user", "The user"], "The user", id="nothing new at the end"),
        pytest.param(["a", " b", "a", "a"], "a baa", id="new pieces that are alike"),
    ],
)
def test_a_thought_is_told_once(texts: list[str], thinking: str) -> None:
    assert decoded(MINIMAX, *texts) == (thinking, [thinking])


def test_others_repeat_nothing() -> None:
    assert decoded(COMPATIBLE, "ha", "haha") == ("hahaha", ["hahaha"])
