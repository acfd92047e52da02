"""Tab goes on as one reads, whenever the parts of a window were made.

Qt goes by the age of widgets: rows that came later would be last, wherever they stand. A window
takes the cursor on by `go_on` in its `focusNextPrevChild`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Give the cursor to what follows within *window*; false when there is nothing else."""
    order = list(stops(window))
    present = _stop_of(window.focusWidget(), order)
    if not order or order == [present]:
        return False
    step = 1 if forward else -1
    at = order.index(present) + step if present else (0 if forward else -1)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    _enter(order[at % len(order)], reason)
    return True


def _enter(stop: QWidget, reason: Qt.FocusReason) -> None:
    """With the cursor, also into sight."""
    stop.setFocus(reason)
    around = stop.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(stop)
        around = around.parentWidget()


def stops(window: QWidget) -> Iterator[QWidget]:
    """All that Tab stops at, in the order of the layouts."""
    for child in _children(window):
        if child.isWindow() or not child.isVisible() or not child.isEnabled():
            continue
        if _is_stop(child):
            yield child
        yield from stops(child)


def _is_stop(widget: QWidget) -> bool:
    """Of buttons of which one is chosen, that one: arrow keys lead to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() is not None:
        return group.checkedButton() is widget
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _children(widget: QWidget) -> list[QWidget]:
    """Those of the layout first, as it has them, then those that stand by themselves."""
    layout = widget.layout()
    laid = list(_laid_out(layout)) if layout else []
    known = set(laid)
    return [*laid, *(child for child in _own(widget) if child not in known)]


def _own(widget: QWidget) -> list[QWidget]:
    return widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in _places(layout):
        item = layout.itemAt(place)
        inner = item.layout() if item else None
        part = item.widget() if item else None
        if part is not None:
            yield part
        elif inner is not None:
            yield from _laid_out(inner)


def _places(layout: QLayout) -> list[int]:
    """A grid is read line by line."""
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: tuple(layout.getItemPosition(place))[:2])  # type: ignore[arg-type]
    return places


def _stop_of(focused: QWidget | None, order: list[QWidget]) -> QWidget | None:
    """What has the cursor, or the stop that it is within."""
    found: QObject | None = focused
    while found is not None:
        if isinstance(found, QWidget) and found in order:
            return found
        found = found.parent()
    return None
