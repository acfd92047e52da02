"""What servers demand of the messages as a whole."""

import re
from dataclasses import replace

from ccr_desktop.core.providers.profile import Profile
from tests.unit.core.dialects.openai_chat.bodies import (
    IMAGE,
    JsonObject,
    assistant,
    call,
    request,
    result,
    sent,
    sent_messages,
    text,
    tool,
    user,
)

CONVERSATION: list[JsonObject] = [
    user("go"),
    assistant(call("toolu_1", "Read"), call("toolu_2", "Bash")),
    user(result("toolu_2", "two"), result("toolu_1", "one"), "And now?"),
    assistant(call("functions.Bash:9", "Bash")),
    user(result("functions.Bash:9", "three")),
]


def roles(messages: list[JsonObject]) -> list[str]:
    return [message["role"] for message in messages]


def test_an_answer_stands_between_results_and_the_user() -> None:
    messages = sent_messages(*CONVERSATION, profile="mistral")

    assert roles(messages) == [
        *("user", "assistant", "tool", "tool", "assistant", "user", "assistant", "tool")
    ]
    assert messages[4]["content"]
    assert messages[5]["content"] == "And now?"


def test_calls_are_numbered_through_the_conversation() -> None:
    messages = sent_messages(*CONVERSATION, profile="moonshot")

    calls = [c["id"] for message in messages for c in message.get("tool_calls", ())]
    assert calls == ["functions.Read:0", "functions.Bash:1", "functions.Bash:2"]
    results = {m["tool_call_id"]: m["content"] for m in messages if m["role"] == "tool"}
    assert results == dict(zip(calls, ("one", "two", "three"), strict=True))


def test_numbers_stay_when_the_conversation_goes_on() -> None:
    whole = sent_messages(*CONVERSATION, profile="moonshot")
    shorter = sent_messages(*CONVERSATION[:3], profile="moonshot")

    assert whole[: len(shorter)] == shorter


def test_an_answer_that_is_to_be_continued_says_so() -> None:
    messages = sent_messages(user("go"), assistant("It is"), profile="mistral")

    assert messages[-1] == {"role": "assistant", "content": "It is", "prefix": True}
    assert "prefix" not in sent_messages(user("go"), assistant("It is"))[-1]


def test_a_server_without_tools_reads_of_them_in_words() -> None:
    body = request(*CONVERSATION, tools=[tool("Read"), tool()], tool_choice={"type": "auto"})

    made = sent(body, "perplexity")

    assert not {"tools", "tool_choice"} & made.keys()
    assert roles(made["messages"]) == ["user", "assistant", "user", "assistant", "user"]
    assert "[I called Read with {}]" in made["messages"][1]["content"]
    assert "[Bash] two" in made["messages"][2]["content"]
    assert "And now?" in made["messages"][2]["content"]


def test_thinking_goes_back_in_the_tags_that_it_came_in() -> None:
    thought = {"type": "thinking", "thinking": "Hm.", "signature": ""}

    messages = sent_messages(user("a"), assistant(thought, "Yes."), user("b"), profile="minimax")

    assert messages[1]["content"] == "<think>\nHm.\n</think>\n\nYes."


def test_ids_are_shortened_to_what_is_accepted() -> None:
    long = "toolu_" + "x" * 60
    messages = sent_messages(user("a"), assistant(call(long)), user(result(long)), profile="openai")

    assert re.fullmatch(r"\w{40}", messages[1]["tool_calls"][0]["id"])
    assert messages[1]["tool_calls"][0]["id"] == messages[2]["tool_call_id"]


def test_images_that_nobody_could_see_become_words() -> None:
    url = {"type": "image", "source": {"type": "url", "url": "https://h.test/a.png"}}
    data = {
        "type": "image",
        "source": {"type": "base64", "data": "AA==", "media_type": "image/png"},
    }

    blind = sent_messages(user(data, url, text("?")), profile="cerebras")
    local = sent_messages(user(data, url), profile="ollama")

    assert isinstance(blind[0]["content"], str)
    assert local[0]["content"][0]["image_url"] == {"url": "data:image/png;base64,AA=="}
    assert local[0]["content"][1] == text("[Image: https://h.test/a.png]")


def test_members_that_are_an_error_are_left_out() -> None:
    profile = Profile(
        known_members=frozenset({"model", "messages", "max_tokens", "stream"}),
        extra_body={"extra": 1},
        session_field="session",
        sampling=frozenset(),
        stream_usage=False,
    )
    told = replace(profile, stream_usage=True, sampling=frozenset({"top_k"}))
    body = request(user("go"), stream=True, temperature=0.5, top_k=3)

    made = sent(body, profile)

    assert sent(body, told).keys() - made.keys() == {"stream_options", "top_k"}
    assert made.keys() == {"model", "messages", "max_tokens", "stream"}


def test_a_tool_that_can_not_be_named_is_the_only_one_on_offer() -> None:
    tools = [tool("Bash"), tool("Read")]
    body = request(user("go"), tools=tools, tool_choice={"type": "tool", "name": "Read"})

    for profile in ("mistral", "lmstudio", "ollama"):
        made = sent(body, profile)
        assert [t["function"]["name"] for t in made["tools"]] == ["Read"], profile
        assert made.get("tool_choice") == (None if profile == "ollama" else "required")


def test_no_tools_are_offered_when_none_may_be_used_and_that_can_not_be_said() -> None:
    body = request(user("go"), tools=[tool()], tool_choice={"type": "none"})

    assert "tools" not in sent(body, "zhipu")
    assert sent(body, "mistral")["tool_choice"] == "none"


def test_a_model_that_thinks_is_not_made_to_use_a_tool_where_that_is_refused() -> None:
    body = request(user("go"), tools=[tool()], tool_choice={"type": "any"})
    off = {**body, "thinking": {"type": "disabled"}}

    assert sent(body, "dashscope", model="qwen3.7-plus")["tool_choice"] == "auto"
    assert sent(off, "dashscope", model="qwen3.7-plus")["tool_choice"] == "required"
    assert sent(body, "dashscope", model="qwen3-coder-plus")["tool_choice"] == "required"
    assert sent(body, "moonshot", model="kimi-k2.6")["tool_choice"] == "auto"


def test_arguments_are_asked_for_in_pieces_where_that_must_be_asked() -> None:
    body = request(user("go"), tools=[tool()], stream=True)

    assert sent(body, "zhipu", model="glm-5.2")["tool_stream"] is True
    assert "tool_stream" not in sent({**body, "stream": False}, "zhipu", model="glm-5.2")
    assert "tool_stream" not in sent(request(user("go"), stream=True), "zhipu", model="glm-5.2")


def test_a_stream_is_asked_for_where_complete_answers_are_refused() -> None:
    made = sent(request(user("go"), stream=False), "dashscope")

    assert made["stream"] is True
    assert made["stream_options"] == {"include_usage": True}


def test_temperatures_are_kept_within_what_is_accepted() -> None:
    assert sent(request(user("go"), temperature=0), "minimax")["temperature"] == 0.01
    assert sent(request(user("go"), temperature=0.5), "minimax")["temperature"] == 0.5


def test_stop_sequences_are_left_out_where_none_are_accepted() -> None:
    body = request(user("go"), stop_sequences=["a", "b"])

    assert "stop" not in sent(body, "xai")
    assert sent(body, "zhipu", model="glm-5.2")["stop"] == ["a"]


def test_a_schema_for_the_answer_stands_alone_where_it_must() -> None:
    form = {"format": {"type": "json_schema", "schema": {"type": "object"}}}
    body = request(user("go"), output_config=form)

    assert "response_format" in sent(body, "groq")
    assert "response_format" not in sent({**body, "tools": [tool()]}, "groq")
    assert "response_format" not in sent({**body, "stream": True}, "groq")


def test_images_in_results_are_shown_where_no_tools_are_known() -> None:
    body = request(user("go"), assistant(call("a")), user(result("a", [text("out"), IMAGE])))

    kinds = [part["type"] for part in sent(body, "perplexity")["messages"][2]["content"]]

    assert kinds == ["text", "text", "image_url"]
