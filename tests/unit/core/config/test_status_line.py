"""What is told about `StatusLine`."""

import sys
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.status_line import (
    COLORS,
    OTHER_COLORS,
    PLACEHOLDERS,
    STYLES,
    TYPES,
    is_color,
)
from ccr_desktop.statusline import colors, themes, values


def issues(tmp_path: Path, line: Any) -> list[tuple[str, str]]:
    """Place and hint of what is found; none of it stops the router."""
    config = read_config({"StatusLine": line}, tmp_path / "config.json", {})
    assert all(issue.severity == "warning" for issue in config.issues)
    return [(issue.where, f"{issue.problem} {issue.hint}") for issue in config.issues]


def test_a_good_line_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    (tmp_path / "own.py").touch()
    modules = [
        {"type": "workDir", "icon": "x", "color": "bright_blue", "background": "bg_#fff"},
        {"type": "mine", "text": "{{ model }} {{route}}"},
        {"type": "script", "scriptPath": "own.py", "options": {"a": 1}},
        {"type": "script", "scriptPath": Path(sys.executable).name},
    ]
    line = {
        "enabled": True,
        "currentStyle": "mine",
        "fontFamily": "any",
        "mine": {"modules": modules},
        "powerline": {"modules": []},
    }

    assert issues(tmp_path, line) == []
    assert issues(tmp_path, {"currentStyle": "full"}) == []


@pytest.mark.parametrize(
    ("module", "where", "said"),
    [
        ({"type": "modell"}, ".type", "Did you mean 'model'?"),
        ({"type": "model", "color": "blau"}, ".color", "'blau'"),
        ({"type": "model", "background": "#12"}, ".background", "'#12'"),
        ({"text": "{{gitbranch}}"}, ".text", "Did you mean 'gitBranch'?"),
        ({"type": "model", "colour": "red"}, ".colour", "Did you mean 'color'?"),
        ({"type": "model", "icon": 5}, ".icon", "5"),
        ({"type": "script"}, ".scriptPath", "missing"),
        ({"type": "script", "scriptPath": "no/such.py"}, ".scriptPath", "no/such.py"),
        ({"type": "script", "scriptPath": "nowhere.py"}, ".scriptPath", "nowhere.py"),
        ("model", "", "model"),
    ],
)
def test_each_mistake_is_told_with_its_place(
    tmp_path: Path, module: Any, where: str, said: str
) -> None:
    [(place, words)] = issues(tmp_path, {"default": {"modules": [module]}})

    assert place == f"StatusLine.default.modules[0]{where}"
    assert said in words


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ({"currentStyle": "fancy"}, "StatusLine.currentStyle"),
        ({"enabled": "yes"}, "StatusLine.enabled"),
        ({"default": []}, "StatusLine.default"),
        ({"default": {"modules": {}}}, "StatusLine.default"),
    ],
)
def test_groups_that_are_none_are_told(tmp_path: Path, line: Any, where: str) -> None:
    assert [place for place, _ in issues(tmp_path, line)] == [where]


def test_what_is_known_here_is_known_to_the_line() -> None:
    assert set(PLACEHOLDERS) == set(values._FINDERS)
    assert set(TYPES) == {*themes.TEXTS, "script"}
    assert set(STYLES) == set(themes._THEMES)
    names = [*COLORS, *OTHER_COLORS, *(f"bright_{name}" for name in COLORS)]
    for name in (*names, "#fff", "12ab34", "bg_red", "nothing", "#ff", "bright_gray"):
        assert is_color(name) == bool(colors.foreground(name)), name
