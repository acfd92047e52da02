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

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


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
    layout, own = widget.layout(), _own(widget)
    laid = list(_laid_out(layout, own)) if layout else []
    known = set(laid)
    return [*laid, *(child for child in own if child not in known)]


def _own(widget: QWidget) -> list[QWidget]:
    return widget.findChildren(QWidget, options=_DIRECT)


def _laid_out(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """Those of *widgets* that *layout* has, in its order; a grid is read line by line.

    No item of a layout is asked for: PySide keeps what stands for it beyond its end, and takes it
    for whatever is made in its place of memory.
    """
    parts: list[QWidget | QLayout] = [*widgets, *layout.findChildren(QLayout, options=_DIRECT)]
    placed = {part: place for part in parts if (place := layout.indexOf(part)) >= 0}
    for part in sorted(placed, key=lambda part: _place(layout, placed[part])):
        yield from [part] if isinstance(part, QWidget) else _laid_out(part, widgets)


def _place(layout: QLayout, index: int) -> tuple[int, ...]:
    if isinstance(layout, QGridLayout):
        return tuple(layout.getItemPosition(index))[:2]  # type: ignore[arg-type]
    return (index,)


def _stop_of(focused: QWidget | None, order: list[QWidget]) -> QWidget | None:
    """What has the cursor, or the stop that it is within."""
    found: QObject | None = focused
    while found is not None:
        if isinstance(found, QWidget) and found in order:
            return found
        found = found.parent()
    return None
