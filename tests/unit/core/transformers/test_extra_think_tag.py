from ccr_desktop.core.protocol.deltas import TextDelta, ThinkingDelta, ToolDelta
from ccr_desktop.core.transformers.extra_think_tag import ExtraThinkTag
from tests.unit.core.transformers.bodies import CONTEXT, through


def test_a_think_tag_becomes_thinking() -> None:
    tool = ToolDelta("t", "id", "Read", "{}")
    text = [TextDelta(piece) for piece in ("<thi", "nk>Hm.</", "think>", "Well.")]

    found = through(ExtraThinkTag({}).open(CONTEXT), [*text, tool])

    assert found == [ThinkingDelta("Hm."), TextDelta("Well."), tool]


def test_text_that_may_begin_a_tag_is_told_at_the_end() -> None:
    assert through(ExtraThinkTag({}).open(CONTEXT), [TextDelta("<thi")]) == [TextDelta("<thi")]
