"""The fields of "Try it"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.trial import MODELS, MOST_TOKENS, THINKING, USUAL_MODEL, Trial, filled_in
from ccr_desktop.desktop.widgets.bounded_text import BoundedText
from ccr_desktop.desktop.widgets.buttons import IconButton, LeadingButton, QuietButton
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.choices import Choice, Later
from ccr_desktop.desktop.widgets.filter_picker import ChoicePopOver, FilterPicker
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAIN, _UNNAMED, _NAMED = "main", "unnamed", "named:"
_TEXT_HIGH = 72


@dataclass(frozen=True, slots=True)
class _Held:
    """What stands in the fields, and the past request that it is like."""

    stated: Trial
    past: Trial | None
    past_id: str


class TrialForm(QWidget):
    """`changed` follows every change by the person; `trial` is what stands there."""

    changed = Signal()
    folder_wanted = Signal()
    past_wanted = Signal()
    past_picked = Signal(str)
    note_wanted = Signal(str)
    """What is said of a past request, which was chosen before the page was built anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = BoundedText()
        self.model = FilterPicker(self.tr("Model that is asked for"), allow_other=True)
        self.tokens = NumberField(0, MOST_TOKENS, suffix=self.tr(" tokens"))
        self.folder = QLineEdit()
        self.folder_button = IconButton("folder-open", self.tr("Choose the folder"))
        self.thinking = ChoiceBox(self.tr("Thinking"))
        self.agent = ChoiceBox(self.tr("Who asks"))
        self.picture = Switch(self.tr("With a picture"))
        self.search = Switch(self.tr("With web search"))
        self.past_button = LeadingButton(self.tr("Like a past request…"), "history")
        self.now_button = QuietButton(self.tr("As of now"), "x")
        self.note = HelpText()
        self._like: Trial | None = None
        self._past_id = ""
        self._with_models: tuple[str, ...] = ()
        self._asked_by = ""
        self._past = ChoicePopOver(self.past_button)
        self._set_up()
        self._lay_out()
        self._connect()
        Draft(self, "try-it", self._hold, self._take)

    def trial(self) -> Trial:
        stated = self._stated()
        return filled_in(self._like, stated) if self._like else stated

    def _stated(self) -> Trial:
        return Trial(
            text=self.text.toPlainText(),
            tokens=self.tokens.value(),
            folder=self.folder.text().strip(),
            model=self.model.current(),
            thinking=self.thinking.current(),
            has_picture=self.picture.isChecked(),
            searches_web=self.search.isChecked(),
            agent=_agent(self.agent.current()),
        )

    def show_past(self, request_id: str, past: Trial) -> None:
        """Fill the fields with what is kept of a past request."""
        self.show_trial(past)
        self._past_id = request_id

    def show_trial(self, trial: Trial, past: Trial | None = None) -> None:
        """Fill the fields, and tell of it once. *past*: what the fields said at first."""
        past = past or trial
        self._like = past if past.unknown else None
        self._past_id = ""
        self._asked_by = past.agent or ""
        self.now_button.setVisible(self._like is not None)
        self.show_note("")
        blocked = self.blockSignals(True)
        self.text.setPlainText(trial.text)
        self.tokens.show_number(trial.tokens)
        self.folder.setText(trial.folder)
        self.model.set_current(trial.model, trial.model if trial.model in MODELS else "")
        self.thinking.set_current(trial.thinking)
        self.picture.show_checked(trial.has_picture)
        self.search.show_checked(trial.searches_web)
        self._offer_agents()
        self.agent.set_current(_agent_key(trial.agent))
        self.blockSignals(blocked)
        self.changed.emit()

    def show_choices(self, models: Sequence[Choice], agents: Sequence[str]) -> None:
        """The models of the providers and the names of helper agents that have one."""
        names = self.tr("What Claude Code asks for")
        claude = [Choice(key=name, title=name, group=names) for name in MODELS]
        self.model.set_choices(Later(lambda: [*claude, *models]))
        self._with_models = tuple(agents)
        self._offer_agents()

    def _hold(self) -> _Held | None:
        stated = self._stated()
        is_as_at_first = self._like is None and stated == Trial()
        return None if is_as_at_first else _Held(stated, self._like, self._past_id)

    def _take(self, held: object) -> None:
        if isinstance(held, _Held):
            self.show_trial(held.stated, held.past)
            self._past_id = held.past_id
            self.note_wanted.emit(held.past_id)

    def _ask_now(self) -> None:
        """What stands in the fields is asked at the present time, and is all that there is."""
        self.past_button.setFocus()  # the button goes
        self.show_trial(replace(self.trial(), asked=None, unknown=frozenset(), at_s=None))

    def _offer_agents(self) -> None:
        """Those of Claude Code, those that have a model, and who asked what is tried."""
        named = (*OWN_AGENTS.values(), *self._with_models, self._asked_by)
        self.agent.set_choices(
            [
                (_MAIN, self.tr("Main conversation")),
                (_UNNAMED, self.tr("A helper agent")),
                *((f"{_NAMED}{name}", name) for name in dict.fromkeys(filter(None, named))),
            ]
        )

    def show_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def offer_past(self, choices: Sequence[Choice]) -> None:
        self._past.set_choices(choices, "")
        QTimer.singleShot(0, self._past, self._open_past)  # the panel may just have been opened

    def _open_past(self) -> None:
        self._past.open_below(self.past_button)

    def _set_up(self) -> None:
        self.text.setPlaceholderText(self.tr("Paste or type what would be asked"))
        self.text.setFixedHeight(_TEXT_HIGH)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the request"))
        self.model.set_current(USUAL_MODEL, USUAL_MODEL)
        self.tokens.setSingleStep(10_000)
        self.tokens.setGroupSeparatorShown(True)
        self.tokens.setSpecialValueText(self.tr("That of the text"))
        self.folder.setPlaceholderText(self.tr("Not known"))
        self.thinking.set_choices([(sign, self._thinking_words(sign)) for sign in THINKING])
        self.show_choices((), ())
        self.show_note("")
        self.now_button.setToolTip(
            self.tr("Forget the past request: ask what the fields say, at the present time")
        )
        self.now_button.hide()

    def _lay_out(self) -> None:
        folder = QWidget()
        inner = QHBoxLayout(folder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(S)
        inner.addWidget(self.folder, 1)
        inner.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        past = QWidget()
        line = FlowLayout(past)
        line.addWidget(self.past_button)
        line.addWidget(self.now_button)
        column.addWidget(self.text)
        column.addWidget(past)
        column.addWidget(self.note)
        column.addWidget(FormRow(self.tr("Model that is asked for"), self.model))
        column.addWidget(FormRow(self.tr("Folder"), folder, entry=self.folder))
        column.addWidget(FormRow(self.tr("Who asks"), self.agent))
        column.addLayout(
            _pair(
                FormRow(self.tr("Size at least"), self.tokens),
                FormRow(self.tr("Thinking"), self.thinking),
            )
        )
        switches = _pair(self.picture, self.search)
        for switch in (self.picture, self.search):
            switches.setAlignment(switch, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(switches)
        column.addStretch(1)

    def _connect(self) -> None:
        self.text.textChanged.connect(self.changed)
        self.model.picked.connect(lambda _: self.changed.emit())
        self.tokens.valueChanged.connect(lambda _: self.changed.emit())
        self.folder.textChanged.connect(lambda _: self.changed.emit())
        self.thinking.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.agent.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.picture.toggled.connect(lambda _: self.changed.emit())
        self.search.toggled.connect(lambda _: self.changed.emit())
        self.folder_button.clicked.connect(self.folder_wanted)
        self.past_button.clicked.connect(self.past_wanted)
        self._past.picked.connect(self.past_picked)
        self.now_button.clicked.connect(self._ask_now)

    def _thinking_words(self, sign: str) -> str:
        words = {
            "": self.tr("As usual"),
            "plan": self.tr("Plan mode"),
            "ultrathink": self.tr("“ultrathink”"),
            "low": self.tr("Effort: low"),
            "medium": self.tr("Effort: medium"),
            "high": self.tr("Effort: high"),
            "xhigh": self.tr("Effort: very high"),
            "max": self.tr("Effort: highest"),
        }
        return words[sign]


def _pair(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(M)
    row.addWidget(first, 1)
    row.addWidget(second, 1)
    return row


def _agent(key: str) -> str | None:
    return None if key == _MAIN else key.removeprefix(_NAMED) if key.startswith(_NAMED) else ""


def _agent_key(agent: str | None) -> str:
    if agent is None:
        return _MAIN
    return f"{_NAMED}{agent}" if agent else _UNNAMED
