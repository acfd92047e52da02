from ccr_desktop.core.protocol.deltas import Finish, TextDelta, ThinkingDelta
from ccr_desktop.core.transformers.force_reasoning import ForceReasoning
from tests.unit.core.transformers.bodies import CONTEXT, assistant, body, through, user

RESULT = {"type": "tool_result", "tool_use_id": "t", "content": "ok"}
CALL = {"type": "tool_use", "id": "t", "name": "n", "input": {}}
THOUGHT = {"type": "thinking", "thinking": "Hm.", "signature": "s"}


def test_every_message_of_the_user_asks_for_thinking() -> None:
    made = ForceReasoning({}).request(
        body(messages=[user("a"), assistant(CALL), user([RESULT])]), CONTEXT
    )

    first, _, last = made["messages"]
    assert first["content"][0] == {"type": "text", "text": "a"}
    assert last["content"][0] == RESULT
    for message in (first, last):
        assert "<reasoning_content>" in message["content"][-1]["text"]


def test_the_beginning_of_a_conversation_stays_as_it_was() -> None:
    before = [user("a"), assistant(THOUGHT, CALL), user([RESULT])]
    after = [*before, assistant({"type": "text", "text": "b"}), user("c")]

    first = ForceReasoning({}).request(body(messages=before), CONTEXT)["messages"]
    second = ForceReasoning({}).request(body(messages=after), CONTEXT)["messages"]

    assert second[: len(first)] == first


def test_earlier_thinking_is_shown_as_text() -> None:
    made = ForceReasoning({}).request(
        body(messages=[user("a"), assistant(THOUGHT, CALL)], thinking={"type": "adaptive"}),
        CONTEXT,
    )

    assert "thinking" not in made
    assert made["messages"][1]["content"] == [
        {"type": "text", "text": "<reasoning_content>Hm.</reasoning_content>\n"},
        CALL,
    ]


def test_thinking_is_taken_out_of_the_answer() -> None:
    text = "<reasoning_content>Hm.</reasoning_content>\nWell."
    deltas = [TextDelta(piece) for piece in text] + [Finish("stop")]

    found = through(ForceReasoning({}).open(CONTEXT), deltas)

    assert found == [ThinkingDelta("Hm."), TextDelta("Well."), Finish("stop")]


def test_an_answer_without_the_tag_is_not_lost() -> None:
    found = through(ForceReasoning({}).open(CONTEXT), [TextDelta("Just <"), TextDelta("words")])

    assert found == [TextDelta("Just <words")]
