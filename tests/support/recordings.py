"""Streams that real providers sent, recorded; they live beside the repository."""

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "shared" / "fixtures" / "provider-streams"

_ENDS = ('"type":"message_stop"', '"type":"response.completed"', '"type":"response.failed"')


def recordings(folder: str) -> list[object]:
    """One test parameter a recording; a skipped one where there are none, but never on CI."""
    files = sorted((ROOT / folder).glob("*")) if (ROOT / folder).is_dir() else []
    if files:
        return [pytest.param(file, id=file.stem) for file in files]
    if os.environ.get("CI") == "true":
        raise FileNotFoundError(f"no recorded streams in {folder}")
    return [pytest.param(None, marks=pytest.mark.skip(reason="no recorded streams"), id="none")]


def payloads(file: Path) -> list[str]:
    """The JSON payloads of a recording, in order."""
    lines = file.read_text("utf-8").split("\n")
    if file.suffix == ".sse":
        lines = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    kept = [line for line in lines if line.strip() and line.strip() != "[DONE]"]
    ends = [number for number, line in enumerate(kept) if any(end in line for end in _ENDS)]
    return kept[: ends[0] + 1] if ends else kept  # the first of several turns


def named_stream(file: Path, end: str = "\n") -> bytes:
    """A recording in Anthropic's framing, with event names."""
    out = []
    for payload in payloads(file):
        name = json.loads(payload)["type"]
        out.append(f"event: {name}{end}data: {payload}{end * 2}")
    return "".join(out).encode()
