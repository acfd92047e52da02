"""The line as a whole: modules, styles, and what bad input makes of it."""

import json
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccr_desktop.statusline.line import clean, make_line
from ccr_desktop.statusline.scripts import Scripts

PAYLOAD = {"workspace": {"current_dir": "/x/project"}, "model": {"display_name": "Opus"}}


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    for name in ("NO_COLOR", "USE_SIMPLE_ICONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def line(tmp_path: Path, *modules: Any, style: str = "default", payload: Any = PAYLOAD) -> str:
    config = tmp_path / "config.json"
    line_settings = {"enabled": True, "currentStyle": style, style: {"modules": list(modules)}}
    config.write_text(json.dumps({"StatusLine": line_settings}), "utf-8")
    return make_line(json.dumps(payload).encode(), str(config))[0]


def test_the_default_style_joins_icon_and_text_in_colour(tmp_path: Path) -> None:
    folder = {"type": "workDir", "icon": "F", "text": "{{workDirName}}", "color": "bright_blue"}
    model = {"type": "model", "text": "<{{ model }}>", "color": "#f00", "background": "bg_blue"}

    drawn = line(tmp_path, folder, model)

    assert drawn == "\x1b[94mF project\x1b[0m \x1b[38;2;255;0;0;44m<Opus>\x1b[0m"


def test_powerline_leads_from_each_background_to_the_next(tmp_path: Path) -> None:
    folder = {"type": "workDir", "color": "white", "background": "bg_red"}
    model = {"type": "model", "color": "#000", "background": "#00ff00"}

    drawn = line(tmp_path, folder, model, style="powerline")

    assert drawn == (
        "\x1b[37;41m project \x1b[0m\x1b[31;48;2;0;255;0m\ue0b0\x1b[0m"
        "\x1b[38;2;0;0;0;48;2;0;255;0m Opus \x1b[0m\x1b[38;2;0;255;0m\ue0b0\x1b[0m"
    )


@pytest.mark.parametrize("style", ["default", "powerline"])
def test_no_color_is_obeyed(style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    drawn = line(tmp_path, {"type": "workDir", "color": "red"}, {"type": "model"}, style=style)

    assert "\x1b" not in drawn
    assert drawn.split()[0] == "project"
    assert drawn.split()[-1] == "Opus"


def test_more_than_five_modules_are_drawn(tmp_path: Path) -> None:
    modules = [{"type": "x", "text": str(number)} for number in range(9)]

    assert line(tmp_path, *modules) == "0 1 2 3 4 5 6 7 8"


def test_a_module_without_anything_to_say_is_left_out(tmp_path: Path) -> None:
    empty = [
        {"type": "gitBranch", "icon": "B"},
        {"type": "context"},
        {"type": "speed"},
        {"type": "cost", "text": "costs {{cost}}"},
        {"type": "script"},
        {"type": "unknown"},
        {},
    ]

    assert line(tmp_path, *empty) == ""
    assert line(tmp_path, *empty, {"type": "model"}) == "Opus"


def test_the_window_alone_is_no_news(tmp_path: Path) -> None:
    """As before the first answer, when nothing of it is used."""
    payload = {**PAYLOAD, "context_window": {"context_window_size": 1_000_000}}

    assert line(tmp_path, {"type": "context"}, payload=payload) == ""


def test_unknown_placeholders_are_nothing(tmp_path: Path) -> None:
    assert line(tmp_path, {"text": "a{{what}}b {{model}} {{open"}) == "ab Opus {{open"


def test_options_reach_a_script_with_all_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = partialmethod(Scripts.__init__, limit_s=60)
    monkeypatch.setattr(Scripts, "__init__", patient)
    script = tmp_path / "own.py"
    script.write_text(
        "def status(v): return f\"{v['model']} {v['options']['n']} {list(v['input'])[0]}\"", "utf-8"
    )
    module = {"type": "script", "scriptPath": str(script), "options": {"n": 5}, "icon": "S"}

    assert line(tmp_path, module) == "S Opus 5 workspace"


@pytest.mark.parametrize(
    ("style", "variables", "expected"),
    [
        ("default", {}, "\U000f024b project"),
        ("default", {"TERM": "dumb"}, "project"),
        ("default", {"USE_SIMPLE_ICONS": "true"}, "project"),
        ("simple", {}, "project"),
        ("full", {}, "\U000f024b project"),
        ("powerline", {}, "\U000f024b project"),
        ("no such style", {}, "\U000f024b project"),
    ],
)
def test_there_is_a_theme_for_every_style(
    style: str,
    variables: dict[str, str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"NO_COLOR": "1", **variables}.items():
        monkeypatch.setenv(name, value)

    drawn = line(tmp_path, style=style)

    assert drawn.startswith(expected)
    assert "Opus" in drawn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" two\nlines\t and\r more ", "two lines and more"),
        ("\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"),
        ("\x1b[m\x1b[2Jgone\x1b]0;title\x07", "\x1b[m[2Jgone]0;title"),
        ("bell\x07 null\0", "bell null"),
        ("\ue0b0 \U000f024b", "\ue0b0 \U000f024b"),
    ],
)
def test_a_text_never_leaves_its_line(text: str, expected: str) -> None:
    assert clean(text) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(PAYLOAD)), inner)
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_in_one_line_goes_out(data: bytes) -> None:
    drawn, _ = make_line(data)

    assert drawn
    assert "\n" not in drawn
