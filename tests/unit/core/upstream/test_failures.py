"""Refusals and errors as the failures that clients read."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.upstream.failures import (
    failure_of_error,
    named,
    passed_headers,
    refusal,
    rejection,
)
from ccr_desktop.errors import (
    CcrError,
    ClientError,
    RoutingError,
    UpstreamProtocolError,
    UpstreamTimeout,
    UpstreamUnreachable,
)

KEY = "odd-key-0123456789"
TARGET = Target(provider="p", model="m", url="http://x", api_key=KEY, profile=Profile())


@dataclass
class Reply:
    status: int
    headers: dict[str, str] = field(default_factory=dict)

    async def read_some(self) -> bytes:
        return b""

    async def read_all(self, limit: int) -> bytes:
        return b""


def test_only_headers_that_clients_steer_by_are_passed() -> None:
    given = {
        "retry-after": "1",
        "x-should-retry": "true",
        "x-ratelimit-limit": "5",
        "anthropic-ratelimit-unified-status": "allowed",
        "set-cookie": "a",
        "content-length": "5",
        "x-ratelimit-odd": "\udcff",
        "x-ratelimit-worse": "a\x01b",
    }

    assert set(passed_headers(given, TARGET)) == {
        "retry-after",
        "x-should-retry",
        "x-ratelimit-limit",
        "anthropic-ratelimit-unified-status",
    }


def test_a_passed_header_tells_no_key() -> None:
    given = {
        "anthropic-ratelimit-x": f"for {KEY}",
        "x-ratelimit-y": "sk-another-0123456789",
        "x-ratelimit-z": "9",
    }

    assert passed_headers(given, replace(TARGET, headers={"x-n": "9"})) == {
        "anthropic-ratelimit-x": "for ***",
        "x-ratelimit-y": "sk-***",
        "x-ratelimit-z": "9",
    }


def test_a_wait_that_stands_in_the_body_becomes_a_header() -> None:
    failure = Failure.of(429, "slow down", retry_after_s=2.1)

    assert rejection(TARGET, failure, Reply(429)).headers == {"retry-after": "3"}
    known = rejection(TARGET, failure, Reply(429, {"retry-after": "9"}))
    assert known.headers == {"retry-after": "9"}


def test_who_failed_is_said_once() -> None:
    once = named(Failure.of(500, "boom"), TARGET)

    assert once.message == "p,m: boom. Try again, or choose another model."
    assert named(once, TARGET) == once


def test_the_words_that_make_clients_compact_stay_in_front() -> None:
    failure = named(Failure.of(400, "prompt is too long: 5 tokens > 4 maximum"), TARGET, 400)

    assert failure.message.startswith("prompt is too long: 5 tokens > 4 maximum")
    assert "p,m" in failure.message


def test_a_key_that_the_provider_repeats_is_taken_out() -> None:
    assert KEY not in named(Failure.of(401, f"no such key {KEY}"), TARGET).message
    claude = replace(TARGET, dialect="anthropic")
    said = f'{{"type": "error", "error": {{"type": "x", "message": "{KEY}"}}}}'
    raw = refusal(claude, Reply(401), said.encode()).raw
    assert raw is not None
    assert KEY.encode() not in raw


def test_only_an_anthropic_error_is_passed_as_it_is() -> None:
    body = b' {"type":"error","error":{"type":"x","message":"y"}}'
    claude = replace(TARGET, dialect="anthropic")

    assert refusal(claude, Reply(400), body).raw == body
    assert refusal(TARGET, Reply(400), body).raw is None
    assert refusal(claude, Reply(400), b"<html>").raw is None


@pytest.mark.parametrize("words", ["invalid x-api-key", "Missing X-Api-Key header"])
def test_what_the_client_would_take_for_its_own_sign_in_is_put_otherwise(words: str) -> None:
    """Claude Code would only say to run `/login`."""
    body = f'{{"type":"error","error":{{"type":"authentication_error","message":"{words}"}}}}'

    error = refusal(replace(TARGET, dialect="anthropic"), Reply(401), body.encode())

    assert error.raw is None
    assert "API key" in error.failure.message
    assert "x-api-key" not in error.failure.message.lower()
    assert error.failure.message.endswith("Check the api_key of this provider.")


def test_a_redirect_names_its_goal() -> None:
    failure = refusal(TARGET, Reply(302, {"location": "http://y/z"}), b"").failure

    assert failure.status == 502
    assert "http://y/z" in failure.message


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ClientError("x"), 400, "invalid_request_error"),
        (ClientError("x", status=413), 413, "request_too_large"),
        (RoutingError("x", "y"), 404, "not_found_error"),
        (UpstreamTimeout("p", "m", "x", "y"), 504, "timeout_error"),
        (UpstreamUnreachable("p", "m", "x", "y"), 502, "api_error"),
        (UpstreamProtocolError("p", "m", "x", "y"), 502, "api_error"),
        (CcrError("x", "y"), 500, "api_error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, CcrError) else None,
)
def test_every_error_has_a_status_and_a_type(error: Any, status: int, kind: str) -> None:
    failure = failure_of_error(error)

    assert (failure.status, failure.type) == (status, kind)
    assert failure.message.startswith("x")


def test_only_errors_in_anthropics_shape_pass_as_they_are() -> None:
    claude = replace(TARGET, dialect="anthropic")

    other = refusal(claude, Reply(401), b'{"error": {"message": "no such user"}}')

    assert other.raw is None
    assert "no such user" in other.failure.message


def test_header_values_that_the_provider_repeats_are_taken_out() -> None:
    target = replace(TARGET, headers={"x-team": "hidden-value"})

    assert "hidden-value" not in named(Failure.of(400, "bad hidden-value"), target).message


@pytest.mark.parametrize("before", [440, 470, 485, 499])
def test_a_key_where_the_message_is_cut_is_taken_out_whole(before: int) -> None:
    said = "x" * before + KEY + "y" * 100
    for body in (f'{{"error": {{"message": "{said}"}}}}', said):
        rejected = refusal(TARGET, Reply(400), body.encode())

        assert KEY[:4] not in rejected.failure.message
        assert len(rejected.failure.message) < 600


def test_a_key_that_patterns_know_in_part_is_taken_out_whole() -> None:
    target = replace(TARGET, api_key="sk-PLANTED/qw+er=ty%ui-0123456789")

    failure = named(Failure.of(401, f"no such key {target.api_key}"), target)

    assert failure.message.startswith("p,m: no such key ***. ")


def test_a_body_that_escapes_a_key_is_not_passed_as_it_is() -> None:
    claude = replace(TARGET, dialect="anthropic")
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    said = f'{{"type": "error", "error": {{"type": "x", "message": "{escaped}"}}}}'

    rejected = refusal(claude, Reply(401), said.encode())

    assert rejected.raw is None
    assert KEY not in rejected.failure.message


def test_a_redirect_tells_no_part_of_a_key() -> None:
    place = "http://y/" + "z" * 180 + KEY

    assert KEY[:4] not in refusal(TARGET, Reply(302, {"location": place}), b"").failure.message


STILL_VALID = "Check that the key or the sign-in of this provider is still valid."
PLACE = "Check the region of the address, and the name of the model."


@pytest.mark.parametrize(
    ("status", "words", "hint"),
    [
        (403, "Bearer Token has expired", STILL_VALID),
        (403, "Authentication failed: Please make sure your API Key is valid.", STILL_VALID),
        (403, "The security token included in the request is invalid.", STILL_VALID),
        (403, "The request signature we calculated does not match", STILL_VALID),
        (403, "Credential should be scoped to a valid region. ", PLACE),
        (400, "The provided model identifier is invalid.", PLACE),
        (403, "You don't have access to the model", "Check that this key may use this model."),
        (403, "Signature expired: 1 is now earlier than 2", "Set the clock of this computer."),
        (400, "messages: Field required", ""),
        (400, "Thought signature is not valid", ""),
        (429, "the key is invalid", "Wait a little, or choose another model."),
    ],
)
def test_the_hint_is_for_what_was_said(status: int, words: str, hint: str) -> None:
    told = named(Failure.of(status, words), TARGET, status).message

    assert told == f"p,m ({status}): {words.strip()}" if not hint else told.endswith(f". {hint}")
