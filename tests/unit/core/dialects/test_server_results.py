"""What Anthropic's servers did in earlier answers is told to models of others."""

import json

import pytest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.known import dialect_of
from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.core.providers.catalog import find_profile

DIALECTS = {
    "openai-chat": "https://api.test/v1/chat/completions",
    "openai-responses": "https://api.test/v1/responses",
    "gemini": "https://generativelanguage.googleapis.com/v1beta/models/",
    "ollama": "http://localhost:11434/api/chat",
}
RAN = {"type": "server_tool_use", "id": "srv_1", "name": "code_execution"}
PAGE = {"type": "text", "media_type": "text/plain", "data": "said-by-page"}


def result(kind: str, content: object) -> JsonObject:
    return {"type": kind, "tool_use_id": "srv_1", "content": content}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("block", "words"),
    [
        pytest.param({**RAN, "input": {"code": "1+1"}}, ["code_execution", "1+1"], id="code"),
        pytest.param(
            result(
                "code_execution_tool_result",
                {"type": "code_execution_result", "stdout": "two", "stderr": "odd", "content": []},
            ),
            ["two", "odd"],
            id="its output",
        ),
        pytest.param(
            result(
                "bash_code_execution_tool_result",
                {"type": "bash_code_execution_tool_result_error", "error_code": "unavailable"},
            ),
            ["unavailable"],
            id="its failure",
        ),
        pytest.param(
            result(
                "web_fetch_tool_result",
                {
                    "type": "web_fetch_result",
                    "url": "https://a.test",
                    "content": {"type": "document", "source": PAGE, "title": "Page"},
                },
            ),
            ["https://a.test", "Page", "said-by-page"],
            id="a page",
        ),
        pytest.param(
            result(
                "tool_search_tool_result",
                {"tool_references": [{"type": "tool_reference", "tool_name": "Grep"}]},
            ),
            ["Grep"],
            id="tools that were found",
        ),
        pytest.param(
            result("mcp_tool_result", [{"type": "text", "text": "from-mcp"}]),
            ["from-mcp"],
            id="MCP",
        ),
        pytest.param(result("mcp_tool_result", None), ["(no output)"], id="nothing"),
    ],
)
def test_it_becomes_words(dialect: str, block: JsonObject, words: list[str]) -> None:
    url = DIALECTS[dialect]
    target = Target(
        provider="p", model="m", url=url, api_key="", profile=find_profile(url), dialect=dialect
    )
    body = {
        "model": "m",
        "max_tokens": 9,
        "messages": [
            {"role": "user", "content": "Run it."},
            {"role": "assistant", "content": [block, {"type": "text", "text": "Done."}]},
            {"role": "user", "content": "And?"},
        ],
    }

    sent = json.dumps(dialect_of(dialect).encode(body, target, "").body)

    assert all(word in sent for word in words)
    assert "Done." in sent
