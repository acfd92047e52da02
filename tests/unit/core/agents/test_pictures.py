"""Pictures become numbers, the same ones on every turn."""

from typing import Any

import pytest

from ccr_desktop.core.agents.pictures import without_pictures

JsonObject = dict[str, Any]
HINT = "You can't see it; the tool look looks at it for you."


def picture(data: str = "AAAA", **members: Any) -> JsonObject:
    source = {"type": "base64", "media_type": "image/png", "data": data}
    return {"type": "image", "source": source, **members}


def text(words: str) -> JsonObject:
    return {"type": "text", "text": words}


def user(*content: Any) -> JsonObject:
    return {"role": "user", "content": list(content)}


def result(*content: Any) -> JsonObject:
    return {"type": "tool_result", "tool_use_id": "t", "content": list(content)}


def told(*messages: JsonObject) -> tuple[list[JsonObject], int]:
    made, pictures = without_pictures(messages, "look")
    return made, len(pictures)


def test_numbers_count_over_the_conversation_and_into_results() -> None:
    made, count = told(
        user(picture("A"), text("See")), user(result(text("read"), picture("B"), picture("C")))
    )

    assert count == 3
    assert made[0]["content"][0] == text(f"[Image #1] {HINT}")
    parts = made[1]["content"][0]["content"]
    assert [part["text"][:10] for part in parts[1:]] == ["[Image #2]", "[Image #3]"]


def test_a_longer_conversation_begins_as_the_shorter_one() -> None:
    short = [user(picture("A")), user(result(picture("B")))]

    before, _ = told(*short)
    after, _ = told(*short, user(picture("C")))

    assert after[:2] == before


def test_nothing_is_edited_in_place_and_what_holds_no_picture_stays_as_it_is() -> None:
    plain = {"role": "user", "content": "words"}
    odd = user(text("[Image #4] is what you called it"))

    made, count = told(plain, odd)

    assert count == 0
    assert made == [plain, odd]


def test_a_cache_breakpoint_stays_where_it_was() -> None:
    mark = {"type": "ephemeral"}

    made, _ = told(user(picture(cache_control=mark)))

    assert made[0]["content"][0]["cache_control"] == mark


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Is [Image #7] like [Image #9]?", "Is [Image #2] like [Image #3]?", id="all"),
        pytest.param("Is [Image #7] good?", "Is  good?", id="too few to tell"),
    ],
)
def test_the_clients_own_numbers_are_those_of_the_conversation(words: str, expected: str) -> None:
    made, _ = told(user(picture("A")), user(text(words), picture("B"), picture("C")))

    assert made[1]["content"][0] == text(expected)
