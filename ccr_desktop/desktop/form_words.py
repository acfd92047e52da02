"""Problems of an entry, for somebody who fills in a form and has never seen the file.

What is to be done is said by the core for whoever writes the file, or a command. Where that is of
no use in a form, `_PROBLEMS` and `_HINTS` have what is said instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ccr_desktop.core.config.spelling import NO_SUCH_SETTING
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words, problem_words
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.setting_places import nearest_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.desktop.widgets.form_row import FormRow

_PROBLEMS = (
    (re.compile(r"found ''\."), QT_TRANSLATE_NOOP("Providers", "This is empty.")),
    (
        re.compile(r"there is no such model in `models`\."),
        QT_TRANSLATE_NOOP("Providers", "The provider has no such model."),
    ),
    (
        re.compile(r"(.+) has no model (.+) in its list `models`\."),
        QT_TRANSLATE_NOOP("Providers", "{0} has no model {1}."),
    ),
)
_HINTS = (
    (
        re.compile(r"Set \S+, or write the value\.$"),
        QT_TRANSLATE_NOOP(
            "Providers",
            "Set it where the app starts, then start the app again; or enter the value here.",
        ),
    ),
    (
        re.compile(r"Write \[.*\]\.$|Run `ccr keys set .*`\.$"),
        QT_TRANSLATE_NOOP("Providers", "Enter it here."),
    ),
    (
        re.compile(r"`ccr plugins list` names them all\.$"),
        QT_TRANSLATE_NOOP(
            "Providers", "One of a plugin needs that plugin: see Plugins in Settings."
        ),
    ),
    (
        re.compile(r'Set api_key, or "auth": "none" when .*$'),
        QT_TRANSLATE_NOOP("Providers", "Enter it, or switch on “The server wants no key”."),
    ),
    (
        re.compile(r"Write the key of your account, .*$"),
        QT_TRANSLATE_NOOP("Providers", "Enter the key of your account."),
    ),
    (
        re.compile(r"Add it to `models`, or correct the name\.$"),
        QT_TRANSLATE_NOOP("Providers", "Add it to the models, or correct the name."),
    ),
    (
        re.compile(r"It is asked for all the same; add it to `models` when it is right\.$"),
        QT_TRANSLATE_NOOP(
            "Providers",
            "It is asked for all the same; add it to the provider's models when it is right.",
        ),
    ),
    (
        re.compile(r'Write "[^",]+,[^"]+".*$'),
        QT_TRANSLATE_NOOP("Providers", "Choose a provider and one of its models."),
    ),
    (
        re.compile(r"Give it `when`, or put it behind the other rules\.$"),
        QT_TRANSLATE_NOOP("Providers", "Add a condition, or move it behind the other rules."),
    ),
    (
        re.compile(r"Add a condition, or leave out `when` where that is meant\.$"),
        QT_TRANSLATE_NOOP("Providers", "Add a condition, unless that is meant."),
    ),
    (
        re.compile(r"Give it to the provider, as its `transformer`\.$"),
        QT_TRANSLATE_NOOP("Providers", "Choose it among the compatibility fixes of the provider."),
    ),
    (
        re.compile(r"`route` says which model answers\.$"),
        QT_TRANSLATE_NOOP("Providers", "“Use a model” says which model answers."),
    ),
    (
        re.compile(r"Give it one of: route, .*\.$"),
        QT_TRANSLATE_NOOP("Providers", "Add what is to be done."),
    ),
    (
        re.compile(r"Allowed is an object of names and texts, .*$"),
        QT_TRANSLATE_NOOP("Providers", "Enter a name and its value."),
    ),
    (
        re.compile(r"Allowed is a span such as .*$"),
        QT_TRANSLATE_NOOP("Providers", "Enter a span such as 22:00-06:00."),
    ),
)


def form_words(issue: Issue) -> str:
    """What is wrong and what to do, beside the field that it is about."""
    problem, hint = _problem(issue.problem), _hint(issue.hint)
    return put_together((problem, hint))


def _problem(said: str) -> str:
    for pattern, instead in _PROBLEMS:
        if found := pattern.fullmatch(said):
            return _tr(str(instead)).format(*found.groups())
    return problem_words(said)


def _hint(said: str) -> str:
    """What stands before it, such as what may have been meant, is kept."""
    for pattern, instead in _HINTS:
        if found := pattern.search(said):
            return put_together((in_words(said[: found.start()].strip()), _tr(str(instead))))
    return in_words(said)


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
    """Those of a provider that belong to no field: each with what its place is called."""
    return put_together(map(_below, issues))


def _below(issue: Issue) -> str:
    if issue.problem == NO_SUCH_SETTING:
        words = _tr("The settings file has “{name}” here, which is no setting.")
        name = issue.where.rpartition(".")[2]
        return f"{words.format(name=name)} {_hint(issue.hint)}".strip()
    title = nearest_title(f"Providers[].{issue.where}") if issue.where else ""
    return lists.titled(title, form_words(issue)) if title else form_words(issue)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Providers", text)
