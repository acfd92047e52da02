from itertools import groupby

import pytest

from ccr_desktop.core.protocol.deltas import TextDelta
from ccr_desktop.core.protocol.think_tags import ThinkTags


def split(text: str, size: int, tags: ThinkTags) -> list[tuple[bool, str]]:
    deltas = [d for at in range(0, len(text), size) for d in tags.feed(text[at : at + size])]
    deltas += tags.finish()
    groups = groupby(deltas, lambda delta: isinstance(delta, TextDelta))
    return [(is_text, "".join(delta.text for delta in group)) for is_text, group in groups]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("<think>a</think>b", [(False, "a"), (True, "b")], id="plain"),
        pytest.param(
            " \n<think>\na\n</think>\n\nb", [(False, "a\n"), (True, "\nb")], id="one newline goes"
        ),
        pytest.param("<think></think>b", [(True, "b")], id="empty"),
        pytest.param("<think>a", [(False, "a")], id="never closed"),
        pytest.param("<think>a</thi", [(False, "a</thi")], id="half a tag at the end"),
        pytest.param("<thi", [(True, "<thi")], id="nothing but half a tag"),
        pytest.param("<thing>a", [(True, "<thing>a")], id="another tag"),
        pytest.param("a<think>b</think>", [(True, "a<think>b</think>")], id="not at the start"),
        pytest.param(
            "<think>a</think>b<think>c", [(False, "a"), (True, "b<think>c")], id="only one pair"
        ),
        pytest.param("<think>a</b></think>c", [(False, "a</b>"), (True, "c")], id="like a tag"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_tags_are_found_wherever_they_are_cut(
    text: str, parts: list[tuple[bool, str]], size: int
) -> None:
    assert split(text, size, ThinkTags()) == parts


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("<why>a</why>b", [(False, "a"), (True, "b")], id="at the start"),
        pytest.param("\n <why>a</why>b", [(False, "a"), (True, "b")], id="after space"),
        pytest.param(
            "Well. <why>a</why>b", [(True, "Well. "), (False, "a"), (True, "b")], id="after text"
        ),
        pytest.param("a < b <w", [(True, "a < b <w")], id="never opened"),
        pytest.param("<why>a</why>b<why>c", [(False, "a"), (True, "b<why>c")], id="only one pair"),
        pytest.param(" ", [(True, " ")], id="only space"),
    ],
)
def test_a_tag_may_stand_anywhere_and_be_called_otherwise(
    text: str, parts: list[tuple[bool, str]], size: int
) -> None:
    assert split(text, size, ThinkTags("why", anywhere=True)) == parts
