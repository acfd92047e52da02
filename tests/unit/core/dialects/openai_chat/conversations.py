"""Random conversations as a client may send them, and the rules of what becomes of them."""

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from tests.unit.core.dialects.openai_chat.bodies import (
    IMAGE,
    PDF,
    JsonObject,
    call,
    result,
    text,
)

_TEXTS = ["", " ", "\n", "words", "more words", "お誕生日", '"quoted"', "x" * 40]
_NAMES = ["Bash", "Read", "mcp__a.b__" + "x" * 70, "Odd näme"]
_SIGNATURES = ["", "c2lnbmF0dXJl", "ccr1.broken"]
_REFERENCE = {"type": "tool_reference", "tool_name": "Read"}


class _Dice:
    """Choices read from bytes; past their end always the first."""

    def __init__(self, data: bytes) -> None:
        self._bytes = iter(data)

    def roll(self, sides: int) -> int:
        return next(self._bytes, 0) % sides

    def pick(self, items: Sequence[object]) -> object:
        return items[self.roll(len(items))]

    def text(self) -> JsonObject:
        return text(str(self.pick(_TEXTS)))

    def several(self, most: int) -> range:
        return range(self.roll(most + 1))


def conversations() -> st.SearchStrategy[list[JsonObject]]:
    """Messages that begin with the user; every answer is followed by something.

    They are built from bytes, which is many times faster than drawing each piece.
    """
    return st.binary(max_size=80).map(lambda data: list(_conversation(_Dice(data))))


def _conversation(dice: _Dice) -> Iterator[JsonObject]:
    yield {"role": "user", "content": [_user_block(dice) for _ in dice.several(2)]}
    for number in dice.several(4):
        yield from _exchange(dice, number)


def _exchange(dice: _Dice, number: int) -> Iterator[JsonObject]:
    """An answer with tool calls, and what the client says to it, often in disorder."""
    calls = [
        call(f"call_{number}_{index}", str(dice.pick(_NAMES)), n=index) for index in dice.several(3)
    ]
    yield {"role": "assistant", "content": [*_words(dice), *calls]}
    said = [_result(dice, c["id"]) for c in calls if dice.roll(5) != 1]
    said += [_result(dice, str(dice.pick(["nobody", f"call_{number}_0"]))) for _ in dice.several(1)]
    said += [_user_block(dice) for _ in dice.several(2)]
    turn = dice.roll(len(said) + 1)
    said = said[turn:] + said[:turn]
    middle = dice.roll(len(said) + 1) if dice.roll(3) == 1 else len(said)
    yield {"role": "user", "content": said[:middle]}
    for _ in dice.several(1):
        yield {"role": "system", "content": dice.pick(["", "note", [], [dice.text(), dice.text()]])}
    if middle < len(said):
        yield {"role": "user", "content": said[middle:]}


def _words(dice: _Dice) -> Iterator[JsonObject]:
    for _ in dice.several(2):
        if dice.roll(2):
            signature = dice.pick(_SIGNATURES)
            thought = dice.pick(_TEXTS)
            yield {"type": "thinking", "thinking": thought, "signature": signature}
        else:
            yield dice.text()


def _user_block(dice: _Dice) -> JsonObject:
    found: JsonObject = [dice.text(), IMAGE, PDF, {"type": "surprise"}][dice.roll(4)]
    return dict(found)


def _result(dice: _Dice, call_id: str) -> JsonObject:
    parts = [[dice.text(), IMAGE, PDF, _REFERENCE][dice.roll(4)] for _ in dice.several(2)]
    content = dice.pick([parts, "out", "", None])
    return result(call_id, content, is_error=bool(dice.roll(2)))


def prefix_lengths(messages: Sequence[JsonObject]) -> list[int]:
    """Where a conversation may have been sent before: everything up to an answer."""
    return [i for i, m in enumerate(messages) if i and m["role"] == "assistant"]


def assert_well_formed(messages: Sequence[JsonObject]) -> None:
    """Calls and results are paired in order (R1), and nothing is empty (R8)."""
    waiting: list[str] = []
    for message in messages:
        if message["role"] == "tool":
            assert waiting, "a tool message that answers nothing"
            assert message["tool_call_id"] == waiting.pop(0)
        else:
            assert not waiting, "a call without its result"
        calls = message.get("tool_calls")
        assert calls is None or calls, "an empty list of calls"
        waiting = [*waiting, *(c["id"] for c in calls or ())]
        _assert_not_empty(message)
    assert not waiting, "calls without results at the end"


def _assert_not_empty(message: JsonObject) -> None:
    content = message["content"]
    if isinstance(content, list):
        assert content, "an empty list of parts"
        assert all(part["text"].strip() for part in content if part["type"] == "text")
    elif not message.get("tool_calls"):
        assert content.strip()
