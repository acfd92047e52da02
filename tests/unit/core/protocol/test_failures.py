import json
from typing import Any

import pytest

from ccr_desktop.core.protocol.failures import (
    MAX_MESSAGE_CHARS,
    Failure,
    envelope,
    error_type,
    failure_of,
    read_failure,
    redact,
)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "invalid_request_error"), (401, "authentication_error"), (402, "billing_error"),
        (403, "permission_error"), (404, "not_found_error"), (408, "timeout_error"),
        (409, "conflict_error"), (413, "request_too_large"), (418, "invalid_request_error"),
        (422, "invalid_request_error"), (429, "rate_limit_error"), (500, "api_error"),
        (502, "api_error"), (503, "overloaded_error"), (504, "timeout_error"),
        (529, "overloaded_error"),
    ],
)  # fmt: skip
def test_the_type_of_an_error_follows_from_its_status(status: int, kind: str) -> None:
    assert error_type(status) == kind


RAW = '{"error":{"message":"inner"}}'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param([{"error": {"message": "m"}}], "m", id="list"),
        pytest.param({"error": {"message": "m", "type": "t", "code": 1}}, "m", id="object"),
        pytest.param({"error": "m"}, "m", id="string"),
        pytest.param({"error": {"detail": "m"}}, "m", id="detail in an object"),
        pytest.param({"error": {"type": "overloaded_error"}}, "overloaded_error", id="only a type"),
        pytest.param({"error": {"n": 1}}, '{"n":1}', id="unknown object"),
        pytest.param({"detail": "m"}, "m", id="detail"),
        pytest.param({"detail": {"message": "m"}}, "m", id="detail object"),
        pytest.param(
            {"detail": [{"loc": ["body", "x"], "msg": "bad"}, {"loc": ["y"], "msg": "odd"}]},
            "body.x: bad; y: odd",
            id="detail list",
        ),
        pytest.param({"message": "m", "code": 5}, "m", id="flat"),
        pytest.param({"object": "error", "message": "m"}, "m", id="vLLM"),
        pytest.param({"msg": "m"}, "m", id="msg"),
        pytest.param({"Message": "m"}, "m", id="Message"),
        pytest.param({"base_resp": {"status_code": 9, "status_msg": "m"}}, "m", id="base_resp"),
        pytest.param({"errors": [{"message": "m"}]}, "m", id="errors"),
        pytest.param({"errors": ["m"]}, "m", id="errors of strings"),
        pytest.param({"error": {"message": RAW}}, "inner", id="JSON in the message"),
        pytest.param(
            {"error": {"message": "Provider returned error", "metadata": {"raw": RAW}}},
            "Provider returned error: inner",
            id="JSON in metadata",
        ),
        pytest.param(
            {"error": {"message": "m", "metadata": {"raw": "text"}}}, "m: text", id="raw text"
        ),
    ],
)
def test_the_message_is_found_in_every_shape(body: Any, message: str) -> None:
    failure = read_failure(json.dumps(body).encode(), 500)

    assert (failure.status, failure.message) == (500, message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html><title> Bad\n Gateway </title>", "an HTML page came back: Bad Gateway"),
        (b" <html>", "an HTML page came back instead of JSON"),
        (b"upstream connect error\n", "upstream connect error"),
        (b"\xff", "\ufffd"),
        (b" ", "the answer had no text"),
        (b"x" * 600, "x" * MAX_MESSAGE_CHARS + "…"),
    ],
    ids=["title", "no title", "text", "bytes", "nothing", "long"],
)
def test_a_body_that_is_no_json_still_says_something(body: bytes, message: str) -> None:
    assert read_failure(body, 502).message == message


@pytest.mark.parametrize(
    "payload",
    [{}, [], None, "x", 5, {"choices": [], "message": "m"}, {"content": [], "message": "m"},
     {"base_resp": {"status_code": 0, "status_msg": "success"}}, {"error": None}, {"error": {}}],
    ids=str,
)  # fmt: skip
def test_what_is_no_error_is_none(payload: Any) -> None:
    failure = failure_of(payload)

    assert failure is None or payload == {"error": {}}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param({"message": "m", "code": 429}, 429, id="number"),
        pytest.param({"message": "m", "code": "503"}, 503, id="numeral"),
        pytest.param({"message": "m", "status": 404}, 404, id="status"),
        pytest.param({"message": "m", "status_code": 422}, 422, id="status_code"),
        pytest.param({"message": "m", "code": "1113"}, 402, id="Zhipu's balance"),
        pytest.param({"message": "m", "code": "1302"}, 429, id="Zhipu's rate"),
        pytest.param({"message": "m", "status_code": 2013}, 400, id="MiniMax's parameters"),
        pytest.param({"message": "m", "code": 200}, 500, id="no error code"),
        pytest.param({"message": "m", "code": "²"}, 500, id="superscript"),
        pytest.param({"message": "m", "type": "overloaded_error"}, 529, id="Anthropic's type"),
        pytest.param({"message": "m", "type": "x", "code": "not_found_error"}, 404, id="in code"),
        pytest.param({"message": "m", "code": "rate_limit_exceeded"}, 429, id="rate limit"),
        pytest.param({"message": "Too many requests"}, 429, id="too many requests"),
        pytest.param({"message": "m", "type": "usage_limit_reached"}, 429, id="Codex"),
        pytest.param({"message": "m", "type": "insufficient_quota"}, 402, id="quota"),
        pytest.param({"message": "Insufficient Balance"}, 402, id="balance"),
        pytest.param({"message": "add credits"}, 402, id="credit"),
        pytest.param({"message": "Overloaded"}, 529, id="overloaded"),
        pytest.param({"message": "at capacity"}, 529, id="capacity"),
        pytest.param({"message": "Server busy"}, 529, id="busy"),
        pytest.param({"message": "service unavailable"}, 529, id="unavailable"),
        pytest.param({"message": "input too long"}, 400, id="too long"),
        pytest.param({"message": "over the maximum"}, 400, id="maximum"),
        pytest.param({"message": "failed to generate"}, 500, id="generate is no rate"),
        pytest.param({"message": "m"}, 500, id="unknown"),
    ],
)
def test_an_error_without_a_status_is_told_by_its_code_type_or_words(
    error: dict[str, Any], status: int
) -> None:
    failure = failure_of({"error": error})

    assert failure is not None
    assert (failure.status, failure.type) == (status, error_type(status))


@pytest.mark.parametrize(
    ("detail", "seconds"),
    [
        ({"resets_in_seconds": 12}, 12.0),
        ({"retry_after": 0.5}, 0.5),
        ({"details": [{"@type": "x"}, {"retryDelay": "17.5s"}]}, 17.5),
        ({"details": [{"retryDelay": "1.2.3s"}]}, None),
        ({"details": 5}, None),
        ({"retry_after": "soon"}, None),
    ],
    ids=str,
)
def test_when_to_try_again_is_read(detail: dict[str, Any], seconds: float | None) -> None:
    failure = failure_of({"error": {"message": "slow down", **detail}}, 429)

    assert failure is not None
    assert failure.retry_after_s == seconds


@pytest.mark.parametrize(
    ("message", "code", "start"),
    [
        pytest.param(
            "This model's maximum context length is 128000 tokens. However, your messages resulted"
            " in 130,002 tokens.",
            "context_length_exceeded",
            "prompt is too long: 130002 tokens > 128000 maximum. The provider says: This",
            id="OpenAI",
        ),
        pytest.param("zu lang", "context_length_exceeded", "prompt is too long. The", id="by code"),
        pytest.param(
            "Your input exceeds the context window of this model.", "", "prompt is too long.",
            id="window",
        ),
        pytest.param(
            "the request exceeds the available context size", "exceed_context_size_error",
            "prompt is too long.", id="llama.cpp",
        ),
        pytest.param(
            "The input token count (1048577) exceeds the maximum number of tokens allowed"
            " (1048576).", "", "prompt is too long: 1048577 tokens > 1048576 maximum.", id="Gemini",
        ),
        pytest.param("prompt is too long: 5 tokens > 4 maximum", "", "prompt is too long: 5 tok",
            id="already so"),
    ],
)  # fmt: skip
def test_a_context_overflow_is_worded_so_that_clients_compact(
    message: str, code: str, start: str
) -> None:
    error = {"message": message, "type": "invalid_request_error", "code": code}

    for status in (400, 413, 422):
        failure = failure_of({"error": error}, status)

        assert failure is not None
        assert (failure.status, failure.type) == (400, "invalid_request_error")
        assert failure.message.startswith(start)


def test_a_wrong_key_of_google_is_no_bad_request() -> None:
    detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
    error = {"code": 400, "message": "API key not valid.", "details": [detail]}

    failure = failure_of({"error": error}, 400)

    assert failure is not None
    assert (failure.status, failure.type) == (401, "authentication_error")


@pytest.mark.parametrize("status", [401, 429, 500])
def test_other_errors_that_mention_context_keep_their_wording(status: int) -> None:
    failure = failure_of({"error": {"message": "context window"}}, status)

    assert failure == Failure.of(status, "context window")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("key sk-proj-abc*****xyz is wrong", "key sk-*** is wrong"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer ***"),
        ("GET /v1?key=AIzaSyA12345&alt=sse", "GET /v1?key=***&alt=sse"),
        ("AIzaSyA1234567", "AIza***"),
        ("gsk_abcdefgh and xai-abcdefgh", "gsk_*** and xai-***"),
        ("gho_abcdefgh and ghu_abcdefgh", "gho_*** and ghu_***"),
        ("hf_abcdefghijklmnop, r8_abcdefghijklmnop", "hf_***, r8_***"),
        ("github_pat_11ABCDEFGHIJKLMN or AKIAABCDEFGHIJKLMNOP", "github_pat_*** or AKIA***"),
        ("the token eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.a_b-c", "the token eyJ***"),
        ("the models hf_mistral-7b and r8_flux", "the models hf_mistral-7b and r8_flux"),
        ("https://user:secret@proxy:8080/", "https://***@proxy:8080/"),
        ("risk-management of task-runners", "risk-management of task-runners"),
    ],
)
def test_credentials_are_never_shown(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_a_message_says_whose_it_is_behind_what_clients_look_for() -> None:
    assert Failure.of(500, "m").prefixed("p").message == "p: m"
    assert Failure.of(400, "prompt is too long").prefixed("p").message == "prompt is too long (p)"


def test_the_envelope_is_anthropics() -> None:
    failure = Failure.of(429, "slow")

    assert envelope(failure, "req_1") == {
        "type": "error",
        "error": {"type": "rate_limit_error", "message": "slow"},
        "request_id": "req_1",
    }
    assert "request_id" not in envelope(failure)


@pytest.mark.parametrize("member", ["type", "code"])
def test_an_account_without_money_is_no_matter_of_patience(member: str) -> None:
    failure = failure_of(
        {"error": {"message": "You exceeded it", member: "insufficient_quota"}}, 429
    )

    assert failure is not None
    assert (failure.status, failure.type) == (402, "billing_error")


@pytest.mark.parametrize(
    "error",
    [
        {"message": "m", "code": 400, "metadata": {"error_type": "context_length_exceeded"}},
        {"message": "m", "code": "1261"},
        {"message": "m", "code": 1261},
    ],
)
def test_an_overflow_is_known_by_its_code(error: dict[str, Any]) -> None:
    failure = failure_of({"error": error})

    assert failure is not None
    assert failure.status == 400
    assert failure.message == "prompt is too long. The provider says: m"
