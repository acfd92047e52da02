"""Calls of the tool, and the requests that they stand for."""

from typing import Any

import pytest

from ccr_desktop.core.agents.image_tool import (
    NAME,
    SPARE_NAME,
    WrongCall,
    declaration,
    question,
    report,
    tool_name,
)
from ccr_desktop.core.config.schema import Route

PICTURES = [{"type": "image", "source": {"data": str(n)}, "cache_control": {}} for n in (1, 2, 3)]
EYES = Route("p", "eyes")


def asked(given: Any, said: str = "") -> Any:
    return question({"id": "c", "input": given}, PICTURES, said, EYES)


def seen(given: Any) -> list[str]:
    parts = asked(given)["messages"][0]["content"]
    return [part["source"]["data"] for part in parts if part["type"] == "image"]


@pytest.mark.parametrize(
    "ids",
    [
        ["1", "3"], [1, 3], ["Image #1", "[Image #3]"], "1, 3", ["1", "3", "1"],
    ],
)  # fmt: skip
def test_pictures_are_found_however_their_numbers_are_spelt(ids: Any) -> None:
    assert seen({"imageId": ids, "task": "t"}) == ["1", "3"]


def test_the_only_picture_needs_no_number() -> None:
    made = question({"input": {"task": "t"}}, PICTURES[:1], "", EYES)

    assert made["messages"][0]["content"][1]["source"] == {"data": "1"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"imageId": ["4"]}, "There is no image #4; there is #1 to #3."),
        ({"imageId": ["0", "1"]}, "There is no image #0"),
        ({"imageId": []}, "imageId must name an image"),
        (None, "imageId must name an image"),
    ],
)
def test_a_call_that_names_no_picture_is_told_which_there_are(given: Any, told: str) -> None:
    with pytest.raises(WrongCall, match=told):
        asked(given)


def test_the_task_the_regions_and_the_users_words_are_asked() -> None:
    region = {"x": 1, "y": 2, "w": 3, "h": 4, "units": "px"}

    made = asked({"imageId": ["1"], "task": "Read it", "regions": [region]}, "What does it say?")

    words = made["messages"][0]["content"][-1]["text"]
    assert words.startswith("Task: Read it\n\nRegions: [")
    assert words.endswith("The user said: What does it say?")
    assert made["model"] == "p,eyes"
    assert made["stream"] is False
    assert "tools" not in made


def test_pictures_are_sent_without_the_conversations_cache_breakpoints() -> None:
    parts = asked({"imageId": ["1"], "task": "t"})["messages"][0]["content"]

    assert "cache_control" not in parts[1]


def test_the_tool_gives_way_to_one_of_the_clients() -> None:
    assert tool_name({}) == declaration(NAME)["name"] == NAME
    assert tool_name({"tools": [{"name": NAME}]}) == SPARE_NAME


def test_a_report_is_what_the_answer_says() -> None:
    content = [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "A cat."}]

    assert report({"content": content}) == "A cat."
    assert report({}) == ""
