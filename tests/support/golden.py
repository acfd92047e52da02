"""Answers of providers and the events that they must become, whatever the dialect.

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

from ccr_desktop.core.dialects.answer import AnswerTranslator
from ccr_desktop.core.dialects.base import Dialect
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.messages import tool_use_ids
from ccr_desktop.core.protocol.sinks import EventWriter
from ccr_desktop.core.providers.profile import Profile
from tests.support.grammar import read_stream, recognise
from tests.support.replay import TARGET


def cases(test_file: str) -> list[Path]:
    """The cases beside a test file."""
    folders = Path(test_file).parent.iterdir()
    return sorted(path for path in folders if (path / "client.json").exists())


def check_events(case: Path, dialect: Dialect) -> None:
    """The client receives exactly the events of the case."""
    events = translate(case, dialect)
    expected = case / "events.jsonl"
    if os.environ.get("REGENERATE_GOLDEN"):
        lines = (json.dumps(event, ensure_ascii=False) for event in events)
        expected.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    kept = expected.read_text("utf-8").rstrip("\n").split("\n")
    assert events == [json.loads(line) for line in kept]


def check_grammar(case: Path, dialect: Dialect) -> None:
    """The events of the case are a legal stream."""
    events = [e for e in translate(case, dialect) if e["type"] != "failure"]
    assert not events or recognise(events) in {"message", "error"}


def translate(case: Path, dialect: Dialect) -> list[dict[str, Any]]:
    """The events of a case; an error before the first event is one of type `failure`."""
    body = json.loads((case / "client.json").read_text("utf-8"))
    (upstream,) = case.glob("upstream.*")
    writer = EventWriter()
    target = replace(TARGET, profile=_read_profile(case / "profile.json"))
    encoded = dialect.encode(body, target, "")
    emitter = MessageEmitter(writer, _read_context(body, encoded.client_name))
    translator = AnswerTranslator(dialect.decoder(target), emitter)
    translator.feed(upstream.read_bytes())
    translator.finish()
    events = read_stream(writer.take())
    failure = emitter.failure
    if failure and not events:
        error = {"type": failure.type, "message": failure.message}
        events.append({"type": "failure", "status": failure.status, "error": error})
    return events


def _read_profile(path: Path) -> Profile:
    return Profile(**json.loads(path.read_text("utf-8"))) if path.exists() else Profile()


def _read_context(body: dict[str, Any], client_name: Any) -> AnswerContext:
    numbers = itertools.count(1)
    tools = [tool for tool in body.get("tools", ()) if "input_schema" in tool]
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
