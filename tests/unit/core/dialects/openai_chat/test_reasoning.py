"""The thinking ladder, and reasoning on its way back."""

import pytest

from ccr_desktop.core.dialects.openai_chat.reasoning import merge_details
from ccr_desktop.core.protocol.carrier import encode_carrier
from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    assistant,
    call,
    request,
    result,
    sent,
    user,
)

ADAPTIVE = {"type": "adaptive"}


# -- the switch --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "model", "effort", "expected"),
    [
        pytest.param("openai", "gpt-5.5", "medium", {"reasoning_effort": "medium"}, id="openai"),
        pytest.param("openai", "gpt-5", "max", {"reasoning_effort": "high"}, id="openai clamps"),
        pytest.param("openai", "gpt-5.5", "max", {"reasoning_effort": "xhigh"}, id="a newer one"),
        pytest.param("openai", "gpt-5-mini", None, {"reasoning_effort": "minimal"}, id="least"),
        pytest.param("openai", "gpt-5.5", None, {"reasoning_effort": "none"}, id="openai off"),
        pytest.param("openai", "o3", None, {"reasoning_effort": "low"}, id="no way to stop"),
        pytest.param(
            "groq", "openai/gpt-oss-120b", "max", {"reasoning_effort": "high"}, id="gpt-oss at groq"
        ),
        pytest.param(
            "groq", "qwen/qwen3-32b", "high", {"reasoning_effort": "default"}, id="qwen at groq"
        ),
        pytest.param(
            "groq", "qwen/qwen3-32b", None, {"reasoning_effort": "none"}, id="qwen at groq, off"
        ),
        pytest.param("groq", "llama-3.3-70b-versatile", "high", {}, id="llama at groq"),
        pytest.param(
            "cerebras", "zai-glm-4.7", None, {"reasoning_effort": "none"}, id="glm at cerebras"
        ),
        pytest.param(
            "cerebras", "gpt-oss-120b", None, {"reasoning_effort": "low"}, id="gpt-oss there"
        ),
        pytest.param(
            "mistral", "mistral-medium-3-5", "medium", {"reasoning_effort": "high"}, id="mistral"
        ),
        pytest.param(
            "mistral", "mistral-small-2603", None, {"reasoning_effort": "none"}, id="and not"
        ),
        pytest.param(
            "mistral", "mistral-large-4-0", "low", {"reasoning_effort": "low"}, id="more efforts"
        ),
        pytest.param("xai", "grok-4.3", "max", {"reasoning_effort": "high"}, id="grok"),
        pytest.param("xai", "grok-4.3", None, {"reasoning_effort": "none"}, id="grok, off"),
        pytest.param("xai", "grok-4-fast", "high", {}, id="grok that takes none"),
        pytest.param("mistral", "devstral-2512", "high", {}, id="mistral without reasoning"),
        pytest.param("mistral", "magistral-medium-2509", "high", {}, id="one that always reasons"),
        pytest.param(
            "zhipu",
            "glm-5.3",
            None,
            {"thinking": {"type": "enabled", "clear_thinking": False}, "reasoning_effort": "low"},
            id="glm that always thinks",
        ),
        pytest.param(
            "zhipu",
            "glm-5.3",
            "xhigh",
            {"thinking": {"type": "enabled", "clear_thinking": False}, "reasoning_effort": "max"},
            id="glm with efforts",
        ),
        pytest.param("zhipu", "glm-4.6", "max", {"thinking": {"type": "enabled"}}, id="glm"),
        pytest.param("zhipu", "glm-5.2", None, {"thinking": {"type": "disabled"}}, id="glm, off"),
        pytest.param("dashscope", "qwen3.7-plus", "low", {"enable_thinking": True}, id="qwen"),
        pytest.param("dashscope", "qwen3-coder-plus", "low", {}, id="qwen that only writes code"),
        pytest.param(
            "volcengine",
            "doubao-seed-2-1-pro-260628",
            "max",
            {"thinking": {"type": "enabled"}, "reasoning_effort": "high"},
            id="doubao",
        ),
        pytest.param("openai", "gpt-4.1", "high", {}, id="a model that does not reason"),
        pytest.param("openrouter", "m", "max", {"reasoning": {"effort": "max"}}, id="openrouter"),
        pytest.param(
            "openrouter", "m", None, {"reasoning": {"enabled": False}}, id="openrouter off"
        ),
        pytest.param(
            "deepseek",
            "m",
            "low",
            {"thinking": {"type": "enabled"}, "reasoning_effort": "high"},
            id="deepseek",
        ),
        pytest.param("deepseek", "m", None, {"thinking": {"type": "disabled"}}, id="deepseek off"),
        pytest.param("ollama", "m", "high", {}, id="no switch"),
        pytest.param("generic", "m", "high", {}, id="unknown servers get none"),
    ],
)
def test_each_provider_is_told_in_its_own_words(
    profile: str, model: str, effort: str | None, expected: JsonObject
) -> None:
    thinking = {"type": "disabled"} if effort is None else ADAPTIVE
    body = request(user("go"), thinking=thinking, output_config={"effort": effort})

    made = sent(body, profile, model=model)

    members = ("reasoning_effort", "reasoning", "thinking", "enable_thinking")
    assert {key: made[key] for key in members if key in made} == expected


@pytest.mark.parametrize("profile", ["openai", "openrouter", "deepseek"])
def test_adaptive_thinking_without_effort_leaves_the_providers_default(profile: str) -> None:
    made = sent(request(user("go"), thinking=ADAPTIVE), profile, model="gpt-5.5")

    assert not {"reasoning_effort", "reasoning", "thinking"} & made.keys()


# -- the way back ------------------------------------------------------------------------------


def thought(words: str = "hm", signature: str = "") -> JsonObject:
    return {"type": "thinking", "thinking": words, "signature": signature}


def answer_sent(profile: str, *content: JsonObject, **members: object) -> JsonObject:
    """The assistant message that an answer with a call becomes, less what is not reasoning."""
    body = request(user("go"), assistant(*content, call("a")), user(result("a")), **members)
    message = sent(body, profile)["messages"][1]
    return {k: v for k, v in message.items() if k.startswith("reasoning")}


FIELD = {"field": "reasoning_content"}
DETAIL = {
    "type": "reasoning.text",
    "text": "hm",
    "index": 0,
    "format": "anthropic-claude-v1",
    "signature": "s",
}


@pytest.mark.parametrize(
    ("profile", "content", "expected"),
    [
        pytest.param(
            "generic",
            [thought("hm", encode_carrier("openai-compatible", FIELD))],
            {"reasoning_content": "hm"},
            id="into the field it came from",
        ),
        pytest.param("generic", [thought("hm")], {}, id="thought from elsewhere is dropped"),
        pytest.param("generic", [thought("hm", "c2ln")], {}, id="so is Anthropic's"),
        pytest.param(
            "generic",
            [thought("hm", encode_carrier("other", FIELD))],
            {},
            id="and that of another provider",
        ),
        pytest.param("generic", [thought("hm", "ccr1.###")], {}, id="and what nobody can read"),
        pytest.param(
            "deepseek",
            [thought("hm")],
            {"reasoning_content": "hm"},
            id="deepseek takes any thought",
        ),
        pytest.param(
            "deepseek",
            [thought("a"), thought("b")],
            {"reasoning_content": "ab"},
            id="several thoughts as one",
        ),
        pytest.param(
            "deepseek", [], {"reasoning_content": ""}, id="deepseek demands at least none"
        ),
        pytest.param("deepseek", [thought("")], {"reasoning_content": ""}, id="or an empty one"),
        pytest.param("ollama", [thought("hm")], {"reasoning": "hm"}, id="ollama's own field"),
        pytest.param(
            "openai", [thought("hm", encode_carrier("openai", FIELD))], {}, id="openai takes none"
        ),
        pytest.param(
            "groq", [thought("hm", encode_carrier("groq", FIELD))], {}, id="groq takes none"
        ),
        pytest.param(
            "openrouter",
            [thought("hm", encode_carrier("openrouter", {"details": [DETAIL]}))],
            {"reasoning_details": [DETAIL]},
            id="details go back as they came",
        ),
        pytest.param(
            "openrouter",
            [thought("hm", encode_carrier("openrouter", {"details": 5}))],
            {},
            id="broken details",
        ),
    ],
)
def test_reasoning_goes_back_only_to_who_made_it(
    profile: str, content: list[JsonObject], expected: JsonObject
) -> None:
    assert answer_sent(profile, *content) == expected


def test_reasoning_of_an_answer_without_calls_goes_back_only_where_all_is_wanted() -> None:
    details = thought("hm", encode_carrier("openrouter", {"details": [DETAIL]}))
    field = thought("hm", encode_carrier("deepseek", FIELD))

    openrouter = sent(request(user("go"), assistant(details, "yes"), user("on")), "openrouter")
    deepseek = sent(request(user("go"), assistant(field, "yes"), user("on")), "deepseek")

    assert openrouter["messages"][1]["reasoning_details"] == [DETAIL]
    assert "reasoning_content" not in deepseek["messages"][1]


def test_glm_keeps_the_reasoning_of_all_answers_whatever_the_effort() -> None:
    said = thought("hm", encode_carrier("zhipu", FIELD))
    conversation = user("go"), assistant(said, "yes"), user("on")

    body = sent(request(*conversation, thinking=ADAPTIVE), "zhipu", model="glm-5.2")

    assert body["thinking"] == {"type": "enabled", "clear_thinking": False}
    assert body["messages"][1]["reasoning_content"] == "hm"
    assert "thinking" not in sent(request(*conversation), "zhipu", model="glm-5.2")


def test_deepseek_gets_no_reasoning_when_thinking_is_off() -> None:
    assert answer_sent("deepseek", thought("hm"), thinking={"type": "disabled"}) == {}


@pytest.mark.parametrize(
    ("profile", "model", "expected"),
    [
        pytest.param("minimax", "MiniMax-M3", "<think>\nhm\n</think>\n\nI look.", id="its own API"),
        pytest.param(
            "generic", "MiniMaxAI/MiniMax-M2.7", "<think>\nhm\n</think>\n\nI look.", id="elsewhere"
        ),
        pytest.param("generic", "some-model", "I look.", id="another model"),
        pytest.param("openrouter", "minimax/minimax-m3", "I look.", id="where a parser is"),
    ],
)
def test_minimax_gets_its_thinking_back_in_tags(profile: str, model: str, expected: str) -> None:
    body = request(user("go"), assistant(thought("hm"), "I look.", call("a")), user(result("a")))

    assert sent(body, profile, model=model)["messages"][1]["content"] == expected


def test_what_a_server_took_out_of_the_tags_goes_back_to_its_own_member() -> None:
    said = thought("hm", encode_carrier("openai-compatible", FIELD))
    body = request(user("go"), assistant(said, "I look.", call("a")), user(result("a")))

    message = sent(body, model="minimax-m2")["messages"][1]

    assert (message["content"], message["reasoning_content"]) == ("I look.", "hm")


@pytest.mark.parametrize(
    ("item", "is_sent"),
    [
        pytest.param(
            {"type": "reasoning.text", "format": "anthropic-claude-v1", "text": "a"},
            False,
            id="claude, unsigned",
        ),
        pytest.param(
            {
                "type": "reasoning.text",
                "format": "anthropic-claude-v1",
                "text": "a",
                "signature": "s",
            },
            True,
            id="claude, signed",
        ),
        pytest.param(
            {"type": "reasoning.text", "format": "google-gemini-v1", "text": "a", "signature": "s"},
            False,
            id="gemini, text",
        ),
        pytest.param(
            {"type": "reasoning.encrypted", "format": "google-gemini-v1", "data": "d"},
            True,
            id="gemini, encrypted",
        ),
        pytest.param({"type": "reasoning.text", "text": "a"}, True, id="no format"),
        pytest.param(
            {"type": "reasoning.summary", "format": "openai-responses-v1", "summary": "a"},
            True,
            id="summary",
        ),
    ],
)
def test_openrouter_gets_back_only_the_details_it_accepts(
    item: JsonObject, *, is_sent: bool
) -> None:
    carrier = encode_carrier("openrouter", {"details": [item]})

    expected = {"reasoning_details": [item]} if is_sent else {}
    assert answer_sent("openrouter", thought("a", carrier)) == expected


@pytest.mark.parametrize(("maker", "is_sent"), [("deepseek/v4", True), ("z-ai/glm-5", False)])
def test_details_go_back_to_the_model_that_made_them(maker: str, *, is_sent: bool) -> None:
    item = {"type": "reasoning.encrypted", "data": "d", "format": "unknown"}
    carrier = encode_carrier("openrouter", {"details": [item], "m": "deepseek/v4"})
    body = request(user("go"), assistant(thought("a", carrier), "yes"), user("on"))

    answer = sent(body, "openrouter", model=maker)["messages"][1]

    assert ("reasoning_details" in answer) == is_sent


# -- merging -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param(
            [
                {"type": "reasoning.text", "index": 0, "text": "a"},
                {"type": "reasoning.text", "index": 0, "text": "b", "format": "f"},
                {"type": "reasoning.text", "index": 0, "signature": "s", "text": None},
            ],
            [{"type": "reasoning.text", "index": 0, "text": "ab", "format": "f", "signature": "s"}],
            id="texts are joined, the signature comes last",
        ),
        pytest.param(
            [
                {"type": "reasoning.text", "index": 0, "text": "a"},
                {"type": "reasoning.text", "index": 1, "text": "b"},
            ],
            [
                {"type": "reasoning.text", "index": 0, "text": "a"},
                {"type": "reasoning.text", "index": 1, "text": "b"},
            ],
            id="two of them by index",
        ),
        pytest.param(
            [
                {"type": "reasoning.summary", "id": "x", "summary": "a"},
                {"type": "reasoning.summary", "id": "x", "summary": "b"},
            ],
            [{"type": "reasoning.summary", "id": "x", "summary": "ab"}],
            id="by id where there is no index",
        ),
        pytest.param(
            [
                {"type": "reasoning.text", "index": 0, "text": "a"},
                {"type": "reasoning.encrypted", "index": 0, "data": "d"},
            ],
            [
                {"type": "reasoning.text", "index": 0, "text": "a"},
                {"type": "reasoning.encrypted", "index": 0, "data": "d"},
            ],
            id="kinds stay apart",
        ),
        pytest.param(
            [
                {"type": "reasoning.encrypted", "data": "a"},
                {"type": "reasoning.encrypted", "data": "b"},
            ],
            [
                {"type": "reasoning.encrypted", "data": "a"},
                {"type": "reasoning.encrypted", "data": "b"},
            ],
            id="encrypted pieces without a number stand alone",
        ),
        pytest.param([], [], id="nothing"),
    ],
)
def test_details_are_put_together_in_order(
    pieces: list[JsonObject], expected: list[JsonObject]
) -> None:
    assert merge_details(pieces) == expected
