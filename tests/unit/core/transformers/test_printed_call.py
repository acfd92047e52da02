import pytest

from ccr_desktop.core.transformers.printed_call import PrintedCall, Progress

WHOLE = "Read\n<arg_key> a </arg_key>\n<arg_value>x</arg_value>y</arg_value>\n</tool_call>"


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_call_is_complete_at_its_end_and_not_before(size: int) -> None:
    call = PrintedCall()
    pieces = [WHOLE[at : at + size] for at in range(0, len(WHOLE), size)]

    found = [call.feed(piece) for piece in pieces]

    assert found == [*[Progress.MORE] * (len(pieces) - 1), Progress.DONE]
    assert (call.name, call.pairs, call.rest) == ("Read", [("a", "x</arg_value>y")], "")


def test_what_comes_after_the_end_is_left() -> None:
    call = PrintedCall()

    assert call.feed("Read</tool_call> and on") is Progress.DONE
    assert (call.text, call.rest) == ("Read</tool_call> and on", " and on")


def test_a_long_value_in_small_pieces_is_not_searched_again_and_again() -> None:
    call = PrintedCall()
    call.feed("Read<arg_key>a</arg_key><arg_value>")
    for _ in range(1000):
        assert call.feed("word ") is Progress.MORE

    assert call.feed("</arg_value></tool_call>") is Progress.DONE
    assert call.pairs == [("a", "word " * 1000)]
