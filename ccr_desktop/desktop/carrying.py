"""What would be lost with a page that is built anew: where a person stood, and what was entered.

A page is built from the settings, so whatever is in none has to be carried: drafts, which editors
know themselves, words in any field, how far it was scrolled, and the place of the cursor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QPlainTextEdit, QWidget

from ccr_desktop.desktop.sight import finish_within
from ccr_desktop.desktop.widgets.scrolled import ScrolledTo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Path = tuple[tuple[str, int], ...]
"""The way from a page down to a widget: each step is a name or class, and which of those it is."""


class Draft(QObject):
    """An editor, or a view that can be left in different states, has one; it lives as long as it.

    *hold* returns what is to be carried, None while there is nothing, and *take* gets it back in
    the new page, whose draft has the same *key*.
    """

    def __init__(
        self,
        editor: QObject,
        key: str,
        hold: Callable[[], object | None],
        take: Callable[[object], None],
    ) -> None:
        super().__init__(editor)
        self.key = key
        self.hold = hold
        self.take = take


@dataclass(slots=True)
class Carried:
    drafts: dict[str, object] = field(default_factory=dict)
    typed: dict[Path, str] = field(default_factory=dict, repr=False)
    scrolled: dict[Path, int] = field(default_factory=dict)
    focus: Path | None = None


def picked_up(page: QWidget) -> Carried:
    """What *page* has that a new one would not."""
    held = {draft.key: draft.hold() for draft in page.findChildren(Draft)}
    focus = page.window().focusWidget()
    return Carried(
        drafts={key: value for key, value in held.items() if value is not None},
        typed={_path(page, one): _text(one) for one in _fields(page) if _is_typed(one)},
        scrolled={_path(page, one): _far(one) for one in _areas(page) if _far(one)},
        focus=_path(page, focus) if page.isAncestorOf(focus) else None,
    )


def put_down(page: QWidget, carried: Carried) -> None:
    """Give *page* what was picked up from the one before it; it is in front already."""
    left = dict(carried.drafts)
    _take(page, left)
    if left or carried.typed or carried.scrolled or carried.focus is not None:
        finish_within(page)  # it may be in what is made later, out of sight
        _take(page, left)
    for path, text in carried.typed.items():
        found = _at(page, path)
        if isinstance(found, QLineEdit | QPlainTextEdit) and _text(found) != text:
            _type(found, text)
    target = _at(page, carried.focus) if carried.focus is not None else None
    if target is not None:
        target.setFocus(Qt.FocusReason.OtherFocusReason)
    for path, far in carried.scrolled.items():
        area = _at(page, path)
        if isinstance(area, QAbstractScrollArea):
            ScrolledTo(area, far)


def _take(page: QWidget, left: dict[str, object]) -> None:
    while ready := [one for one in page.findChildren(Draft) if one.key in left]:
        for draft in ready:  # whose editors may have further drafts in them
            draft.take(left.pop(draft.key))


def _areas(page: QWidget) -> Iterator[QAbstractScrollArea]:
    if isinstance(page, QAbstractScrollArea):
        yield page
    yield from page.findChildren(QAbstractScrollArea)


def _far(area: QAbstractScrollArea) -> int:
    return area.verticalScrollBar().value()


def _fields(page: QWidget) -> Iterator[QLineEdit | QPlainTextEdit]:
    yield from page.findChildren(QLineEdit)
    yield from page.findChildren(QPlainTextEdit)


def _is_typed(found: QLineEdit | QPlainTextEdit) -> bool:
    """Whether a person wrote what is there since a page did."""
    if isinstance(found, QLineEdit):
        return found.isModified()
    return found.document().isModified() and not found.isReadOnly()


def _text(found: QLineEdit | QPlainTextEdit) -> str:
    return found.text() if isinstance(found, QLineEdit) else found.toPlainText()


def _type(found: QLineEdit | QPlainTextEdit, text: str) -> None:
    """As a person does: it counts as typed from now on."""
    if isinstance(found, QLineEdit):
        found.setText(text)
        found.setModified(True)
        found.textEdited.emit(text)
    else:
        found.setPlainText(text)
        found.document().setModified(True)


def _path(page: QWidget, widget: QWidget) -> Path:
    if widget is page:
        return ()
    parent = widget.parentWidget()
    if parent is None:
        raise ValueError("the widget is not on the page")
    same = [one for one in _children(parent) if _name(one) == _name(widget)]
    return (*_path(page, parent), (_name(widget), same.index(widget)))


def _at(page: QWidget, path: Path) -> QWidget | None:
    found: QWidget = page
    for name, number in path:
        same = [one for one in _children(found) if _name(one) == name]
        if number >= len(same):
            return None
        found = same[number]
    return found


def _children(parent: QWidget) -> list[QWidget]:
    return parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _name(widget: QWidget) -> str:
    return widget.objectName() or type(widget).__name__
