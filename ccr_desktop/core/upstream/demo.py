"""The demo provider: a Chat Completions server without a network, a key or a model.

It lets a new user see the router work, and calls a tool when asked to, so that the whole way to
Claude Code and back can be tried. It never pretends to be a model.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.protocol.json import JsonObject, dumps, dumps_text, loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PIECE_CHARS = 12
_PAUSE_S = 0.01  # a stream that can be seen to stream
_QUOTED = re.compile(r"`([^`]+)`|\"([^\"]+)\"|'([^']+)'")
_PATH = re.compile(r"(?:^|[\s`'\"(])((?:[~.]?/)?[\w./-]*\w\.\w{1,8})\b")
_ASKS_FOR_TOOL = re.compile(r"\b(tools?|run|execute|write|create|make|read|open|call|use)\b", re.I)
_VERBS = (
    (re.compile(r"\b(write|create|make|save)\b", re.I), "Write"),
    (re.compile(r"\b(read|open|show|cat)\b", re.I), "Read"),
    (re.compile(r"\b(run|execute|command|shell|bash)\b", re.I), "Bash"),
)
_FOLDER = re.compile(r"[Ww]orking directory: (/\S+|[A-Z]:\S+)")
_REMINDER = re.compile(r"<system-reminder>.*?</system-reminder>", re.S)
_CHARS_PER_TOKEN = 4


class DemoReply:
    """The demo's answer to a Chat Completions request."""

    status = 200

    def __init__(self, body: bytes) -> None:
        request = loads(body)
        is_stream = bool(request.get("stream"))
        answer = compose_answer(request)
        usage = _usage(len(body), answer)
        self.headers: Mapping[str, str] = {
            "content-type": "text/event-stream" if is_stream else "application/json"
        }
        self._chunks = (
            stream_chunks(answer, usage) if is_stream else iter([dumps(complete(answer, usage))])
        )
        self._is_stream = is_stream

    async def read_some(self) -> bytes:
        if self._is_stream:
            await asyncio.sleep(_PAUSE_S)
        return next(self._chunks, b"")

    async def read_all(self, limit: int) -> bytes:
        return b"".join(self._chunks)[:limit]

    async def drain(self) -> None:
        """There is nothing to read."""

    def close(self) -> None:
        """There is no connection."""


def compose_answer(request: JsonObject) -> JsonObject:
    """The assistant message that the demo answers with."""
    messages = request.get("messages") or []
    last: JsonObject = next((m for m in reversed(messages) if not _is_reminder(m)), {})
    if last.get("role") == "tool":
        return {"content": _after_tool(last)}
    said = _said(last)
    tools = {tool["function"]["name"]: tool["function"] for tool in request.get("tools") or ()}
    if (name := _wanted_tool(said, tools)) is not None:
        arguments = dumps_text(_arguments(tools[name], said, _working_directory(messages)))
        function = {"name": name, "arguments": arguments}
        call = {"id": f"call_demo_{len(messages)}", "type": "function", "function": function}
        return {"content": f"The demo calls {name}.", "tool_calls": [call]}
    return {"content": _greeting(said)}


def _is_reminder(message: JsonObject) -> bool:
    """Whether a message holds only what the client adds by itself."""
    return message.get("role") == "system" or (message.get("role") == "user" and not _said(message))


def _said(message: JsonObject) -> str:
    return _REMINDER.sub("", _text(message)).strip()


def _text(message: JsonObject) -> str:
    content = message.get("content")
    parts = content if isinstance(content, list) else [{"text": content}]
    return "\n".join(str(part.get("text") or "") for part in parts)


def _greeting(said: str) -> str:
    heard = f"You said: “{said[-200:]}”. " if said else ""
    return (
        f"This is the demo provider of CCR Desktop, not a language model. {heard}"
        f"The router works: your request came in, was routed and translated, and this answer "
        f"was streamed back. {_help()}"
    )


def _help() -> str:
    file = paths.config_dir() / "config.json"
    return (
        f"For answers from a real model, add a provider: `ccr providers add` asks for what it "
        f"needs, or write {file} as `config.example.json` shows."
    )


def _after_tool(message: JsonObject) -> str:
    return f"The tool ran and returned:\n\n{_said(message)[:500]}\n\nThis is the demo. {_help()}"


def _wanted_tool(said: str, tools: Mapping[str, Any]) -> str | None:
    """The tool that the words ask for, by its name or by a verb."""
    if not _ASKS_FOR_TOOL.search(said):
        return None
    for name in tools:
        if re.search(rf"\b{re.escape(name)}\b", said):
            return name
    by_verb = (name for verb, name in _VERBS if verb.search(said) and name in tools)
    wants_any = re.search(r"\btools?\b", said, re.I)
    return next(by_verb, next(iter(tools), None) if wants_any else None)


def _working_directory(messages: list[JsonObject]) -> str:
    """The folder that Claude Code tells its models to work in."""
    texts = (_text(message) for message in messages)
    found = next(filter(None, map(_FOLDER.search, texts)), None)
    return found.group(1) if found else ""


def _arguments(tool: JsonObject, said: str, folder: str) -> JsonObject:
    """Arguments that fit the tool's schema, taken from the words where they offer any."""
    schema = tool.get("parameters") or {}
    properties = schema.get("properties") or {}
    quoted = [next(filter(None, match.groups())) for match in _QUOTED.finditer(said)]
    path = next((match.group(1) for match in _PATH.finditer(said)), "ccr-demo.txt")
    words = [text for text in quoted if text != path]
    place = path if path.startswith(("/", "~")) or not folder else f"{folder}/{path}"
    return {
        name: _value(name, properties.get(name) or {}, place, words)
        for name in schema.get("required") or ()
    }


def _value(name: str, schema: JsonObject, path: str, words: list[str]) -> Any:
    if enum := schema.get("enum"):
        return enum[0]
    match schema.get("type"):
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "array":
            return []
        case "object":
            return {}
    if "path" in name or "file" in name:
        return path
    fallback = (
        "echo 'Hello from the CCR Desktop demo'" if name == "command" else "Hello from the demo"
    )
    return words[0] if words else fallback


# -- the wire ----------------------------------------------------------------------------------


def complete(answer: JsonObject, usage: JsonObject) -> JsonObject:
    """The answer as a complete response."""
    message = {"role": "assistant", **answer}
    choice = {"index": 0, "message": message, "finish_reason": _finish_reason(answer)}
    return {**_envelope("chat.completion"), "choices": [choice], "usage": usage}


def stream_chunks(answer: JsonObject, usage: JsonObject) -> Iterator[bytes]:
    """The answer as the events of a stream."""
    yield _chunk({"role": "assistant", "content": ""})
    for piece in _pieces(answer["content"]):
        yield _chunk({"content": piece})
    for index, call in enumerate(answer.get("tool_calls") or ()):
        function = call["function"]
        yield _chunk(
            {"tool_calls": [{**call, "index": index, "function": {**function, "arguments": ""}}]}
        )
        for piece in _pieces(function["arguments"]):
            yield _chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
    yield _chunk({}, _finish_reason(answer))
    end = {**_envelope("chat.completion.chunk"), "choices": [], "usage": usage}
    yield b"data: " + dumps(end) + b"\n\ndata: [DONE]\n\n"


def _chunk(delta: JsonObject, finish_reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    payload = {**_envelope("chat.completion.chunk"), "choices": [choice]}
    return b"data: " + dumps(payload) + b"\n\n"


def _envelope(kind: str) -> JsonObject:
    return {"id": "chatcmpl-demo", "object": kind, "created": 0, "model": "demo-model"}


def _finish_reason(answer: JsonObject) -> str:
    return "tool_calls" if answer.get("tool_calls") else "stop"


def _usage(request_bytes: int, answer: JsonObject) -> JsonObject:
    """An estimate; calls count like text."""
    arguments = (call["function"]["arguments"] for call in answer.get("tool_calls") or ())
    written = len(answer["content"]) + sum(map(len, arguments))
    prompt, output = request_bytes // _CHARS_PER_TOKEN, written // _CHARS_PER_TOKEN + 1
    return {"prompt_tokens": prompt, "completion_tokens": output, "total_tokens": prompt + output}


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE_CHARS] for at in range(0, len(text), _PIECE_CHARS))
