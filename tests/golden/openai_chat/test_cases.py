"""Answers of Chat Completions servers and the events that they must become.

A case is a folder: `client.json` (the request), `upstream.sse`, `.json` or `.html` (the answer),
`events.jsonl` (what the client must receive) and, for a provider with habits, `profile.json`.
Set REGENERATE_GOLDEN=1 to write the last anew; review the difference before keeping it.
"""

import itertools
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.dialects.answer import AnswerTranslator
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.messages import tool_use_ids
from ccr_desktop.core.protocol.sinks import EventWriter
from ccr_desktop.core.providers.profile import Profile
from tests.support.grammar import read_stream, recognise
from tests.support.replay import TARGET

CASES = sorted(path for path in Path(__file__).parent.iterdir() if (path / "client.json").exists())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_client_receives_exactly_these_events(case: Path) -> None:
    events = translate(case)

    expected = case / "events.jsonl"
    if os.environ.get("REGENERATE_GOLDEN"):
        lines = (json.dumps(event, ensure_ascii=False) for event in events)
        expected.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    kept = expected.read_text("utf-8").rstrip("\n").split("\n")
    assert events == [json.loads(line) for line in kept]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_events_follow_the_grammar(case: Path) -> None:
    events = [e for e in translate(case) if e["type"] != "failure"]

    assert not events or recognise(events) in {"message", "error"}


def translate(case: Path) -> list[dict[str, Any]]:
    """The events of a case; an error before the first event is one of type `failure`."""
    body = json.loads((case / "client.json").read_text("utf-8"))
    (upstream,) = case.glob("upstream.*")
    dialect, writer = OpenAIChat(), EventWriter()
    target = replace(TARGET, profile=read_profile(case / "profile.json"))
    encoded = dialect.encode(body, target, "")
    emitter = MessageEmitter(writer, read_context(body, encoded.client_name))
    translator = AnswerTranslator(dialect.decoder(target), emitter)
    translator.feed(upstream.read_bytes())
    translator.finish()
    events = read_stream(writer.take())
    failure = emitter.failure
    if failure and not events:
        error = {"type": failure.type, "message": failure.message}
        events.append({"type": "failure", "status": failure.status, "error": error})
    return events


def read_profile(path: Path) -> Profile:
    return Profile(**json.loads(path.read_text("utf-8"))) if path.exists() else Profile()


def read_context(body: dict[str, Any], client_name: Any) -> AnswerContext:
    numbers = itertools.count(1)
    tools = body.get("tools", ())
    return AnswerContext(
        message_id="msg_1",
        model=body["model"],
        new_id=lambda: f"toolu_new{next(numbers)}",
        input_estimate=7,
        used_ids=tool_use_ids(body),
        client_name=client_name,
        required={tool["name"] for tool in tools if tool["input_schema"].get("required")},
        stop_sequences=body.get("stop_sequences", ()),
    )
