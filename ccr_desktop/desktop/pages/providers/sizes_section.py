"""What is said of single models: how much they take in, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ccr_desktop.core.config.tokenizers import ENCODINGS
from ccr_desktop.desktop.pages.providers.cell_rows import CellRows, Cells, Column
from ccr_desktop.desktop.pages.providers.section import Section, number_or_text, text_of
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_USUAL = "usual"
_PRICES = ("input", "output", "cache_read", "cache_write")


class SizesSection(Section):
    """Memory sizes and prices, a row for each model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        model = Column(name=self.tr("Model"), placeholder=self.tr("name, or * for all"))
        tokens = Column(name=self.tr("Tokens"), placeholder="128000", wide=120)
        self.windows = CellRows("windows", (model, tokens), self.tr("Add memory size"))
        words = self.tr("Only for models whose size is not known: the provider's list tells most.")
        self.add_row(
            "context_windows",
            FormRow(self.tr("Memory size (tokens)"), self.windows, words),
        )
        columns = (
            Column(name=self.tr("Model")),
            Column(name=self.tr("Input"), wide=72),
            Column(name=self.tr("Output"), wide=72),
            Column(name=self.tr("Cache read"), wide=84),
            Column(name=self.tr("Cache write"), wide=84),
        )
        self.prices = CellRows("prices", columns, self.tr("Add price"))
        words = self.tr("US dollars for a million tokens.")
        self.add_row("prices", FormRow(self.tr("Prices"), self.prices, words))
        self.tokenizer = ChoiceBox(self.tr("Tokens are counted by"))
        self.tokenizer.setObjectName("tokenizer")
        self.add_row("tokenizer", FormRow(self.tr("Tokens are counted by"), self.tokenizer))
        self.tokenizer.picked.connect(lambda _key: self.changed.emit())
        self.windows.changed.connect(self.changed)
        self.prices.changed.connect(self.changed)
        self._shown: tuple[list[Cells], list[Cells]] = ([], [])

    def show_entry(self, entry: JsonObject) -> None:
        windows, prices = _object(entry, "context_windows"), _object(entry, "prices")
        self._shown = (
            [(name, text_of(size)) for name, size in windows.items()],
            [_price_cells(name, price) for name, price in prices.items()],
        )
        known = dict.fromkeys([*ENCODINGS, *filter(None, [_encoding(entry)])])
        usual = (_USUAL, self.tr("as usual"))
        self.tokenizer.set_choices([usual, *((name, name) for name in known)])
        self.tokenizer.set_current(_encoding(entry) or _USUAL)
        self.windows.show_cells(self._shown[0])
        self.prices.show_cells(self._shown[1])

    def put(self, entry: JsonObject) -> None:
        self._put_encoding(entry)
        if (cells := self.windows.cells()) != self._shown[0]:
            _replace(entry, "context_windows", {row[0]: number_or_text(row[1]) for row in cells})
        if (cells := self.prices.cells()) != self._shown[1]:
            before = _object(entry, "prices")
            _replace(entry, "prices", {row[0]: _price(row, before.get(row[0])) for row in cells})

    def _put_encoding(self, entry: JsonObject) -> None:
        """For all models; what the file says of single ones stays."""
        chosen = self.tokenizer.current()
        if chosen == (_encoding(entry) or _USUAL):
            return
        said = {**_object(entry, "tokenizer")}
        if chosen == _USUAL:
            said.pop("default", None)
        else:
            said["default"] = {"type": "tiktoken", "encoding": chosen}
        _replace(entry, "tokenizer", said)


def _encoding(entry: JsonObject) -> str:
    """The vocabulary that the entry names for all models."""
    said = _object(_object(entry, "tokenizer"), "default")
    return text_of(said.get("encoding"))


def _object(entry: JsonObject, key: str) -> JsonObject:
    found = entry.get(key)
    return found if isinstance(found, dict) else {}


def _replace(entry: JsonObject, key: str, value: JsonObject) -> None:
    if value:
        entry[key] = value
    else:
        entry.pop(key, None)


def _price_cells(name: str, price: Any) -> Cells:
    said = price if isinstance(price, dict) else {}
    return (name, *(text_of(said.get(member)) for member in _PRICES))


def _price(cells: Cells, before: Any) -> JsonObject:
    """The amounts that were given, with what else the file said of this price."""
    kept = before if isinstance(before, dict) else {}
    rest = {key: value for key, value in kept.items() if key not in _PRICES}
    pairs = zip(_PRICES, cells[1:], strict=True)
    return {**rest, **{member: number_or_text(text) for member, text in pairs if text}}
