"""What an answer's text goes back to."""

import pytest

from ccr_desktop.core.dialects.citations import citation_of, cited
from ccr_desktop.core.dialects.gemini.grounding import citations
from ccr_desktop.core.protocol.deltas import CitationDelta, Finish, TextDelta, ThinkingDelta

PAGE = {"url": "https://a", "title": "A", "content": "words " * 100}


def test_an_annotation_becomes_a_citation_in_anthropics_form() -> None:
    assert citation_of(PAGE) == CitationDelta(
        {
            "type": "web_search_result_location",
            "url": "https://a",
            "title": "A",
            "encrypted_index": "",
            "cited_text": ("words " * 25),
        }
    )


@pytest.mark.parametrize("page", [{}, {"url": 5}, {"url": ""}])
def test_what_has_no_address_is_none(page: dict[str, object]) -> None:
    assert citation_of(page) is None


def test_what_is_missing_or_odd_is_left_empty() -> None:
    found = citation_of({"url": "https://a", "title": 5})

    assert found is not None
    assert (found.citation["title"], found.citation["cited_text"]) == (None, "")


def test_citations_follow_the_text() -> None:
    one = CitationDelta({"url": "a"})
    text, thought, end = TextDelta("x"), ThinkingDelta("t"), Finish("stop")

    assert cited([text, text, end], [one]) == [text, text, one, end]
    assert cited([thought, end], [one]) == [thought, end]


def test_gemini_names_the_pages_by_number() -> None:
    chunks = [{"web": {"uri": f"https://{name}", "title": name}} for name in "abc"]
    supports = [{"groundingChunkIndices": [2, 0]}, {"groundingChunkIndices": [2, 9, "x"]}, {}]

    found = citations({"groundingChunks": chunks, "groundingSupports": supports})

    assert [each.citation["url"] for each in found] == ["https://c", "https://a"]
    assert citations({}) == []
