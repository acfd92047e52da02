import json

import pytest

from ccr_desktop.core.dialects import answer as module
from ccr_desktop.core.dialects.answer import AnswerTranslator
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.protocol import sse
from ccr_desktop.core.protocol.emitter import MessageEmitter
from ccr_desktop.core.protocol.sinks import EventWriter
from tests.support.grammar import fold, recognise
from tests.support.replay import TARGET, Setting, context, stream, whole

TEXT = b'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":null}]}\n\n'
STOP = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
DONE = b"data: [DONE]\n\n"
USAGE = b'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n'
WHOLE = b'{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}'
BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(TEXT + STOP, id="stream"),
        pytest.param(b"\n: hi\n\n" + TEXT + STOP, id="comment first"),
        pytest.param(BOM + TEXT + STOP, id="stream with BOM"),
        pytest.param(WHOLE, id="JSON"),
        pytest.param(b"\n\n " + WHOLE, id="JSON after blanks"),
        pytest.param(BOM + WHOLE, id="JSON with BOM"),
    ],
)
def test_the_first_bytes_tell_a_stream_from_a_complete_answer(body: bytes) -> None:
    for chunks in ([body], [body[i : i + 1] for i in range(len(body))]):
        answer = stream(chunks)

        assert fold(answer.events)["content"] == [{"type": "text", "text": "hi"}]


def test_a_stream_makes_a_complete_answer_too() -> None:
    assert whole(TEXT + STOP + DONE).message["content"] == [{"type": "text", "text": "hi"}]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"", 502, "the provider sent an empty answer"),
        (b" \n", 502, "the provider sent an empty answer"),
        (b"<html><title>Oops</title>", 502,
         "the address does not answer as an API: an HTML page came with status 200 (Oops)"),
        (b'{"error":{"message":"m","code":429}}', 429, "m"),
        (b'[{"error":{"message":"m","code":503}}]', 503, "m"),
        (b'{"choices":[]}', 502, "the provider's answer holds no choices"),
        (b'{"choices":null,"base_resp":{"status_code":1002,"status_msg":"rate limit"}}', 429,
         "rate limit"),
        (b'{"choices":[{"mess', 502, '{"choices":[{"mess'),
        (b"[1]", 502, "the provider's answer is no JSON object"),
        (b'{"hello":1}', 502, "the provider's answer holds no choices"),
    ],
    ids=["empty", "blank", "HTML", "error", "list", "no choices", "MiniMax", "cut", "odd", "other"],
)  # fmt: skip
def test_what_is_no_answer_is_a_failure(body: bytes, status: int, message: str) -> None:
    failure = whole(body).failure

    assert failure is not None
    assert (failure.status, failure.message) == (status, message)


def test_nothing_after_the_last_event_counts_however_the_bytes_are_cut() -> None:
    raw = TEXT + STOP + DONE + TEXT

    assert stream(raw).raw == stream([TEXT, STOP, DONE, TEXT]).raw == stream(TEXT + STOP).raw


def test_an_event_that_never_ends_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", 1000)

    answer = stream([TEXT, b"data: " + b"x" * 2000, b"x"])

    assert recognise(answer.events) == "error"


def test_a_complete_answer_has_a_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_JSON_BYTES", 100)

    answer = stream([b'{"a":"', b"x" * 200], Setting())

    assert answer.emitter.failure is not None
    assert answer.emitter.failure.message == "the provider's answer is too large"


def test_waiting_is_limited_once_the_finish_word_and_usage_have_come() -> None:
    emitter = MessageEmitter(EventWriter(), context())
    translator = AnswerTranslator(OpenAIChat().decoder(TARGET), emitter)
    seen = []
    for chunk in (TEXT, STOP, USAGE, DONE):
        seen.append((translator.grace_s, translator.is_over))
        translator.feed(chunk)

    assert seen == [(None, False), (None, False), (5.0, False), (2.0, False)]
    assert translator.is_over


def test_unreadable_events_count_only_in_a_row() -> None:
    bad = b"data: {oops\n\n"

    scattered = stream((bad + TEXT) * 5 + STOP)
    in_a_row = stream(TEXT + bad * 4 + STOP)

    assert recognise(scattered.events) == "message"
    assert recognise(in_a_row.events) == "error"


def test_text_in_a_list_error_of_a_stream_is_an_error() -> None:
    payload = json.dumps([{"error": {"code": 400, "message": "bad", "status": "INVALID_ARGUMENT"}}])

    answer = stream(f"data: {payload}\n\n".encode())

    assert answer.emitter.failure is not None
    assert answer.emitter.failure.status == 400
