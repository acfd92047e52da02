"""A problem in the configuration, with its place and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.core.protocol.sentences import ended

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """`where` is a JSON path such as `Providers[0].api_key`; `hint` says what to do.

    `follows` is the place of the problem that this one comes from, beside which it is not shown.
    """

    where: str
    problem: str
    hint: str = ""
    severity: Severity = "error"
    follows: str = ""

    def __str__(self) -> str:
        return self._told(self.problem)

    @property
    def summary(self) -> str:
        """The problem on one line: of a traceback, its file and its last line."""
        first, _, more = self.problem.strip().partition("\n")
        if not more:
            return first
        file, colon, _ = first.partition(": ")
        return f"{file}{colon}{more.rpartition(chr(10))[2]}"

    def summarised(self) -> str:
        """As `str`, on one line."""
        return self._told(self.summary)

    def _told(self, problem: str) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return visible(f"{place}{ended(problem) if hint else problem}{hint}")
