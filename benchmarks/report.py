"""The results: medians over the rounds, ratios, and the Markdown table of them."""

from __future__ import annotations

import os
import platform
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.scenarios import Measure

HEADINGS = {"ours": "ours", "ccr": "CCR 1.0.73", "direct": "no router"}
RATIOS = (("ours", "ccr"),)


class Results:
    """Figures by scenario, measure and target, in the order in which they came."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, Measure], dict[str, list[float]]] = {}
        self._failed: dict[tuple[str, str], int] = defaultdict(int)
        self._complaints: list[str] = []

    def add(self, scenario: str, measure: Measure, target: str, value: float) -> None:
        by_target = self._values.setdefault((scenario, measure), defaultdict(list))
        by_target[target].append(value)

    def fail(self, scenario: str, target: str, count: int, complaint: str) -> None:
        """Requests that got no whole answer."""
        self._failed[scenario, target] += count
        self._complaints.append(f"{scenario}, {target}: {count} failed. {complaint}")

    def markdown(
        self,
        targets: Sequence[str],
        headings: Mapping[str, str] = HEADINGS,
        ratios: Sequence[tuple[str, str]] = RATIOS,
    ) -> str:
        compared = [pair for pair in ratios if {*pair} <= {*targets}]
        shown = [f"{headings[above]} / {headings[below]}" for above, below in compared]
        rows = [["scenario", "measure", *(headings[name] for name in targets), *shown]]
        rows.append(["---", "---", *["---:"] * (len(rows[0]) - 2)])
        for (scenario, measure), values in self._values.items():
            cells = [self._cell(scenario, name, values) for name in targets]
            quotients = [_ratio(values, *pair) for pair in compared]
            rows.append([scenario, measure.title, *cells, *quotients])
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([*lines, "", _machine(), *(f"- {text}" for text in self._complaints)])

    def _cell(self, scenario: str, target: str, values: dict[str, list[float]]) -> str:
        failed = self._failed[scenario, target]
        text = _figure(median(values[target])) if values.get(target) else "-"
        return f"{text} ({failed} failed)" if failed else text


def _ratio(values: dict[str, list[float]], above: str, below: str) -> str:
    if not values.get(above) or not values.get(below) or not median(values[below]):
        return "-"
    return f"{median(values[above]) / median(values[below]):.3g}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _machine() -> str:
    """What the figures were measured on; only the ratios mean something elsewhere."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    version = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()}, Python {version}, load {load:.1f}."
