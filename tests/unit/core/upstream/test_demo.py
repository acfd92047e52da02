"""The demo provider: an honest stand-in, in the form of Chat Completions."""

import json
from typing import Any

import pytest

from ccr_desktop.core.upstream.demo import DemoReply, compose_answer

WRITE = {
    "function": {
        "name": "Write",
        "parameters": {
            "required": ["file_path", "content"],
            "properties": {"file_path": {"type": "string"}, "content": {"type": "string"}},
        },
    }
}
BASH = {
    "function": {
        "name": "Bash",
        "parameters": {"required": ["command"], "properties": {"command": {"type": "string"}}},
    }
}


def user(words: str) -> dict[str, Any]:
    return {"role": "user", "content": words}


def arguments(answer: dict[str, Any]) -> Any:
    return json.loads(answer["tool_calls"][0]["function"]["arguments"])


def test_it_says_that_it_is_no_model_and_what_it_heard() -> None:
    answer = compose_answer({"messages": [user("good morning")]})

    assert "not a language model" in answer["content"]
    assert "good morning" in answer["content"]
    assert "tool_calls" not in answer


@pytest.mark.parametrize("messages", [[], [{"role": "system", "content": "x"}], [{"role": "user"}]])
def test_it_answers_whatever_it_is_asked(messages: list[Any]) -> None:
    assert compose_answer({"messages": messages})["content"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Write a file", "Write"),
        ("run a command", "Bash"),
        ("use the tool Bash", "Bash"),
        ("use any tool", "Write"),
    ],
)
def test_it_calls_the_tool_that_the_words_ask_for(words: str, name: str) -> None:
    answer = compose_answer({"messages": [user(words)], "tools": [WRITE, BASH]})

    assert answer["tool_calls"][0]["function"]["name"] == name


def test_it_takes_file_and_content_from_the_words() -> None:
    system = {"role": "system", "content": "Working directory: /home/me/project"}
    asked = user('Create notes.txt with "three words here"')

    answer = compose_answer({"messages": [system, asked], "tools": [WRITE]})

    assert arguments(answer) == {
        "file_path": "/home/me/project/notes.txt",
        "content": "three words here",
    }


def test_it_tells_what_a_tool_returned() -> None:
    messages = [user("run it"), {"role": "tool", "content": "out-42"}]

    answer = compose_answer({"messages": messages, "tools": [BASH]})

    assert "out-42" in answer["content"]
    assert "tool_calls" not in answer


def test_what_the_client_adds_by_itself_asks_for_nothing() -> None:
    reminder = user("<system-reminder>run the tool Bash</system-reminder>")

    answer = compose_answer({"messages": [user("hello"), reminder], "tools": [BASH]})

    assert "tool_calls" not in answer


async def test_its_stream_folds_to_its_whole_answer() -> None:
    request = {"messages": [user("run a command")], "tools": [BASH]}
    whole = json.loads(await DemoReply(json.dumps(request).encode()).read_all(10**6))
    reply = DemoReply(json.dumps({**request, "stream": True}).encode())
    raw = b""
    while data := await reply.read_some():
        raw += data

    lines = [line.removeprefix("data: ") for line in raw.decode().split("\n\n") if line]
    chunks = [json.loads(line) for line in lines if line != "[DONE]"]
    deltas = [choice["delta"] for chunk in chunks for choice in chunk["choices"]]
    calls = [part for delta in deltas for part in delta.get("tool_calls", ())]

    message = whole["choices"][0]["message"]
    assert lines[-1] == "[DONE]"
    assert "".join(delta.get("content") or "" for delta in deltas) == message["content"]
    streamed = "".join(part["function"].get("arguments", "") for part in calls)
    assert streamed == message["tool_calls"][0]["function"]["arguments"]
