"""What is left for the status line about each session."""

import json
import os
import stat
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.events import ConfigReloaded, ExchangeEnded, RouteChosen
from ccr_desktop.core.session_notes import SessionNotes
from ccr_desktop.statusline.settings import Settings
from ccr_desktop.statusline.values import Values
from tests.unit.core.observe.records import ended

CONFIG = read_config(
    {
        "Providers": [
            {
                "name": "p",
                "api_base_url": "http://localhost:1/v1",
                "models": ["m"],
                "context_windows": {"m": 10_000},
            }
        ],
        "Router": {"default": "p,m"},
    },
    None,
    {},
)
USAGE = {"input_tokens": 1000, "cache_read_input_tokens": 4000, "output_tokens": 50}


class Decision:
    def as_json(self) -> dict[str, Any]:
        return {"route": "p,m", "scenario": "think"}


def chosen(**changes: Any) -> RouteChosen:
    members = {"request_id": "r", "session_id": "s-1", "model": "opus", "decision": Decision()}
    return RouteChosen(**{**members, **changes})


def answered(**changes: Any) -> ExchangeEnded:
    return ended(**{"session_id": "s-1", "usage": USAGE, **changes})


def left(folder: Path, *events: Any, session: str = "s-1") -> Any:
    """The file of a session after these events."""
    notes = SessionNotes(folder, CONFIG)
    for event in events:
        notes.note(event)
    notes.close()
    path = folder / f"{session}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def test_a_chosen_route_is_shown_before_it_answers(tmp_path: Path) -> None:
    told = left(tmp_path, chosen())

    assert (told["route"], told["provider"], told["model"]) == ("p,m", "p", "m")
    assert (told["scenario"], told["is_streaming"], told["context_window"]) == (
        "think",
        True,
        10_000,
    )


def test_an_answer_tells_who_gave_it_how_fast_and_what_it_read(tmp_path: Path) -> None:
    told = left(tmp_path, chosen(), answered(route="q,other", duration_s=1.5, first_s=0.5))

    assert (told["route"], told["is_streaming"]) == ("q,other", False)
    assert told["scenario"] == "think"
    assert (told["prompt_tokens"], told["tokens_per_s"], told["first_s"]) == (5000, 50.0, 0.5)
    assert told["context_window"] is None
    assert abs(told["updated_s"] - time.time()) < 60


def test_what_happens_in_a_moment_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ccr_desktop.core.session_notes._MOMENT_S", 600.0)  # until they close
    replaced, replace = list[str](), Path.replace

    def counted(path: Path, target: Path) -> Path:
        replaced.append(target.name)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", counted)

    told = left(tmp_path, *(chosen(), answered()) * 10, chosen(session_id="s-2"))

    assert told["prompt_tokens"] == 5000
    assert sorted(replaced) == ["s-1.json", "s-2.json"]


def test_a_failure_leaves_the_last_size_and_ends_the_stream(tmp_path: Path) -> None:
    told = left(tmp_path, answered(), chosen(), ended(session_id="s-1", status=502, usage={}))

    assert (told["prompt_tokens"], told["is_streaming"]) == (5000, False)


def test_sub_agents_and_housekeeping_do_not_take_over_the_line(tmp_path: Path) -> None:
    aside = answered(route="q,small", usage={"input_tokens": 7}, is_aside=True)

    assert left(tmp_path, aside)["route"] == "q,small"
    assert left(tmp_path, aside, answered())["route"] == "p,m"
    assert left(tmp_path, answered(), aside)["prompt_tokens"] == 5000


@pytest.mark.parametrize("session", ["", "../evil", "a/b", "a b", "x" * 101])
def test_no_session_leads_out_of_the_folder(tmp_path: Path, session: str) -> None:
    assert left(tmp_path / "sessions", answered(session_id=session)) is None
    assert not list(tmp_path.rglob("*.json"))


def test_other_events_are_no_concern(tmp_path: Path) -> None:
    assert left(tmp_path, ConfigReloaded(source="x")) is None


def test_the_status_line_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    left(tmp_path / "data" / "sessions", chosen(), answered(duration_s=1.5, first_s=0.5))

    values = Values({"session_id": "s-1"}, Settings({}))

    names = ("route", "provider", "model", "scenario", "contextUsed", "contextPercent")
    assert [values.get(name) for name in names] == ["p,m", "p", "m", "think", "5.0k", "50"]
    assert (values.get("tokenSpeed"), values.get("timeToFirstToken")) == ("50", "500ms")


def test_old_sessions_go_and_files_are_private(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text("{}")
    os.utime(old, (1, 1))

    left(tmp_path, answered())

    assert [path.name for path in tmp_path.iterdir()] == ["s-1.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "s-1.json").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_harms_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()

    assert left(tmp_path / "file" / "sessions", answered()) is None
    assert "can't be told" in caplog.text
