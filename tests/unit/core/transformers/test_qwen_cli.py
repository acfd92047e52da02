import pytest

from ccr_desktop.core.transformers.qwen_cli import QwenCli, _endpoint
from tests.unit.core.transformers.bodies import CONTEXT


@pytest.mark.parametrize(
    ("resource", "url"),
    [
        ("portal.qwen.ai", "https://portal.qwen.ai/v1/chat/completions"),
        ("https://host.test/v1", "https://host.test/v1/chat/completions"),
        ("https://host.test/compatible/", "https://host.test/compatible/v1/chat/completions"),
        ("", ""),
        (None, ""),
        (5, ""),
    ],
)
def test_the_sign_in_says_where_requests_go(resource: object, url: str) -> None:
    assert _endpoint(resource) == url


def test_a_request_without_a_system_message_gets_one() -> None:
    asked = {"messages": [{"role": "user", "content": "x"}]}
    made = QwenCli({}).upstream_request(asked, CONTEXT)

    assert [message["role"] for message in made["messages"]] == ["system", "user"]
    assert QwenCli({}).upstream_request(made, CONTEXT) is made
