"""`ccr pause` and `ccr resume`: what they ask of the service, and what they say."""

from typing import Any

import pytest

from ccr_desktop.cli import pause, resume
from tests.unit.cli.conftest import Run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a running service is asked."""
    calls: list[Any] = []

    def manage(_: object, method: str, path: str, body: Any = None) -> dict[str, Any]:
        calls.append((method, path, body))
        return {"paused": True, "paused_until_s": None}

    for module in (pause, resume):
        monkeypatch.setattr(module, "is_running", lambda _: True)
        monkeypatch.setattr(module, "manage", manage)
    return calls


@pytest.mark.parametrize(("words", "minutes"), [([], None), (["15"], 15.0), (["0.5"], 0.5)])
def test_a_pause_lasts_as_long_as_is_said(
    run: Run, asked: list[Any], words: list[str], minutes: float | None
) -> None:
    done = run("pause", *words)

    assert done.code == 0
    assert asked == [("POST", "/api/pause", {"minutes": minutes})]
    assert "paused until you resume it" in done.out


@pytest.mark.parametrize("words", ["0", "soon", "-1", "inf", "nan"])
def test_what_is_no_time_is_refused(run: Run, asked: list[Any], words: str) -> None:
    assert run("pause", "--", words).code == 2
    assert not asked


def test_resuming_is_one_word(run: Run, asked: list[Any]) -> None:
    assert run("resume").code == 0
    assert asked == [("POST", "/api/resume", None)]


@pytest.mark.parametrize("command", ["pause", "resume"])
def test_without_a_router_there_is_nothing_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    for module in (pause, resume):
        monkeypatch.setattr(module, "is_running", lambda _: False)

    done = run(command)

    assert done.code == 1
    assert "The router is not running" in done.err
