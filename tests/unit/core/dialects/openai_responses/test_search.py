from typing import Any

from ccr_desktop.core.protocol.deltas import (
    BlockEnd,
    CitationDelta,
    Delta,
    Finish,
    ResultDelta,
    TextDelta,
)
from tests.unit.core.dialects.openai_responses.bodies import (
    JsonObject,
    decode,
    event,
    message,
    text,
)


def search(query: str = "q", *urls: str, **action: Any) -> JsonObject:
    sources = [{"type": "url", "url": url} for url in urls]
    what = {"type": "search", "query": query, "sources": sources, **action}
    return {"type": "web_search_call", "id": "ws_1", "status": "completed", "action": what}


def citation(url: str, title: str) -> JsonObject:
    return {"type": "url_citation", "url": url, "title": title, "start_index": 0, "end_index": 1}


def end(item: JsonObject, index: int) -> JsonObject:
    return event("output_item.done", output_index=index, item=item)


def piece(words: str) -> JsonObject:
    return event("output_text.delta", output_index=1, delta=words)


def blocks(deltas: list[Delta]) -> list[JsonObject]:
    return [delta.block for delta in deltas if isinstance(delta, ResultDelta)]


def hits(block: JsonObject) -> list[tuple[str, str]]:
    return [(hit["url"], hit["title"]) for hit in block["content"]]


def test_results_stand_before_the_text_and_have_the_titles_that_it_cites() -> None:
    found = decode(
        end(search("q", "https://a", "https://b"), 0),
        piece("As a "),
        piece("says"),
        event("output_text.annotation.added", annotation=citation("https://b", "B")),
        end(message(text("As a says", citation("https://c", "C"))), 1),
    )

    use, result = blocks(found)
    assert (use["type"], use["name"], use["input"]) == (
        "server_tool_use",
        "web_search",
        {"query": "q"},
    )
    assert result["tool_use_id"] == use["id"]
    assert hits(result) == [("https://a", "https://a"), ("https://b", "B"), ("https://c", "C")]
    assert found[2:4] == [TextDelta("As a "), TextDelta("says")]
    cited = [delta.citation for delta in found[4:-1] if isinstance(delta, CitationDelta)]
    assert [(each["url"], each["title"]) for each in cited] == [
        ("https://b", "B"),
        ("https://c", "C"),
    ]
    assert found[-1] == BlockEnd()


def test_each_search_has_a_result_of_its_own() -> None:
    found = blocks(
        decode(
            end(search("q", "https://a"), 0),
            end(search("", "https://b", queries=["r", "s"]), 1),
            end(message(text("x", citation("https://c", "C"))), 2),
        )
    )

    assert [block["type"] for block in found] == ["server_tool_use", "web_search_tool_result"] * 2
    assert found[2]["input"] == {"query": "r; s"}
    assert found[0]["id"] != found[2]["id"]
    assert hits(found[1]) == [("https://a", "https://a")]
    assert hits(found[3]) == [("https://b", "https://b"), ("https://c", "C")]


def test_a_page_that_is_opened_is_no_search() -> None:
    opened = search(type="open_page", url="https://a")

    assert decode(end(opened, 0), end(message(text("x")), 1)) == [TextDelta("x"), BlockEnd()]


def test_what_is_held_back_comes_out_when_the_answer_ends() -> None:
    done = event("incomplete", response={"incomplete_details": {"reason": "max_output_tokens"}})

    ended = decode(end(search(), 0), piece("half"), done)
    broken = decode(end(search(), 0), piece("half"))

    assert ended[2:] == [TextDelta("half"), Finish("max_output_tokens")]
    assert broken[2:] == [TextDelta("half")]


def test_the_same_answer_gives_the_same_ids() -> None:
    answer = (end(search(), 0), end(message(text("x")), 1))

    assert decode(*answer) == decode(*answer)
