"""Whatever stands at whatever place of an answer: a whole message or an error, never a crash."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccr_desktop.core.dialects.anthropic.decoder import MessagesDecoder
from ccr_desktop.core.dialects.anthropic.fold import fold_events
from ccr_desktop.core.dialects.anthropic.replay import replay_message
from ccr_desktop.core.dialects.anthropic.stream import MessageStream
from ccr_desktop.core.dialects.base import Dialect, StreamDecoder, Target
from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.dialects.ollama import Ollama
from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from ccr_desktop.core.protocol.sse import SseDecoder
from ccr_desktop.core.providers.catalog import PROFILES
from ccr_desktop.core.providers.web_search import SearchWish
from tests.support import hostile
from tests.support.grammar import recognise
from tests.support.hostile import JsonObject, places, spoiled, written
from tests.support.replay import TARGET, Setting, stream, whole


class Normalised:
    """Anthropic's own protocol as transformers see it; nothing is encoded here."""

    name = "anthropic"

    def decoder(self, _target: Target) -> StreamDecoder:
        return MessagesDecoder()


@dataclass(frozen=True)
class Kind:
    """A protocol: how its provider answers. Lines of Ollama are events here: they hold the same."""

    events: Sequence[Any]
    wholes: Sequence[Any]
    setting: Setting


def _as(profile: str, dialect: Dialect | None = None, **target: Any) -> Setting:
    known = replace(TARGET, profile=PROFILES[profile], **target)
    return Setting(target=known, dialect=dialect) if dialect else Setting(target=known)


WISH = SearchWish(query="q")
KINDS = {
    "chat": Kind(hostile.CHAT, hostile.CHAT_WHOLE, _as("openrouter")),
    "minimax": Kind(hostile.CHAT, hostile.CHAT_WHOLE, _as("minimax")),
    "search": Kind(hostile.CHAT, hostile.CHAT_WHOLE, _as("perplexity", model="sonar", search=WISH)),
    "gemini": Kind(hostile.GEMINI, hostile.GEMINI, _as("gemini", Gemini())),
    "responses": Kind(
        hostile.RESPONSES, [hostile.RESPONSE], _as("openai", OpenAIResponses(), model="gpt-5.1")
    ),
    "ollama": Kind(hostile.OLLAMA, hostile.OLLAMA, _as("ollama", Ollama())),
    "messages": Kind(
        hostile.MESSAGES,
        [hostile.MESSAGE],
        Setting(target=TARGET, dialect=Normalised()),  # type: ignore[arg-type]  # it decodes only
    ),
}
EXAMPLES = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])


def _spoiled(events: Sequence[Any], data: st.DataObject) -> list[Any]:
    """*events* with something else at one place in one of them."""
    at = data.draw(st.integers(0, len(events) - 1))
    return [*events[:at], _one(events[at], data), *events[at + 1 :]]


def _one(value: Any, data: st.DataObject) -> Any:
    place = data.draw(st.sampled_from(list(places(value))))
    return spoiled(value, place, data.draw(st.sampled_from(hostile.VALUES)))


@pytest.mark.parametrize("name", KINDS)
@EXAMPLES
@given(data=st.data())
def test_a_stream_ends_as_a_message_or_an_error(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]

    answer = stream(hostile.as_events(_spoiled(kind.events, data)), kind.setting)

    if answer.raw:
        assert recognise(answer.events) in {"message", "error"}


@pytest.mark.parametrize("name", KINDS)
@EXAMPLES
@given(data=st.data())
def test_a_whole_answer_is_a_message_or_an_error(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    payload = _one(data.draw(st.sampled_from(kind.wholes)), data)

    folded = whole(written(payload), kind.setting)

    assert folded.failure or json.dumps(folded.message)


@pytest.mark.parametrize("form", [hostile.as_events, hostile.as_named_events])
@EXAMPLES
@given(data=st.data())
def test_a_stream_that_passes_through_ends_and_can_be_put_together(
    form: Callable[[Sequence[Any]], bytes], data: st.DataObject
) -> None:
    passing = MessageStream("claude-x", "m", "req_1")

    out = passing.feed(SseDecoder().feed(form(_spoiled(hostile.MESSAGES, data)))) + passing.finish()

    assert passing.failure or out.endswith(b"\n\n")
    assert json.dumps(fold_events(SseDecoder().feed(out)))
    assert json.dumps(passing.usage)


@EXAMPLES
@given(data=st.data())
def test_a_whole_message_can_be_streamed(data: st.DataObject) -> None:
    message: JsonObject = {**hostile.MESSAGE}
    message["content"] = [_one(block, data) for block in message["content"]]

    assert replay_message(message).endswith(b"\n\n")
