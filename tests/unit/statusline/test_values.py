"""What each placeholder stands for."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ccr_desktop.statusline import values as values_module
from ccr_desktop.statusline.settings import Settings
from ccr_desktop.statusline.values import Values

COST = {
    "total_cost_usd": 1.234,
    "total_duration_ms": 125_000,
    "total_lines_added": 12,
    "total_lines_removed": 30,
}
USAGE = {
    "input_tokens": 1200,
    "output_tokens": 34,
    "cache_creation_input_tokens": 8800,
    "cache_read_input_tokens": 40_000,
}
WINDOW = {
    "context_window_size": 200_000,
    "total_input_tokens": 123_456,
    "total_output_tokens": 999,
    "current_usage": USAGE,
}
PAYLOAD: dict[str, Any] = {
    "session_id": "0a1b2c3d-4e5f",
    "cwd": "/elsewhere",
    "workspace": {"current_dir": "/home/me/project"},
    "model": {"id": "claude-opus", "display_name": "Opus"},
    "version": "2.1.330",
    "cost": COST,
    "context_window": WINDOW,
}


NOW_S = 1_795_000_000.0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    monkeypatch.setattr(values_module, "time", SimpleNamespace(time=lambda: NOW_S))
    return tmp_path


def values(payload: Any = PAYLOAD, config: Any = None) -> Values:
    return Values(payload, Settings(config or {}))


def leave(home: Path, **content: Any) -> None:
    """What the router leaves about a session."""
    folder = home / "data" / "sessions"
    folder.mkdir(parents=True)
    left = {"updated_s": NOW_S, **content}
    (folder / f"{PAYLOAD['session_id']}.json").write_text(json.dumps(left), "utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("workDirName", "project"),
        ("workDir", "/home/me/project"),
        ("model", "Opus"),
        ("inputTokens", "1.2k"),
        ("outputTokens", "34"),
        ("tokenSpeed", "0"),
        ("isStreaming", ""),
        ("streamingIndicator", ""),
        ("timeToFirstToken", ""),
        ("contextPercent", "25"),
        ("contextUsed", "50.0k"),
        ("contextWindowSize", "200k"),
        ("totalInputTokens", "123.5k"),
        ("totalOutputTokens", "999"),
        ("cost", "$1.23"),
        ("duration", "2m5s"),
        ("linesAdded", "12"),
        ("linesRemoved", "30"),
        ("netLines", "-18"),
        ("version", "2.1.330"),
        ("sessionId", "0a1b2c3d"),
        ("route", ""),
        ("provider", ""),
        ("no such name", ""),
    ],
)
def test_claude_code_tells_most(name: str, expected: str) -> None:
    assert values().get(name) == expected


def test_the_router_knows_better_who_answers(home: Path) -> None:
    leave(
        home,
        route="openrouter,qwen",
        provider="openrouter",
        model="qwen",
        scenario="think",
        context_window=1_000_000,
        prompt_tokens=250_000,
        tokens_per_s=81.6,
        first_s=0.85,
        is_streaming=True,
    )

    found = values().all()

    assert (found["route"], found["provider"], found["model"]) == (
        "openrouter,qwen",
        "openrouter",
        "qwen",
    )
    assert found["scenario"] == "think"
    assert (found["contextUsed"], found["contextPercent"]) == ("250.0k", "25")
    assert found["contextWindowSize"] == "1M"
    assert (found["tokenSpeed"], found["isStreaming"]) == ("82", "streaming")
    assert (found["streamingIndicator"], found["timeToFirstToken"]) == ("▶", "850ms")


def test_speed_is_no_news_after_three_seconds(home: Path) -> None:
    leave(home, tokens_per_s=81.6, first_s=1, is_streaming=True, updated_s=NOW_S - 4)

    found = values().all()

    assert found["tokenSpeed"] == "0"
    assert not found["isStreaming"] + found["timeToFirstToken"]


def test_the_model_comes_from_transcript_then_project_then_configuration(tmp_path: Path) -> None:
    transcript = tmp_path / "t.jsonl"
    project = tmp_path / "project"
    payload = {
        **PAYLOAD,
        "transcript_path": str(transcript),
        "workspace": {"current_dir": str(project)},
    }
    config = {"Router": {"default": ["p, configured", "q,other"]}}

    assert values(payload, config).get("model") == "configured"

    own = project / ".claude-code-router" / "config.json"
    own.parent.mkdir(parents=True)
    own.write_text('{"Router": {"default": "p,of-the-project"}}', "utf-8")
    assert values(payload, config).get("model") == "of-the-project"

    answer = {"type": "assistant", "message": {"model": "answered", "usage": {"input_tokens": 7}}}
    transcript.write_text(json.dumps(answer), "utf-8")
    found = values(payload, config)
    assert (found.get("model"), found.get("inputTokens")) == ("answered", "7")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("C:\\Users\\me\\project", "project"),
        ("C:/Users/me/project/", "project"),
        ("\\\\server\\share\\project", "project"),
        ("/home/me/back\\slash", "back\\slash"),
        ("/", "/"),
    ],
)
def test_folders_of_every_system_have_a_name(path: str, name: str) -> None:
    assert values({"workspace": {"current_dir": path}}).get("workDirName") == name


@pytest.mark.parametrize(
    ("dollars", "expected"), [(0, "$0.00"), (0.005, "0.50¢"), (0.01, "$0.01"), (12, "$12.00")]
)
def test_cost_below_a_cent_is_told_in_cents(dollars: float, expected: str) -> None:
    assert values({"cost": {"total_cost_usd": dollars}}).get("cost") == expected


@pytest.mark.parametrize(
    ("spent", "expected"),
    [(850, "850ms"), (12_340, "12.3s"), (125_000, "2m5s"), (3_725_000, "1h2m")],
)
def test_durations_are_short(spent: int, expected: str) -> None:
    assert values({"cost": {"total_duration_ms": spent}}).get("duration") == expected


@pytest.mark.parametrize("odd", [None, 5, "text", [], {}, True, -1, 1e300])
def test_odd_input_never_fails(odd: Any) -> None:
    payload = dict.fromkeys(PAYLOAD, odd) | {"transcript_path": odd}
    nested = {
        key: dict.fromkeys(value, odd) if isinstance(value, dict) else odd
        for key, value in PAYLOAD.items()
    }

    assert values(payload).all().keys() == values(nested).all().keys()


def test_a_session_id_leads_to_no_other_folder(home: Path) -> None:
    (home / "data" / "sessions").mkdir(parents=True)
    (home / "data" / "secret.json").write_text('{"route": "leaked"}', "utf-8")

    assert values({"session_id": "../secret"}).get("route") == ""
