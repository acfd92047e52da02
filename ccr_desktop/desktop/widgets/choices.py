"""Things to choose from, in groups, and those of them that match what is typed."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.widgets.visible import show_hidden_signs

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing; *detail* stands at its end in the secondary colour."""

    key: str
    title: str
    group: str = ""
    detail: str = ""
    enabled: bool = True

    def __post_init__(self) -> None:
        show_hidden_signs(self, "title", "group", "detail")


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group."""

    text: str

    def __post_init__(self) -> None:
        show_hidden_signs(self, "text")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, taken as it is."""

    text: str
    words: str

    def __post_init__(self) -> None:
        show_hidden_signs(self, "words")


Entry = Choice | Heading | Typed


class ChoiceRole(enum.IntEnum):
    """What the model gives beside Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


class Later(Sequence[Choice]):
    """Choices that are made when somebody looks at them: most lists are never opened."""

    def __init__(self, make: Callable[[], Iterable[Choice]]) -> None:
        self._make = make
        self._made: tuple[Choice, ...] | None = None

    def _all(self) -> tuple[Choice, ...]:
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    @overload
    def __getitem__(self, number: int) -> Choice: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Choice]: ...
    def __getitem__(self, number: int | slice) -> Choice | Sequence[Choice]:
        return self._all()[number]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Choice]:
        return iter(self._all())


class Sought:
    """Choices that are searched as something is typed, letter by letter."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._choices = choices
        self._texts: list[str] | None = None

    def matching(self, typed: str) -> Sequence[Choice]:
        """Those that have every typed word somewhere in their title, key, group or detail."""
        words = typed.casefold().split()
        if not words:
            return self._choices
        if self._texts is None:
            self._texts = [_sought_in(each) for each in self._choices]
        found = list(zip(self._choices, self._texts, strict=True))
        for word in words:
            found = [each for each in found if word in each[1]]
        return [choice for choice, _text in found]

    def has(self, typed: str) -> bool:
        """Whether it is the key or the title of one of them."""
        return any(typed in {choice.key, choice.title} for choice in self._choices)


def _sought_in(choice: Choice) -> str:
    return f"{choice.title} {choice.key} {choice.group} {choice.detail}".casefold()


def grouped(choices: Iterable[Choice]) -> list[Choice | Heading]:
    """The choices below the names of their groups, groups in the order they first came."""
    groups: defaultdict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        groups[choice.group].append(choice)
    entries: list[Choice | Heading] = []
    for name, members in groups.items():
        if name:
            entries.append(Heading(name))
        entries.extend(members)
    return entries


class ChoiceModel(QStringListModel):
    """Headings cannot be chosen, and are passed over by the keys.

    Qt asks for the number of rows twice a row when it lays out a list. So the model is one that
    counts without Python, of as many empty texts.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self.setStringList([""] * len(self._entries))

    def entry(self, index: Index) -> Entry | None:
        return self._entries[index.row()] if index.isValid() else None

    def find(self, key: str) -> int:
        """Where a choice is; the first one that can be chosen if it is not there; or -1."""
        first = self.next_able(-1, 1)
        if key:
            for number, entry in enumerate(self._entries):
                if isinstance(entry, Choice) and entry.key == key and entry.enabled:
                    return number
        return first

    def next_able(self, number: int, step: int) -> int:
        """The next one that can be chosen; stays where there is none."""
        goal = number + step
        while 0 <= goal < len(self._entries):
            if _is_able(self._entries[goal]):
                return goal
            goal += step
        return number

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index)
        if entry is None or not _is_able(entry):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ChoiceRole.ENTRY:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _said(entry)
        return None


def _is_able(entry: Entry) -> bool:
    return not isinstance(entry, Heading) and (not isinstance(entry, Choice) or entry.enabled)


def _said(entry: Entry) -> str:
    match entry:
        case Choice():
            return lists.phrases((entry.title, entry.group, entry.detail))
        case Heading():
            return entry.text
        case Typed():
            return entry.words
