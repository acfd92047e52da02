"""Problems of an entry, for somebody who fills in a form and has never seen the file.

What is to be done is said by the core for whoever writes the file, or a command. Where that is of
no use in a form, `_HINTS` has what is said instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ccr_desktop.desktop.core_words import in_words, problem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.desktop.widgets.form_row import FormRow

_HINTS = (
    (
        re.compile(r"Set \S+, or write the value\."),
        QT_TRANSLATE_NOOP(
            "Providers",
            "Set it where the app starts, then start the app again; or enter the value here.",
        ),
    ),
    (re.compile(r"Write \[.*\]\."), QT_TRANSLATE_NOOP("Providers", "Enter it here.")),
    (
        re.compile(r"`ccr plugins list` names them all\."),
        QT_TRANSLATE_NOOP(
            "Providers", "One of a plugin needs that plugin: see Plugins in Settings."
        ),
    ),
)


def form_words(issue: Issue) -> str:
    """What is wrong and what to do, beside the field that it is about."""
    for pattern, instead in _HINTS:
        if pattern.fullmatch(issue.hint):
            hint = QCoreApplication.translate("Providers", str(instead))
            return f"{problem_words(issue.problem)} {hint}"
    return problem_words(issue.problem, issue.hint)


def worst(issues: Sequence[Issue]) -> Issue | None:
    """The one to be shown where there is room for one: an error before what may stay."""
    errors = (issue for issue in issues if issue.severity == "error")
    return next(errors, issues[0] if issues else None)


def show_beside(row: FormRow, issues: Sequence[Issue]) -> None:
    """Mark the field of *row*; a warning does not look as if it kept anybody from saving."""
    found = worst(issues)
    if found is None:
        row.clear_error()
    elif found.severity == "error":
        row.show_error(form_words(found))
    else:
        row.show_warning(form_words(found))


def words_below(issues: Sequence[Issue]) -> str:
    """Those that belong to no field: each with the name of its place in the entry."""
    return " ".join(in_words(str(issue)) for issue in issues)
