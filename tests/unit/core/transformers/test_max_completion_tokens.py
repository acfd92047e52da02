from ccr_desktop.core.transformers.max_completion_tokens import MaxCompletionTokens
from tests.unit.core.transformers.bodies import CONTEXT


def test_the_limit_is_renamed_in_its_place() -> None:
    made = MaxCompletionTokens({}).upstream_request(
        {"model": "m", "max_tokens": 5, "stream": True}, CONTEXT
    )

    assert list(made.items()) == [("model", "m"), ("max_completion_tokens", 5), ("stream", True)]
