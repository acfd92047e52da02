"""What others left in a conversation becomes what Anthropic reads."""

from ccr_desktop.core.dialects.anthropic.foreign import without_foreign
from ccr_desktop.core.protocol.carrier import encode_carrier

CALL = {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"query": "q"}}
HIT = {"type": "web_search_result", "title": "A", "url": "https://a", "encrypted_content": ""}
FOUND = {"type": "web_search_tool_result", "tool_use_id": "s1", "content": [HIT]}
TEXT = {"type": "text", "text": "So it is."}


def answer(*content: object) -> dict[str, object]:
    return {"role": "assistant", "content": list(content)}


def test_a_search_that_anthropic_did_not_make_becomes_words() -> None:
    [message] = without_foreign({"messages": [answer(CALL, FOUND, TEXT)]})["messages"]

    words = {"type": "text", "text": "Web search results:\n- A: https://a"}
    assert message == answer(words, TEXT)


def test_a_search_of_anthropics_own_is_left_alone() -> None:
    own = {**FOUND, "content": [{**HIT, "encrypted_content": "Ab3="}]}
    body = {"messages": [answer(CALL, own, TEXT)]}

    assert without_foreign(body) == body


def test_citations_of_pages_that_others_saw_are_left_out() -> None:
    ours = {"type": "web_search_result_location", "url": "https://a", "encrypted_index": ""}
    theirs = {**ours, "encrypted_index": "Eo8="}

    [message] = without_foreign(
        {
            "messages": [
                answer(
                    {**TEXT, "citations": [ours]},
                    {**TEXT, "citations": [ours, theirs]},
                    {**TEXT, "citations": [theirs]},
                )
            ]
        }
    )["messages"]

    kept = {**TEXT, "citations": [theirs]}
    assert message == answer(TEXT, kept, kept)


def test_signatures_of_ours_go_with_their_blocks() -> None:
    thought = {"type": "thinking", "thinking": "", "signature": encode_carrier("p", {})}

    [message] = without_foreign({"messages": [answer(thought)]})["messages"]

    assert message == answer({"type": "text", "text": "(no text)"})
