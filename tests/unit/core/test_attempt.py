"""What a try needs is gone once it was answered, without a pause of the garbage collector."""

import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from ccr_desktop.core.attempt import Attempt, TranslatedAttempt
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.messages_attempt import NormalisedAttempt, PassthroughAttempt
from tests.support.replay import TARGET

BODY = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "hello"}]}


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """It looks at what a request has left, and not at all that other tests have made."""
    gc.disable()
    gc.freeze()
    yield
    gc.enable()


def translated(exchange: Exchange, target: Target) -> Attempt:
    return TranslatedAttempt(exchange, target, 1)


def normalised(exchange: Exchange, target: Target) -> Attempt:
    return NormalisedAttempt(exchange, target, 1)


@pytest.mark.parametrize(
    ("new", "dialect"),
    [
        (translated, "openai-chat"),
        (translated, "openai-responses"),
        (translated, "gemini"),
        (translated, "ollama"),
        (normalised, "anthropic"),
        (PassthroughAttempt, "anthropic"),
    ],
)
@pytest.mark.parametrize("is_stream", [False, True])
async def test_no_request_waits_for_the_garbage_collector(
    new: Callable[[Exchange, Target], Attempt], dialect: str, *, is_stream: bool
) -> None:
    for _ in range(5):  # a thread that another test has left may make some, too
        left = await _garbage(new, dialect, is_stream=is_stream)
        if not left:
            break

    assert left == 0


async def _garbage(
    new: Callable[[Exchange, Target], Attempt], dialect: str, *, is_stream: bool
) -> int:
    """How many objects of one request only the collector finds."""
    body = {**BODY, "stream": is_stream}
    gc.collect()
    exchange = Exchange(raw=json.dumps(body).encode(), headers={}, body=body)
    attempt = new(exchange, replace(TARGET, dialect=dialect))

    await attempt.call()
    attempt.begin({})
    attempt.feed(b'data: {"choices":[{"delta":{"content":"a"},"finish_reason":null}]}\n\n')
    attempt.finish()
    del attempt, exchange

    return gc.collect()
