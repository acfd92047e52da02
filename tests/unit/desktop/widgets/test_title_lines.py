"""Titles of rows in few lines: what is cut, and what is always seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextLine
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.widgets import title_lines as broken
from ccr_desktop.desktop.widgets.title_lines import title_lines

WHEN = "the folder is ~/clients/acme, ~/clients/bold or ~/clients/core and a picture is sent"
WHEN_CHINESE = "文件夹是 ~/clients/acme 或 ~/clients/bold，并且发送了图片，并且消息包含 “机密”"
TITLES = [
    (f"1. When {WHEN}, use only ollama.", WHEN, ", use only ollama."),
    (f"1. 当{WHEN_CHINESE}时，只使用 ollama。", WHEN_CHINESE, "时，只使用 ollama。"),
    (f"Use ollama when {'🙂' * 90}.", "🙂" * 90, "."),
    (f"When {'x' * 400}, refuse it.", "x" * 400, ", refuse it."),
]

pytestmark = pytest.mark.usefixtures("look")


@pytest.mark.parametrize(("title", "when", "end"), TITLES)
@pytest.mark.parametrize("most", [1, 2])
def test_what_gives_way_is_shortened_and_the_rest_is_seen(
    title: str, when: str, end: str, most: int
) -> None:
    lines = title_lines(title, when, QFont(), 300, most)
    seen = " ".join(lines)

    assert len(lines) == most
    assert seen.startswith(title.partition(when)[0])
    assert seen.endswith(end)
    assert seen.count("…") == 1
    assert all(QFontMetrics(QFont()).horizontalAdvance(line) <= 300 for line in lines)


@pytest.mark.parametrize(("title", "when", "_end"), TITLES)
def test_a_title_that_has_room_is_whole(title: str, when: str, _end: str) -> None:
    for most in (1, 2):
        assert title_lines(title, when, QFont(), 9000, most) == [title]
    assert "…" not in "".join(title_lines(title, when, QFont(), 400, 40))


def test_what_is_done_is_begun_where_it_has_no_room_itself() -> None:
    does = "use only " + ", ".join(f"provider{n}" for n in range(60))

    lines = title_lines(f"When {WHEN}, {does}.", WHEN, QFont(), 300, 2)

    assert " ".join(lines).startswith("When …, use only provider0, provider1")
    assert lines[1].endswith("provider59.")  # to be cut by whoever draws the line


@given(text=st.text(max_size=80), most=st.integers(2, 4), wide=st.integers(1, 300))
def test_no_sign_is_lost_or_said_twice(qapp: QApplication, text: str, most: int, wide: int) -> None:
    lines = title_lines(text, "", QFont(), wide, most)

    assert "".join("".join(lines).split()) == "".join(text.split())


def test_of_a_very_long_text_no_more_is_broken_than_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[QTextLayout] = []

    class Counted(QTextLayout):
        def createLine(self) -> QTextLine:  # noqa: N802  # Qt's name
            made.append(self)
            return super().createLine()

    monkeypatch.setattr(broken, "QTextLayout", Counted)
    text = "w" * 20_000
    whole = title_lines(text, "", QFont(), 300, 2)
    shortened = title_lines(f"when {text}, use it", text, QFont(), 300, 2)

    assert "".join(whole) == text
    assert shortened[-1].endswith("use it")
    assert len(made) < 100
