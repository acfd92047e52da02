"""What blocks say in words."""

import pytest

from ccr_desktop.core.protocol.words import plain_text, result_words, tool_result_text
from tests.unit.core.dialects.openai_chat.bodies import IMAGE, PDF, result, text


@pytest.mark.parametrize(
    ("content", "is_error", "expected"),
    [
        pytest.param("out", None, "out", id="a string"),
        pytest.param("out", False, "out", id="no error"),
        pytest.param([text("a"), text("b")], None, "a\nb", id="texts"),
        pytest.param([text("a"), IMAGE], None, "a\n[image, shown below]", id="text and image"),
        pytest.param([PDF], None, "[document, shown below]", id="document"),
        pytest.param(
            [{"type": "tool_reference", "tool_name": "WebSearch"}],
            None,
            "The tool WebSearch is loaded and can be called now.",
            id="tool reference",
        ),
        pytest.param(
            [{"type": "search_result", "source": "https://a", "title": "T", "content": []}],
            None,
            "T (https://a)\n",
            id="search result",
        ),
        pytest.param("", None, "(no output)", id="an empty string"),
        pytest.param([], None, "(no output)", id="an empty list"),
        pytest.param(None, None, "(no output)", id="nothing"),
        pytest.param(" \n", None, "(no output)", id="blank"),
        pytest.param([{"type": "browser_state"}], None, "(no output)", id="what nobody knows"),
        pytest.param("Exit code 3", True, "Error: Exit code 3", id="error"),
        pytest.param("Error: no", True, "Error: no", id="an error that says so"),
        pytest.param(
            "<tool_use_error>no</tool_use_error>",
            True,
            "<tool_use_error>no</tool_use_error>",
            id="an error that is marked",
        ),
        pytest.param("", True, "Error: (no output)", id="an empty error"),
    ],
)
def test_a_result_is_text_that_says_when_it_is_an_error(
    content: object, is_error: object, expected: str
) -> None:
    members = {} if is_error is None else {"is_error": is_error}

    assert tool_result_text(result("a", content, **members)) == expected


def test_the_words_of_a_failed_search_are_its_error() -> None:
    error = {"type": "web_search_tool_result_error", "error_code": "unavailable"}

    found = plain_text([{"type": "web_search_tool_result", "content": error}])

    assert found.startswith("The web search failed:")
    assert "unavailable" in found


def test_the_words_of_an_error_stand_alone_where_a_flag_tells_of_it() -> None:
    assert result_words(result("a", "Exit code 3", is_error=True)) == "Exit code 3"
    assert result_words(result("a", [], is_error=True)) == "(no output)"
