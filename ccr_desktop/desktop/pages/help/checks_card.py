"""The card of the checks: begin, watch, cancel; what is wrong stands above what is fine."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.help.result_line import ResultLine
from ccr_desktop.desktop.pages.help.words import shown, summary, verdict_words
from ccr_desktop.desktop.tokens import L, M
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.state import StateDot
from ccr_desktop.desktop.widgets.tick_row import TickRow
from ccr_desktop.doctor.check import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.widgets.state import State
    from ccr_desktop.doctor.check import Result

_MOST_LINES, _MORE_LINES = 20, 50
"""What is wrong at once: lines of widgets cost much, and nobody reads more than that."""
_AT_ONCE = 8
"""Of these lines, in a turn of the loop: each takes two or three milliseconds."""
_DRAW_EVERY_MS = 250
_RANKS = {Verdict.PROBLEM: 0, Verdict.WARNING: 1, Verdict.UNCHECKED: 2, Verdict.OK: 3}


class ChecksCard(Card):
    """Signals: `check_wanted(bool)`, with the providers' answers or without, `cancel_wanted`,
    `repair_wanted(key)`, `page_wanted(page)` and `file_wanted(path)`."""

    check_wanted = Signal(bool)
    cancel_wanted = Signal()
    repair_wanted = Signal(str)
    page_wanted = Signal(str)
    file_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Check everything"), self._purpose(), parent)
        self.setObjectName("checks")
        self._order: dict[str, int] = {}
        self._results: dict[str, Result] = {}
        self._lines: dict[str, ResultLine] = {}
        """Of what is wrong; the rest are rows of a list, which are drawn and cost nothing."""
        self._rows: dict[str, Row] = {}
        self._room = _MOST_LINES
        self._later = QTimer(self, interval=_DRAW_EVERY_MS, singleShot=True)
        """Hundreds of results come in seconds, and a window that draws each one answers nobody."""
        self._is_behind = False
        self._wanted: Sequence[Result] = ()
        self._next_lines = QTimer(self, interval=0, singleShot=True)
        words = self.tr("Have every provider answer (uses a few tokens)")
        self._with_answers = TickRow(words, is_ticked=False)
        self._with_answers.box.setObjectName("with-answers")
        self._begin = PrimaryButton(self.tr("Check everything"), "stethoscope")
        self._begin.setObjectName("check")
        self._cancel = PlainButton(self.tr("Cancel"))
        self._cancel.setObjectName("cancel-check")
        self._state = StateDot(announces=True)
        self._state.setObjectName("check-state")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress of the checks"))
        self._lines_place = QWidget()
        self._wrong = QVBoxLayout(self._lines_place)
        self._wrong.setContentsMargins(0, 0, 0, 0)
        self._wrong.setSpacing(L)
        self._more = PlainButton("")
        self._more.setObjectName("more-wrong")
        self._fine = Disclosure(self.tr("Fine"), opened=True)
        self._fine.setObjectName("fine")
        self._fine_rows = RowList(self.tr("In order or not checked"), fit_content=True)
        self._fine_rows.setObjectName("fine-rows")
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """As if the button was pressed; nothing while checks run."""
        if self._begin.isEnabled():
            self.check_wanted.emit(self._with_answers.is_ticked)

    @property
    def results(self) -> tuple[Result, ...]:
        """What is shown, from above."""
        return tuple(self._sorted())

    # -- what is shown ---------------------------------------------------------------------

    def show_begun(self, keys: Sequence[str]) -> None:
        """Checks of these keys run from now on; what was found before goes."""
        self._results.clear()
        self._rows.clear()
        self._room = _MOST_LINES
        self._draw()
        self._order = {key: at for at, key in enumerate(keys)}
        self._progress.setRange(0, max(1, len(keys)))
        self._show_running(True)
        self._show_count()

    def show_result(self, result: Result) -> None:
        """One more, or the same check again. While many come they are drawn together."""
        key = result.check.key
        self._results[key] = result
        self._rows.pop(key, None)
        if self._is_running and self._later.isActive():
            self._is_behind = True
            return
        self._draw()
        if self._is_running:
            self._later.start()

    def show_ended(self, *, is_cancelled: bool = False) -> None:
        self._show_running(False)
        self._later.stop()
        self._draw()
        if is_cancelled:
            self._state.show_state("off", self.tr("Cancelled"))

    def _catch_up(self) -> None:
        if self._is_behind:
            self._draw()
            self._later.start()

    def _draw(self) -> None:
        self._is_behind = False
        found = self._sorted()
        wrong = [each for each in found if _is_wrong(each)]
        self._wanted = wrong[: self._room]
        self._draw_lines()
        more = len(wrong) - self._room
        self._more.setVisible(more > 0)
        self._more.setText(self.tr("Show {count} more").format(count=min(more, _MORE_LINES)))
        self._fine_rows.set_rows([self._row(each) for each in found if not _is_wrong(each)])
        self._show_count()

    def _draw_lines(self) -> None:
        """What is shown already stays where it is, and keeps the keyboard's focus.

        Each line that is shown has all of the page laid out again: new ones are shown with their
        place, together, unless the focus is there.
        """
        for key, line in [*self._lines.items()]:
            if not any(line.result is each for each in self._wanted):
                self._wrong.removeWidget(line)
                self._lines.pop(key).remove()
        missing = (
            (at, each) for at, each in enumerate(self._wanted) if each.check.key not in self._lines
        )
        new = [*islice(missing, _AT_ONCE)]
        focus = QApplication.focusWidget()
        if new and not (focus and self._lines_place.isAncestorOf(focus)):
            self._lines_place.hide()
        for place, each in new:
            self._add_line(each, place)
        self._lines_place.setVisible(bool(self._wanted))
        if len(self._lines) < len(self._wanted):
            self._next_lines.start()

    def _row(self, result: Result) -> Row:
        key = result.check.key
        return self._rows.get(key) or self._rows.setdefault(key, row_of(result))

    def _show_more(self) -> None:
        first = self._room
        self._room += _MORE_LINES
        self._draw()
        self._focus_line(first)

    def _focus_line(self, place: int) -> None:
        """A button that went had the focus: it goes on to the first of what is new."""
        lines = (line for line in self._lines.values() if self._wrong.indexOf(line) == place)
        if (line := next(lines, None)) and (found := line.findChild(PlainButton)):
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_line(self, result: Result, place: int) -> None:
        line = ResultLine(result)
        line.repair_wanted.connect(self.repair_wanted)
        line.page_wanted.connect(self.page_wanted)
        line.file_wanted.connect(self.file_wanted)
        self._lines[result.check.key] = line
        self._wrong.insertWidget(place, line)
        line.show()  # now, not at the next layout: it may get the focus

    def _open(self, key: str) -> None:
        if page := self._results[key].finding.page:
            self.page_wanted.emit(page)

    def _sorted(self) -> list[Result]:
        def rank(result: Result) -> tuple[int, int]:
            return (
                _RANKS[result.finding.verdict],
                self._order.get(result.check.key, len(self._order)),
            )

        return sorted(self._results.values(), key=rank)

    def _show_running(self, is_running: bool) -> None:
        if not is_running:
            self._begin.set_busy(busy=False)  # before what has the cursor meanwhile goes
        self._with_answers.allow(allowed=not is_running)
        self._cancel.setVisible(is_running)
        if is_running:
            self._begin.set_busy(busy=True)
        self._progress.setVisible(is_running)
        self._is_running = is_running
        self._state.setVisible(True)

    def _show_count(self) -> None:
        done = len(self._results)
        self._progress.setValue(done)
        verdicts = [result.finding.verdict for result in self._results.values()]
        problems, warnings = verdicts.count(Verdict.PROBLEM), verdicts.count(Verdict.WARNING)
        rest = done - problems - warnings
        self._fine.setVisible(rest > 0)
        self._fine.button.setText(self.tr("In order or not checked: {count}").format(count=rest))
        if self._is_running:
            words = self.tr("Checked {done} of {total}…")
            words = words.format(done=done, total=len(self._order))
            self._state.show_state("busy", words)
        else:
            self._state.show_state(_state(problems, warnings), summary(problems, warnings))

    # -- construction ----------------------------------------------------------------------

    def _purpose(self) -> str:
        return self.tr(
            "Looks at the router, keys, Claude Code, what leads it elsewhere, providers, the"
            " network and this computer. Nothing is changed."
        )

    def _lay_out(self) -> None:
        self._is_running = False
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        buttons.addWidget(self._with_answers, 1, Qt.AlignmentFlag.AlignVCenter)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._begin)
        self.body.addLayout(buttons)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._state)
        self.body.addWidget(self._lines_place)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._fine.add(self._fine_rows)
        self.body.addWidget(self._fine)
        for part in (
            self._cancel,
            self._progress,
            self._state,
            self._lines_place,
            self._more,
            self._fine,
        ):
            part.hide()

    def _connect(self) -> None:
        self._begin.clicked.connect(self.begin)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._fine_rows.opened.connect(self._open)
        self._more.clicked.connect(self._show_more)
        self._later.timeout.connect(self._catch_up)
        self._next_lines.timeout.connect(self._draw_lines)


def row_of(result: Result) -> Row:
    """A result that needs nobody."""
    finding = result.finding
    return Row(
        key=result.check.key,
        title=shown(result.check.title),
        subtitle=shown(finding.text),
        state="running" if finding.verdict is Verdict.OK else "off",
        state_word=verdict_words(finding.verdict),
    )


def _is_wrong(result: Result) -> bool:
    return result.finding.verdict in {Verdict.PROBLEM, Verdict.WARNING}


def _state(problems: int, warnings: int) -> State:
    if problems:
        return "attention"
    return "backup" if warnings else "running"
