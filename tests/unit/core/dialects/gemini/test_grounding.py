from typing import Any

import pytest
from anthropic.types import ServerToolUseBlock, WebSearchToolResultBlock

from ccr_desktop.core.dialects.gemini.grounding import citations, search_blocks

PAGE = {"web": {"uri": "https://a.test/1", "title": "A"}}


def found(chunks: Any, queries: Any = ("weather",)) -> list[dict[str, Any]]:
    metadata = {
        "groundingChunks": chunks,
        "webSearchQueries": list(queries) if queries else queries,
    }
    return [delta.block for delta in search_blocks(metadata)]


def test_pages_become_a_search_and_its_result() -> None:
    used, result = found([PAGE, {"web": {"uri": "https://b.test/2"}}], ["weather", "rain"])

    ServerToolUseBlock.model_validate(used)
    WebSearchToolResultBlock.model_validate(result)
    assert used["input"] == {"query": "weather; rain"}
    assert result["tool_use_id"] == used["id"]
    assert [(hit["title"], hit["url"]) for hit in result["content"]] == [
        ("A", "https://a.test/1"),
        ("https://b.test/2", "https://b.test/2"),
    ]


def test_the_same_search_has_the_same_id_and_another_one_another() -> None:
    assert found([PAGE]) == found([PAGE])
    assert found([PAGE])[0]["id"] != found([PAGE], ["rain"])[0]["id"]


@pytest.mark.parametrize(
    "chunks",
    [None, [], 5, [5], [{}], [{"web": 5}], [{"web": {"uri": ""}}], [{"maps": {"uri": "x"}}]],
    ids=str,
)
def test_without_pages_there_is_no_search(chunks: Any) -> None:
    assert found(chunks) == []


@pytest.mark.parametrize("indices", [5, [[]], [{}], [None], ["0"], [True], [-1], [9], None])
def test_what_names_no_page_cites_none(indices: Any) -> None:
    supports = [{"groundingChunkIndices": indices}]

    assert citations({"groundingChunks": [PAGE], "groundingSupports": supports}) == []


@pytest.mark.parametrize("queries", [5, True, {"a": 1}, "weather"])
def test_queries_that_are_no_list_are_none(queries: Any) -> None:
    metadata = {"groundingChunks": [PAGE], "webSearchQueries": queries}

    assert search_blocks(metadata)[0].block["input"] == {"query": ""}


def test_pages_without_a_query_are_told_too() -> None:
    assert found([PAGE], None)[0]["input"] == {"query": ""}
