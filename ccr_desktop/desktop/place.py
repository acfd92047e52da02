"""Where something that can be looked for is in the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class Place:
    """`where` is a page, `settings/SECTION` or `routes/VIEW`.

    `field` is the object name of a widget there, `words` are further ones by which it is found.
    """

    where: str
    label: str
    field: str = ""
    words: str = ""

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Settings", self.label)

    @property
    def page(self) -> str:
        return self.where.partition("/")[0]

    @property
    def section(self) -> str:
        return self.where.partition("/")[2]


def row_name(key: str) -> str:
    """The object name of the row in Settings that shows a setting."""
    return f"setting-{key}"
