"""Past sessions as the real Claude Code keeps them."""

import time

import pytest

from ccr_desktop.launch.sessions import RecentFolder, recent_folders, sessions_of
from tests.e2e.stage import Stage, e2e
from tests.support.turns import text

pytestmark = e2e


def test_sessions_of_the_client_are_listed_and_can_be_resumed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(stage.home / ".claude"))
    stage.script(text("One."), text("Two."), text("Again one."))
    first = stage.ask("The first  conversation\nin two lines")
    second = stage.ask("The second conversation")

    newest, oldest = sessions_of(stage.cwd)
    resumed = stage.ask("More", "--resume", oldest.id)

    assert (oldest.id, newest.id) == (first.session_id, second.session_id)
    assert oldest.first_line == "The first conversation in two lines"
    assert newest.first_line == "The second conversation"
    assert 0 <= time.time() - newest.last_used_s < 600
    assert resumed.answer == "Again one."
    assert "One." in stage.main[-1].texts("assistant")
    assert sessions_of(stage.cwd)[0].first_line == oldest.first_line
    assert recent_folders() == [RecentFolder(stage.cwd, sessions_of(stage.cwd)[0].last_used_s)]
