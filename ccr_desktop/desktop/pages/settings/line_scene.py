"""What the preview of the status line is drawn with: an example, or the last session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = {
    "workDirName": "shop",
    "workDir": "/home/you/shop",
    "gitBranch": "main",
    "model": "deepseek-v4-pro",
    "route": "deepseek,deepseek-v4-pro",
    "provider": "deepseek",
    "scenario": "default",
    "inputTokens": "12.3k",
    "outputTokens": "1.8k",
    "totalInputTokens": "84.0k",
    "totalOutputTokens": "9.1k",
    "contextPercent": "23",
    "contextUsed": "45.2k",
    "contextWindowSize": "200k",
    "tokenSpeed": "87",
    "isStreaming": "streaming",
    "streamingIndicator": "▶",
    "timeToFirstToken": "850ms",
    "cost": "$1.23",
    "duration": "2m5s",
    "linesAdded": "42",
    "linesRemoved": "7",
    "netLines": "35",
    "version": "2.1.0",
    "sessionId": "0a1b2c3d",
}
_OF_THE_SESSION = frozenset(
    {
        *("workDirName", "workDir", "gitBranch", "model", "route", "provider", "scenario"),
        *("contextPercent", "contextUsed", "contextWindowSize", "sessionId"),
        *("tokenSpeed", "isStreaming", "streamingIndicator", "timeToFirstToken"),
    }
)
"""What can be found out without Claude Code."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What Claude Code would send, and the values that are not looked for."""

    payload: dict[str, Any]
    known: dict[str, str]


def example_scene() -> Scene:
    return Scene(_payload("0a1b2c3d-0000", EXAMPLE["workDir"]), EXAMPLE)


def last_session() -> str:
    """The session that the router noted last; empty when there is none. Looks at the disk."""
    folder = paths.data_dir() / "sessions"
    noted = [(_changed_s(path), path.stem) for path in folder.glob("*.json")]
    return max(noted, default=(0.0, ""))[1]


def session_scene(session: str, folder: Path | None) -> Scene:
    """What the router noted of a session, in *folder*; the rest is the example's."""
    place = str(folder) if folder else EXAMPLE["workDir"]
    found = {name for name in _OF_THE_SESSION if folder or not name.startswith("workDir")}
    known = {name: value for name, value in EXAMPLE.items() if name not in found}
    return Scene(_payload(session, place), known)


def _payload(session: str, folder: str) -> dict[str, Any]:
    return {
        "session_id": session,
        "version": EXAMPLE["version"],
        "model": {"id": "claude-sonnet-5", "display_name": "Sonnet 5"},
        "workspace": {"current_dir": folder, "project_dir": folder},
        "cost": {
            "total_cost_usd": 1.23,
            "total_duration_ms": 125_000,
            "total_lines_added": 42,
            "total_lines_removed": 7,
        },
        "context_window": {
            "context_window_size": 200_000,
            "total_input_tokens": 84_000,
            "total_output_tokens": 9100,
            "current_usage": {"input_tokens": 12_300, "output_tokens": 1800},
        },
    }


def _changed_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # tidied up meanwhile
        return 0.0
