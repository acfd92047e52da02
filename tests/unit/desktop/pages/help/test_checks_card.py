"""The card of the checks: results as they come, and what is wrong above what is fine."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.pages.help.checks_card import ChecksCard
from ccr_desktop.desktop.pages.help.result_line import ResultLine
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.state import StateDot
from ccr_desktop.doctor.check import Check, Finding, Repair, Result, Side, Verdict, fine, unchecked
from ccr_desktop.doctor.words import Words, say

_COPY = Qt.TextInteractionFlag.TextSelectableByMouse
Shown = Callable[[QWidget], QWidget]


async def _nothing() -> Words:
    return say("Done.")


def result(key: str, finding: Finding) -> Result:
    async def look(_: object) -> Finding:
        return finding

    return Result(Check(key, say("About {key}", key=key), look), finding)


FINE = result("a", fine(say("Fine.")))
WARNING = result(
    "b",
    Finding(
        verdict=Verdict.WARNING,
        text=say("It is {how}.", how="odd"),
        side=Side.NETWORK,
        remedy=say("Use `ccr start`."),
        details=tuple(f"line {n}" for n in range(9)),
        page="settings/service",
    ),
)
PROBLEM = result(
    "c",
    Finding(verdict=Verdict.PROBLEM, text=say("Bad."), repair=Repair(say("Mend it"), _nothing)),
)
UNCHECKED = result("d", unchecked(say("Not here.")))
ALL = (FINE, WARNING, PROBLEM, UNCHECKED)


@pytest.fixture
def card(qtbot: QtBot, look: object) -> ChecksCard:
    made = ChecksCard()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def state(card: ChecksCard) -> str:
    found = card.findChild(StateDot, "check-state")
    assert isinstance(found, StateDot)
    return found.word


def line(card: ChecksCard, key: str) -> ResultLine:
    found = card.findChild(ResultLine, f"result-{key}")
    assert isinstance(found, ResultLine)
    return found


def button(card: QWidget, name: str) -> QPushButton:
    found = card.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_what_is_wrong_stands_above_in_the_order_of_the_checks(
    card: ChecksCard, qtbot: QtBot
) -> None:
    card.show_begun([each.check.key for each in ALL])
    for each in ALL:
        card.show_result(each)
    card.show_ended()

    assert [each.check.key for each in card.results] == ["c", "b", "d", "a"]
    qtbot.waitUntil(lambda: line(card, "c").y() < line(card, "b").y())
    assert state(card) == "1 problem, 1 warning"


def test_progress_is_counted_and_can_be_cancelled(card: ChecksCard, qtbot: QtBot) -> None:
    card.show_begun([each.check.key for each in ALL])
    card.show_result(FINE)

    assert state(card) == "Checked 1 of 4…"
    assert not button(card, "check").isEnabled()
    with qtbot.waitSignal(card.cancel_wanted):
        button(card, "cancel-check").click()
    card.show_ended(is_cancelled=True)
    assert state(card) == "Cancelled"
    assert button(card, "check").isEnabled()
    assert not button(card, "cancel-check").isVisible()


def test_a_folder_with_a_name_of_any_length_is_read_to_its_end(card: ChecksCard) -> None:
    folder = f"/srv/{'long' * 40}/config"
    places = ("the PATH", "~/.local/bin", "~/.npm-global/bin", "the login shell")
    finding = Finding(
        verdict=Verdict.PROBLEM,
        text=say("{folder} can't be written.", folder=folder),
        details=(f"{folder}: Permission denied", ", ".join(places), "/srv/short: no room"),
        page="settings/files",
    )
    card.show_begun(["f"])
    card.show_result(result("f", finding))
    card.show_ended()

    shown = line(card, "f")
    assert shown.minimumSizeHint().width() < 600
    assert folder in shown.accessibleName()
    assert ", ".join(places) in shown.accessibleName()
    copied = [
        label.text() for label in shown.findChildren(QLabel) if label.textInteractionFlags() & _COPY
    ]
    assert copied == ["/srv/short: no room"]


def test_a_result_says_all_to_a_screen_reader(card: ChecksCard) -> None:
    card.show_begun(["b"])
    card.show_result(WARNING)

    said = line(card, "b").accessibleName()

    assert said.startswith("About b, Warning. It is odd. Use “ccr start”. ")
    assert "Use “ccr start”. Cause: the network." in said
    assert "line 5. and 3 more" in said


def test_buttons_lead_to_the_page_or_mend(card: ChecksCard, qtbot: QtBot) -> None:
    card.show_begun(["b", "c"])
    card.show_result(WARNING)
    card.show_result(PROBLEM)
    card.show_ended()

    (show,) = line(card, "b").findChildren(QPushButton)
    with qtbot.waitSignal(card.page_wanted) as page:
        show.click()
    with qtbot.waitSignal(card.repair_wanted) as repair:
        button(line(card, "c"), "repair").click()

    assert page.args == ["settings/service"]
    assert repair.args == ["c"]


def test_a_file_to_look_at_is_opened(card: ChecksCard, qtbot: QtBot) -> None:
    card.show_begun(["b"])
    card.show_result(replace(WARNING, finding=replace(WARNING.finding, place="/tmp/mine.json")))

    (show,) = line(card, "b").findChildren(QPushButton)
    assert show.text() == "Open the file"
    with qtbot.waitSignal(card.file_wanted) as file:
        show.click()

    assert file.args == ["/tmp/mine.json"]


def test_what_is_fine_is_a_row_that_leads_on(card: ChecksCard, qtbot: QtBot) -> None:
    card.show_begun(["a", "d"])
    card.show_result(result("a", fine(say("Fine."), page="launch")))
    card.show_result(UNCHECKED)
    card.show_ended()
    rows = card.findChild(RowList, "fine-rows")
    assert isinstance(rows, RowList)

    with qtbot.waitSignal(card.page_wanted) as page:
        rows.opened.emit("a")
    rows.opened.emit("d")

    assert page.args == ["launch"]
    assert [(row.title, row.state_word) for row in rows.rows.rows] == [
        ("About d", "Not checked"),
        ("About a", "Fine"),
    ]


def test_a_check_that_is_repeated_takes_its_own_place(card: ChecksCard) -> None:
    card.show_begun(["c"])
    card.show_result(PROBLEM)
    card.show_ended()

    card.show_result(replace(PROBLEM, finding=fine(say("Good."))))

    assert len(card.results) == 1
    assert state(card) == "All is well"


def many(count: int) -> list[Result]:
    return [result(f"p{n}", PROBLEM.finding) for n in range(count)]


def test_what_comes_at_once_is_drawn_together(
    card: ChecksCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    draw = card._fine_rows.set_rows  # what costs most of a drawing

    def counted(rows: Sequence[Row]) -> None:
        drawn.append(len(rows))
        draw(rows)

    results = [result(f"f{n}", fine(say("Fine."))) for n in range(300)]
    card.show_begun([each.check.key for each in results])
    monkeypatch.setattr(card._fine_rows, "set_rows", counted)
    for each in results:
        card.show_result(each)

    assert drawn == [1]
    qtbot.waitUntil(lambda: drawn == [1, 300])
    assert state(card) == "Checked 300 of 300…"
    assert len(card.results) == 300


def test_of_much_that_is_wrong_the_rest_is_shown_on_demand(card: ChecksCard, qtbot: QtBot) -> None:
    results = many(100)
    card.show_begun([each.check.key for each in results])
    for each in results:
        card.show_result(each)
    card.show_ended()

    def shown() -> list[str]:
        lines = card.findChildren(ResultLine)
        return [each.result.check.key for each in lines if each.isVisible()]

    more = button(card, "more-wrong")
    assert len(shown()) < 20  # more of them at once would hold the window
    qtbot.waitUntil(lambda: len(shown()) == 20)
    assert more.text() == "Show 50 more"
    assert state(card) == "100 problems"
    more.setFocus()
    more.click()
    focus = card.window().focusWidget()
    assert focus is button(line(card, "p20"), "repair")
    qtbot.waitUntil(lambda: len(shown()) == 70)
    assert card.window().focusWidget() is focus
    more.click()
    qtbot.waitUntil(lambda: len(shown()) == 100)
    assert not more.isVisible()


def test_a_problem_that_comes_late_takes_the_place_of_a_warning(card: ChecksCard) -> None:
    warnings = [result(f"w{n}", WARNING.finding) for n in range(20)]
    card.show_begun([*(each.check.key for each in warnings), "c"])
    for each in (*warnings, PROBLEM):
        card.show_result(each)
    card.show_ended()

    assert line(card, "c").isVisible()
    assert button(card, "more-wrong").text() == "Show 1 more"


class Pushed(QWidget):
    """A part below that counts how often a layout has given it another place."""

    times = 0

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802
        self.times += 1
        super().moveEvent(event)


def test_lines_that_come_together_are_laid_out_together(card: ChecksCard, qtbot: QtBot) -> None:
    below = Pushed()
    card.body.addWidget(below)
    below.show()
    card.show_begun([])
    below.times = 0
    for number in range(15):
        card.show_result(result(f"wrong-{number}", WARNING.finding))
    card.show_ended()
    last = "result-wrong-14"
    qtbot.waitUntil(lambda: card.findChild(ResultLine, last) is not None)
    assert below.times < 5
