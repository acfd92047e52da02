"""Reading `Failover`. What is wrong there is a warning, and the usual holds in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import is_given, read_setting, shown, texts
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import FAILURES, Failover
from ccr_desktop.core.config.settings import BY_KEY, keys_of
from ccr_desktop.core.config.spelling import did_you_mean, note_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHERE = "Failover"


def read_failover(found: Any, issues: list[Issue]) -> Failover:
    """When another try is made, as the object *found* says."""
    noted: list[Issue] = []
    if isinstance(found, dict):
        failover = _read(found, noted)
    else:
        failover = Failover()
        if is_given(found):
            noted.append(Issue(_WHERE, f"found {shown(found)}.", "An object is allowed."))
    issues.extend(replace(issue, severity="warning") for issue in noted)
    return failover


def _read(found: Mapping[str, Any], issues: list[Issue]) -> Failover:
    note_unknown_keys(found, keys_of(_WHERE), _WHERE, issues)
    values = {f"{_WHERE}.{name}": value for name, value in found.items()}

    def number(name: str) -> Any:
        return read_setting(BY_KEY[f"{_WHERE}.{name}"], values, issues)

    return Failover(
        tries=number("tries"),
        longest_wait_s=number("longestWait"),
        when=_when(found.get("when"), issues),
        pause_after=number("pauseAfter"),
        pause_s=number("pauseFor"),
    )


def _when(found: Any, issues: list[Issue]) -> tuple[str, ...]:
    if found is None:
        return FAILURES
    known = []
    for index, name in enumerate(texts(found, f"{_WHERE}.when", issues)):
        if name in FAILURES:
            known.append(name)
        else:
            hint = f"{did_you_mean(name, FAILURES)}Allowed: {', '.join(FAILURES)}."
            problem = f"there is no failure {shown(name)}."
            issues.append(Issue(f"{_WHERE}.when[{index}]", problem, hint))
    return tuple(known) if isinstance(found, list) else FAILURES
