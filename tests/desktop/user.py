"""A user of Claude Code on a desktop of a test's own, with files that are not ours to touch."""

import hashlib
import json
from pathlib import Path

from tests.desktop.session import Desktop
from tests.support.claude import NEWEST, QUIET, executable

PROJECT = "it's a project"


class ClaudeUser:
    """Has answered the first questions, and has settings, notes and a project."""

    def __init__(self, desktop: Desktop) -> None:
        self.program = executable(NEWEST)[0]
        self.home, self.project = desktop.home, desktop.home / PROJECT
        for place in (self.home / ".claude", self.project / ".claude"):
            place.mkdir(parents=True)
        known = {"hasTrustDialogAccepted": True, "allowedTools": []}
        seen = ("hasCompletedOnboarding", "hasSeenAutoDefaultNotice", "hasSeenAutoDefaultNudge")
        projects = {str(self.project): known}
        state = {**dict.fromkeys(seen, True), "theme": "dark", "projects": projects}
        (self.home / ".claude.json").write_text(json.dumps(state), encoding="utf-8")
        (self.home / ".claude" / "settings.json").write_text('{ "cleanupPeriodDays":  9 }', "utf-8")
        (self.home / ".claude" / "CLAUDE.md").write_text("Be brief.\n", "utf-8")
        (self.project / ".claude" / "settings.local.json").write_text(
            '{"env": {"A": "b"}}', "utf-8"
        )

    @property
    def variables(self) -> dict[str, str]:
        """What Claude Code is to find in its environment, so that it leaves nothing outside."""
        return {**QUIET, "CLAUDE_PATH": self.program}

    def files(self) -> dict[Path, str]:
        """The user's own; `.claude.json`, where Claude Code notes its runs, is left out."""
        folders = (self.home / ".claude", self.project)
        paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def has_untouched(self, before: dict[Path, str]) -> bool:
        """All is there byte for byte, and no file of settings came to it."""
        after = self.files()
        came = [path for path in after if path not in before and "settings" in path.name]
        return not came and {path: after.get(path) for path in before} == before
