"""The order in which Tab goes through rows that come and go."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_before(rows: Iterable[QWidget], field: QWidget) -> None:
    """Let Tab go through *rows* from the first to the last, and then to *field*.

    What is made later would come last, wherever it stands.
    """
    fields = [each for row in rows for each in row.findChildren(QWidget) if _takes_tab(each, field)]
    before = _before(field, fields)
    for one, next_one in pairwise([*([before] if before else []), *fields, field]):
        QWidget.setTabOrder(one, next_one)


def _before(field: QWidget, besides: Collection[QWidget]) -> QWidget | None:
    """From where Tab leads to *field*, or to one of *besides* in front of it."""
    found = field.previousInFocusChain()
    while found and found is not field:
        if found not in besides and _takes_tab(found, field):
            return found
        found = found.previousInFocusChain()
    return None


def _takes_tab(widget: QWidget, field: QWidget) -> bool:
    """Whether Tab leads there, and not in a window of its own, as that of a list."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.window() is field.window()
