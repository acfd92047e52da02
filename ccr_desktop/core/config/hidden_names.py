"""Texts of the file with signs that nobody sees: a name that looks like another is no accident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue, Severity
from ccr_desktop.core.config.positions import path_text
from ccr_desktop.core.hidden_signs import hidden_signs

if TYPE_CHECKING:
    from collections.abc import Mapping

_HINT = "It can make a text look like another: take it out, or write the text anew."


def note_hidden_signs(
    raw: Mapping[str, Any], issues: list[Issue], severity: Severity = "warning"
) -> None:
    """An issue for each place with such a text, but where something is wrong already."""
    known = {issue.where for issue in issues}
    for place, sign in hidden_signs(raw):
        if (where := path_text(place)) not in known:
            problem = f"has the invisible sign {sign} in it."
            issues.append(Issue(where, problem, _HINT, severity))
