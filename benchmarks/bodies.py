"""Requests of the form that Claude Code sends, made from a seed: the same ones on every machine."""

from __future__ import annotations

import json
import random
from typing import Any

MODEL = "claude-sonnet-5"
TOOLS = 24
_TURN_BYTES = 2_400
_MOST_TURNS = 160
_SYSTEM_SHARE, _TOOLS_SHARE = 0.12, 0.22
_VOCABULARY = (
    "router request answer stream token provider model config value error path file line test "
    "return import class function await async loop buffer index list string number check when "
    "before after should would cannot because every other please update remove rename result"
)
_WORDS = _VOCABULARY.split()
_JOINTS = (" ",) * 12 + (", ", ".\n", "(", ") ", "_", " = ")

JsonObject = dict[str, Any]


def small(*, stream: bool, model: str = MODEL) -> bytes:
    """A question of one line."""
    return _encode(
        {
            "model": model,
            "max_tokens": 256,
            "stream": stream,
            "messages": [{"role": "user", "content": "Which file holds the configuration?"}],
        }
    )


class Conversation:
    """A session with system prompt, tools, and turns in which tools were used."""

    def __init__(self, *, seed: int, size_bytes: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret: it has to be repeatable
        self._turn_bytes = max(_TURN_BYTES, size_bytes // _MOST_TURNS)
        self._body = self._opening(seed, size_bytes)
        missing = size_bytes - len(_encode(self._body))
        for _ in range(max(1, round(missing / self._turn_bytes))):
            self._add_turn()

    def request(self) -> bytes:
        """The body of the next request."""
        return _encode(self._body)

    def next_request(self) -> bytes:
        """The body after one more turn: all of the last one and some news at its end."""
        self._add_turn()
        return self.request()

    def _opening(self, seed: int, size_bytes: int) -> JsonObject:
        cached = {"cache_control": {"type": "ephemeral"}}
        prompt = self._prose(int(size_bytes * _SYSTEM_SHARE))
        each = int(size_bytes * _TOOLS_SHARE / TOOLS)
        return {
            "model": MODEL,
            "max_tokens": 32_000,
            "stream": True,
            "metadata": {"user_id": f"user_bench_session_{seed:08d}"},
            "system": [
                {"type": "text", "text": "You are a coding assistant.", **cached},
                {"type": "text", "text": prompt, **cached},
            ],
            "tools": [self._tool(number, each) for number in range(TOOLS)],
            "messages": [{"role": "user", "content": [self._text(600)]}],
        }

    def _tool(self, number: int, size_bytes: int) -> JsonObject:
        text = {"type": "string", "description": self._prose(size_bytes // 5)}
        switch = {"type": "boolean", "description": self._prose(40)}
        return {
            "name": f"Tool{number}",
            "description": self._prose(size_bytes // 2),
            "input_schema": {
                "type": "object",
                "properties": {"text": text, "switch": switch},
                "required": ["text"],
                "additionalProperties": False,
            },
        }

    def _add_turn(self) -> None:
        messages: list[JsonObject] = self._body["messages"]
        call = {
            "type": "tool_use",
            "id": f"toolu_{len(messages):020d}",
            "name": f"Tool{len(messages) % TOOLS}",
            "input": {"text": self._prose(90), "switch": True},
        }
        result = {
            "type": "tool_result",
            "tool_use_id": call["id"],
            "content": self._listing(self._turn_bytes - 560),
        }
        messages.append({"role": "assistant", "content": [self._text(120), call]})
        messages.append({"role": "user", "content": [result]})

    def _text(self, size_bytes: int) -> JsonObject:
        return {"type": "text", "text": self._prose(size_bytes)}

    def _prose(self, size_bytes: int) -> str:
        count = size_bytes // 5 + 1
        words = self._random.choices(_WORDS, k=count)
        joints = self._random.choices(_JOINTS, k=count)
        return "".join(map("".join, zip(words, joints, strict=True)))[:size_bytes]

    def _listing(self, size_bytes: int) -> str:
        """Numbered lines, as a file reads in a tool's result."""
        text = self._prose(size_bytes)
        lines = [text[start : start + 64] for start in range(0, len(text), 64)]
        return "\n".join(f"{number:5d}\t{line!r}" for number, line in enumerate(lines, 1))[
            :size_bytes
        ]


def _encode(body: JsonObject) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
