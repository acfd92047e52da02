from ccr_desktop.core.transformers.clean_cache import CleanCache
from tests.unit.core.transformers.bodies import CONTEXT, body, user

MARK = {"cache_control": {"type": "ephemeral"}}


def test_marks_go_wherever_the_api_knows_them() -> None:
    text = {"type": "text", "text": "a"}
    result = {"type": "tool_result", "tool_use_id": "t", "content": [{**text, **MARK}], **MARK}
    marked = body(
        system=[{**text, **MARK}], messages=[user([result])], tools=[{"name": "t", **MARK}], **MARK
    )

    made = CleanCache({}).request(marked, CONTEXT)

    assert "cache_control" not in str(made)
    assert made["messages"][0]["content"][0]["content"] == [text]


def test_what_only_looks_like_a_mark_stays() -> None:
    schema = {"properties": {"cache_control": {"type": "string"}}}
    call = {"type": "tool_use", "id": "t", "name": "n", "input": {"cache_control": "x"}}
    made = CleanCache({}).request(
        body(tools=[{"name": "n", "input_schema": schema}], messages=[user([call])]), CONTEXT
    )

    assert made["tools"][0]["input_schema"] == schema
    assert made["messages"][0]["content"] == [call]


def test_a_system_prompt_that_is_a_text_stays() -> None:
    assert CleanCache({}).request(body(system="s"), CONTEXT)["system"] == "s"
