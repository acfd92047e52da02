"""What of a view does not fit, and which of its words are of no language."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from ccr_desktop.desktop.widgets.labels import ElidedText
from tests.support.pseudo import BEGIN
from tests.unit.desktop.controls import described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SLACK = 1
_WORD = re.compile(r"[A-Za-z]{3,}")
_SAME_EVERYWHERE = re.compile(r"/|[a-z-]+://|\{\{|(?:Ctrl|Shift|Alt)\+|(?:Enter|Esc|F\d+)$")
_SHORT = 60
_UNFILLED = re.compile(r"(?<![{$])\{[a-z_]+(?::[^}]*)?\}(?!\})|#\{|%[1-9s](?![0-9a-f])")


def cut(window: QWidget) -> Iterator[str]:
    """Labels and buttons with less room than their words need."""
    for widget in _seen(window):
        if isinstance(widget, ElidedText) or not isinstance(widget, QLabel | QAbstractButton):
            continue
        needs = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needs.setWidth(_longest_word(widget))
            needs.setHeight(widget.heightForWidth(widget.width()))
        if not widget.text():
            continue
        if needs.width() > widget.width() + SLACK:
            yield f"{needs.width()} px wide, has {widget.width()}: {_said(widget)}"
        elif needs.height() > widget.height() + SLACK:
            yield f"{needs.height()} px high, has {widget.height()}: {_said(widget)}"


def overflow(window: QWidget) -> Iterator[str]:
    """Pages wider than the place they scroll in."""
    for area in _seen(window):
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if not isinstance(area, QScrollArea) or inner is None:
            continue
        has = area.viewport().width()
        if inner.width() > has + SLACK:
            yield f"wider than its place: {inner.width()} px, has {has}: {described(area)}"


def overlaps(window: QWidget) -> Iterator[str]:
    """Parts of one layout that lie on each other."""
    for parent in (window, *_seen(window)):
        layout = parent.layout()
        if layout is None:
            continue
        own = [one for one in _seen(parent) if one.parentWidget() is parent]
        for one, other in combinations([one for one in own if layout.indexOf(one) >= 0], 2):
            if _lie_on_each_other(one, other):
                yield f"{described(one)} lies on {described(other)}"


def unfilled(window: QWidget) -> Iterator[str]:
    """Texts in which the place of something was never filled."""
    for widget in _seen(window):
        for kind, words in _words(widget):
            if _UNFILLED.search(words) and not _SAME_EVERYWHERE.match(words):
                yield f"{kind} {words!r}: {described(widget)}"


def _lie_on_each_other(one: QWidget, other: QWidget) -> bool:
    shared = QRect(one.geometry()).intersected(other.geometry())
    return shared.width() > SLACK and shared.height() > SLACK


def untranslated(window: QWidget, names: Iterable[str]) -> Iterator[str]:
    """Words without the mark that are not the *names* of things, addresses, paths or keys."""
    known = sorted(names, key=len, reverse=True)
    for widget in _seen(window):
        for kind, words in _words(widget):
            if BEGIN not in words and not _SAME_EVERYWHERE.match(words) and _other(words, known):
                yield f"{kind} {words!r}: {described(widget)}"


def _other(words: str, known: Iterable[str]) -> bool:
    """Whether there are words beside what is known."""
    for name in known:
        words = words.replace(name, " ")
    return _WORD.search(words) is not None


def _words(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    if isinstance(widget, QComboBox):
        yield from (("choice", widget.itemText(number)) for number in range(widget.count()))
    if isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()


def _longest_word(label: QLabel) -> int:
    metrics, words = label.fontMetrics(), label.text().replace("\u200b", " ").split()
    return max(map(metrics.horizontalAdvance, words), default=0)


def _seen(parent: QWidget) -> list[QWidget]:
    return [one for one in parent.findChildren(QWidget) if one.isVisible() and not one.isWindow()]


def _said(widget: QLabel | QAbstractButton) -> str:
    return f"{widget.text()[:_SHORT]!r} {described(widget)}"
