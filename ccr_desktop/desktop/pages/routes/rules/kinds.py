"""The conditions and actions that a rule can have: their words, their fields, how they begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.pages.routes.rules.answering import (
    FixesField,
    ProvidersField,
    RoutesField,
    are_routes,
)
from ccr_desktop.desktop.pages.routes.rules.fields import (
    FlagField,
    FolderField,
    LineField,
    PairsField,
    SpanField,
    TextsField,
    TokensField,
)
from ccr_desktop.desktop.pages.routes.rules.values import are_pairs, are_texts, is_span
from ccr_desktop.desktop.widgets.number_field import FARTHEST

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.pages.routes.rules.fields import ValueField

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class PartKind:
    """One condition or action. What `fits` not is shown as text; `begin` is its first value.

    `lacking` says what to do while there is no value yet.
    """

    name: str
    title: str
    help: str
    make: Callable[[Config], ValueField]
    fits: Callable[[Any], bool]
    begin: Any
    lacking: str = ""


def condition_kinds() -> tuple[PartKind, ...]:
    """In the order of the menu."""
    each_line = _tr("Rules", "One a line; one of them is enough. * stands for anything.")
    text_lacking = _tr("Rules", "Write at least one line.")
    pair_lacking = _tr("Rules", "Write a name, = and a value.")
    pairs = _tr("Rules", "One a line: name = value. All must hold. * stands for anything.")
    return (
        PartKind(
            name="folder",
            title=_tr("Rules", "Folder"),
            help=_tr("Rules", "Holds for what is in it, too. One a line; one of them is enough."),
            make=lambda _: FolderField("~/clients/acme"),
            fits=are_texts,
            begin="",
            lacking=text_lacking,
        ),
        PartKind(
            name="contains",
            title=_tr("Rules", "Message contains"),
            help=_tr(
                "Rules",
                "In the last message; a rule that forbids looks at all that is sent. One a line;"
                " one of them is enough.",
            ),
            make=lambda _: TextsField(_tr("Rules", "review")),
            fits=are_texts,
            begin="",
            lacking=text_lacking,
        ),
        PartKind(
            name="time",
            title=_tr("Rules", "Time of day"),
            help=_tr("Rules", "On this computer's clock; it may go over midnight."),
            make=lambda _: SpanField(),
            fits=is_span,
            begin="22:00-06:00",
        ),
        PartKind(
            name="tokensOver",
            title=_tr("Rules", "Larger than"),
            help=_tr("Rules", "All that is sent counts, the earlier conversation too."),
            make=lambda _: TokensField(),
            fits=_is_number,
            begin=50_000,
        ),
        PartKind(
            name="tokensUnder",
            title=_tr("Rules", "Smaller than"),
            help=_tr("Rules", "All that is sent counts, the earlier conversation too."),
            make=lambda _: TokensField(),
            fits=_is_number,
            begin=2_000,
        ),
        PartKind(
            name="tool",
            title=_tr("Rules", "Tool is offered"),
            help=each_line,
            make=lambda _: TextsField("mcp__jira__*"),
            fits=are_texts,
            begin="",
            lacking=text_lacking,
        ),
        PartKind(
            name="hasImage",
            title=_tr("Rules", "Picture"),
            help="",
            make=lambda _: FlagField(
                _tr("Rules", "Picture"),
                _tr("Rules", "A picture is sent"),
                _tr("Rules", "No picture is sent"),
            ),
            fits=_is_flag,
            begin=True,
        ),
        PartKind(
            name="model",
            title=_tr("Rules", "Model asked for"),
            help=each_line,
            make=lambda _: TextsField("*haiku*"),
            fits=are_texts,
            begin="",
            lacking=text_lacking,
        ),
        PartKind(
            name="agent",
            title=_tr("Rules", "Helper agent"),
            help=each_line,
            make=lambda _: TextsField("Explore"),
            fits=are_texts,
            begin="",
            lacking=text_lacking,
        ),
        PartKind(
            name="thinking",
            title=_tr("Rules", "Sign of thinking"),
            help=_tr("Rules", "plan, ultrathink, any, or effort: and a level. One a line."),
            make=lambda _: TextsField("effort:max"),
            fits=are_texts,
            begin="",
            lacking=text_lacking,
        ),
        PartKind(
            name="header",
            title=_tr("Rules", "Header"),
            help=pairs,
            make=lambda _: PairsField("x-team = research*"),
            fits=are_pairs,
            begin={},
            lacking=pair_lacking,
        ),
        PartKind(
            name="field",
            title=_tr("Rules", "Field of the request"),
            help=pairs,
            make=lambda _: PairsField("metadata.team = blue"),
            fits=are_pairs,
            begin={},
            lacking=pair_lacking,
        ),
        PartKind(
            name="stream",
            title=_tr("Rules", "Streaming"),
            help="",
            make=lambda _: FlagField(
                _tr("Rules", "Streaming"),
                _tr("Rules", "The answer is streamed"),
                _tr("Rules", "The answer is not streamed"),
            ),
            fits=_is_flag,
            begin=True,
        ),
    )


def action_kinds() -> tuple[PartKind, ...]:
    return (
        PartKind(
            name="route",
            title=_tr("Rules", "Use a model"),
            help=_tr("Rules", "The first one answers; the others are asked when it fails."),
            make=RoutesField,
            fits=lambda value: value == "" or are_routes(value),
            begin="",
            lacking=_tr("Rules", "Choose a model."),
        ),
        PartKind(
            name="only",
            title=_tr("Rules", "Use only these providers"),
            help=_tr("Rules", "Whatever else chooses, and for backup models too."),
            make=ProvidersField,
            fits=are_texts,
            begin=[],
            lacking=_tr("Rules", "Tick at least one provider."),
        ),
        PartKind(
            name="never",
            title=_tr("Rules", "Never use these providers"),
            help=_tr("Rules", "Whatever else chooses, and for backup models too."),
            make=ProvidersField,
            fits=are_texts,
            begin=[],
            lacking=_tr("Rules", "Tick at least one provider."),
        ),
        PartKind(
            name="block",
            title=_tr("Rules", "Refuse"),
            help=_tr("Rules", "Claude Code shows this sentence. Nothing is sent."),
            make=lambda _: LineField(_tr("Rules", "Not from this folder.")),
            fits=lambda value: isinstance(value, str) and "\n" not in value,
            begin="",
            lacking=_tr("Rules", "Write what Claude Code is to show."),
        ),
        PartKind(
            name="set",
            title=_tr("Rules", "Change fields"),
            help=_tr("Rules", "One a line: name = value. The value null takes a field out."),
            make=lambda _: PairsField("max_tokens = 8000"),
            fits=are_pairs,
            begin={},
            lacking=_tr("Rules", "Write a name, = and a value."),
        ),
        PartKind(
            name="use",
            title=_tr("Rules", "Compatibility fixes"),
            help=_tr("Rules", "They run behind those of the provider and the model."),
            make=lambda _: FixesField(),
            fits=lambda value: isinstance(value, list),
            begin=[],
            lacking=_tr("Rules", "Add a fix."),
        ),
    )


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 < value <= FARTHEST


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)
