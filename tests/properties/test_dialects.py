"""The same answer in every dialect becomes the same message."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from ccr_desktop.core.dialects.base import Dialect
from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from tests.support import responses
from tests.support import scripts as chat
from tests.support.examples import many
from tests.support.gemini_scripts import render_gemini
from tests.support.grammar import fold
from tests.support.replay import PLAIN, stream
from tests.support.scripts import SEEDS, Script, blocks_of, scripts

OTHERS: list[tuple[Dialect, Callable[[Script, int], bytes]]] = [
    (OpenAIResponses(), responses.render),
    (Gemini(), render_gemini),
]


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("ccr_desktop").setLevel(logging.ERROR)


@pytest.mark.parametrize(
    ("dialect", "render"), OTHERS, ids=lambda value: getattr(value, "name", "")
)
@many()
@given(scripts(), SEEDS)
def test_an_answer_is_the_same_message_in_every_dialect(
    dialect: Dialect, render: Callable[[Script, int], bytes], script: Script, seed: int
) -> None:
    expected = fold(stream(chat.render(script, seed)).events)

    message = fold(stream(render(script, seed), replace(PLAIN, dialect=dialect)).events)

    assert _essence(message) == _essence(expected)
    assert OpenAIChat.name != dialect.name


def _essence(message: dict[str, Any]) -> str:
    """A message without ids and signatures, and without blocks that only carry one.

    Halves of surrogate pairs stay in arguments that are passed on as text, and nowhere else.
    """
    usage = message["usage"] if "cache_read_input_tokens" in message["usage"] else None
    blocks = [block for block in blocks_of(message) if block != ("thinking", "")]
    held = json.dumps([blocks, message["stop_reason"], usage]).replace("\\ud83d", "\\ufffd")
    return json.dumps(json.loads(held), sort_keys=True)
