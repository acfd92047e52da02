"""What the placeholders mean, and how Claude Code comes to show the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from ccr_desktop.desktop.pages.settings.line_words import placeholders
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.code_box import CodeBox
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Mapping


class PlaceholdersCard(Card):
    """Each with its meaning, and its value in the preview; one that is opened is inserted."""

    insert_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(_tr("Placeholders"))
        self.set_help(_tr("What a text may hold in double braces, and what it is in the preview."))
        self.rows = RowList(_tr("Placeholders"), fit_content=True)
        self.rows.setObjectName("line-placeholders")
        self.rows.set_actions([RowAction(key="insert", text=_tr("Put into the text"), icon="plus")])
        more = Disclosure(_tr("All placeholders"))
        more.setObjectName("line-placeholders-open")
        more.add(self.rows)
        self.add(more)
        self.rows.opened.connect(self.insert_wanted)
        self.rows.action_requested.connect(lambda key, _action: self.insert_wanted.emit(key))

    def show_values(self, values: Mapping[str, str]) -> None:
        self.rows.set_rows(
            [
                Row(
                    key=name,
                    title=f"{{{{{name}}}}}",
                    subtitle=meaning,
                    trailing=values.get(name, ""),
                )
                for name, meaning in placeholders().items()
            ]
        )


class ClaudeCodeCard(Card):
    """What happens by itself, and what to do for a Claude Code that is started elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(_tr("Use it in Claude Code"))
        self.add(
            BodyText(
                _tr(
                    "With the switch above on, sessions that you open on the page Launch or with"
                    " “ccr code” have the line by themselves. They get it in a file of their own:"
                    " the settings of Claude Code stay as they are."
                )
            )
        )
        self.add(
            HelpText(
                _tr(
                    "For a Claude Code that you start in another way, put this into its settings"
                    " ({file}):"
                ).format(file="~/.claude/settings.json")
            )
        )
        self.snippet = CodeBox(_tr("For the settings of Claude Code"))
        self.snippet.setObjectName("line-snippet")
        self.add(self.snippet)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StatusLine", text)
