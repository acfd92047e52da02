import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.anthropic.fold import fold_events
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.sinks import EventWriter, MessageFold, MessageSink
from ccr_desktop.core.protocol.sse import SseDecoder
from tests.support.grammar import fold, read_stream

MESSAGE = {"id": "m", "type": "message", "usage": {"input_tokens": 1, "output_tokens": 0}}


def play(sink: MessageSink, *blocks: tuple[dict[str, Any], str]) -> None:
    sink.start(MESSAGE)
    for block, text in blocks:
        sink.open_block(block)
        sink.append(text)
        sink.close_block("sig" if block["type"] == "thinking" else "")
    sink.stop({"stop_reason": "end_turn"}, {"output_tokens": 2})


def test_citations_stand_in_the_text_that_they_belong_to() -> None:
    writer, whole = EventWriter(), MessageFold()
    citation = {"type": "web_search_result_location", "url": "https://a"}
    for sink in (writer, whole):
        sink.start(MESSAGE)
        sink.open_block(dict(TEXT))
        sink.append("So it is.")
        sink.cite(citation)
        sink.close_block()
        sink.stop({"stop_reason": "end_turn"}, {"output_tokens": 2})

    (block,) = whole.message["content"]
    assert block == {"type": "text", "text": "So it is.", "citations": [citation]}
    assert fold_events(SseDecoder().feed(writer.take()))["content"] == [block]


THINKING = {"type": "thinking", "thinking": "", "signature": ""}
TEXT = {"type": "text", "text": ""}
TOOL = {"type": "tool_use", "id": "t", "name": "f", "input": {}}


def test_both_sinks_tell_the_same_message() -> None:
    writer, whole = EventWriter(), MessageFold()
    for sink in (writer, whole):
        play(sink, (THINKING, "a\u2028"), (TEXT, "b"), (TOOL, '{"x":1}'))

    assert fold(read_stream(writer.take())) == whole.message


def test_lone_surrogates_are_written_as_replacement_characters() -> None:
    writer = EventWriter()
    play(writer, (TEXT, "a\ud83d"))

    assert fold(read_stream(writer.take()))["content"][0]["text"] == "a\ufffd"


@pytest.mark.parametrize(
    ("text", "value"),
    [("", {}), ('{"a":[1,{"b":"c', {"a": [1, {"b": "c"}]}), ("[1]", {}), ("{]", {})],
    ids=repr,
)
def test_arguments_that_were_cut_still_make_an_object(text: str, value: object) -> None:
    sink = MessageFold()
    play(sink, (TOOL, text))

    assert sink.message["content"][0]["input"] == value


@pytest.mark.parametrize(
    ("texts", "kept"), [([" \n"], [" \n"]), ([" ", "a"], ["a"]), (["a", ""], ["a"])], ids=str
)
def test_blank_text_is_dropped_beside_other_blocks(texts: list[str], kept: list[str]) -> None:
    sink = MessageFold()
    play(sink, *((TEXT, text) for text in texts))

    assert [block["text"] for block in sink.message["content"]] == kept


def test_a_failure_is_an_error_event_or_kept() -> None:
    writer, whole = EventWriter("req_1"), MessageFold()
    for sink in (writer, whole):
        sink.fail(Failure.of(500, "m"))

    (event,) = read_stream(writer.take())
    assert json.dumps(event["error"]) == '{"type": "api_error", "message": "m"}'
    assert event["request_id"] == "req_1"
    assert whole.failure == Failure.of(500, "m")
