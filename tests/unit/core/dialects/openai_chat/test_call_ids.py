"""The ids of tool calls, as each server takes them."""

import re

import pytest

from ccr_desktop.core.dialects.openai_chat.tools import provider_id
from ccr_desktop.core.providers.makers import COMPATIBLE
from tests.unit.core.dialects.openai_chat.bodies import (
    assistant,
    call,
    result,
    sent_messages,
    user,
)

SIGNED = f"call_1__thought__{'AbC+/=' * 100}"


@pytest.mark.parametrize(
    "call_id", ["toolu_01AbC", "call_abc|weird.id/1", "functions.Bash:0", "c" * 65, SIGNED]
)
def test_ids_go_to_the_provider_byte_for_byte(call_id: str) -> None:
    messages = sent_messages(user("go"), assistant(call(call_id)), user(result(call_id)))

    assert messages[1]["tool_calls"][0]["id"] == messages[2]["tool_call_id"] == call_id


@pytest.mark.parametrize(
    ("call_id", "profile"),
    [
        ("c" * 65, "openai"),
        (SIGNED, "openai"),
    ],
)
def test_ids_that_are_too_long_become_short_ones(call_id: str, profile: str) -> None:
    conversation = (user("go"), assistant(call(call_id)), user(result(call_id)))

    messages = sent_messages(*conversation, profile=profile)

    given_id = messages[1]["tool_calls"][0]["id"]
    assert re.fullmatch(r"[0-9a-f]{40}", given_id)
    assert messages[2]["tool_call_id"] == given_id
    assert sent_messages(*conversation, profile=profile) == messages


@pytest.mark.parametrize("call_id", ["functions.Bash:0", SIGNED])
def test_claude_gets_ids_as_anthropic_gives_them_whoever_serves_it(call_id: str) -> None:
    claude = COMPATIBLE.for_model("anthropic/claude-sonnet-5")

    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", provider_id(call_id, claude))
    assert provider_id("toolu_01AbC", claude) == "toolu_01AbC"


@pytest.mark.parametrize(
    ("call_id", "is_kept"),
    [("a1B2c3D4e", True), ("toolu_01AbC", False), ("a1B2c3D4", False), ("a1B2c3D4é", False)],
)
def test_mistral_gets_ids_of_nine_letters_and_digits(call_id: str, *, is_kept: bool) -> None:
    conversation = (user("go"), assistant(call(call_id)), user(result(call_id)))

    messages = sent_messages(*conversation, profile="mistral")

    given_id = messages[1]["tool_calls"][0]["id"]
    assert messages[2]["tool_call_id"] == given_id
    assert (given_id == call_id) is is_kept
    assert len(given_id) == 9
    assert given_id.isascii()
    assert given_id.isalnum()
    assert sent_messages(*conversation, profile="mistral") == messages
