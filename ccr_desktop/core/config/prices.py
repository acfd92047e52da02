"""Reading what a provider's models cost."""

from __future__ import annotations

import sys
from dataclasses import fields
from typing import Any

from ccr_desktop.core.config.fields import shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import Price
from ccr_desktop.core.config.spelling import note_unknown_keys

OF_PRICES = tuple(member.name for member in fields(Price))
"""What there is to say of the prices of a model."""


def read_prices(found: Any, where: str, issues: list[Issue]) -> dict[str, Price]:
    """Prices by model."""
    if found is None:
        return {}
    if not isinstance(found, dict):
        hint = 'Write {"model": {"input": 0.5, "output": 2}}.'
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return {}
    prices = {}
    for model, entry in found.items():
        if price := _price(entry, f"{where}.{model}", issues):
            prices[model] = price
    return prices


def _price(entry: Any, where: str, issues: list[Issue]) -> Price | None:
    if not isinstance(entry, dict):
        hint = 'Write {"input": 0.5, "output": 2}, in US dollars for a million tokens.'
        issues.append(Issue(where, f"found {shown(entry)}.", hint))
        return None
    note_unknown_keys(entry, OF_PRICES, where, issues)
    amounts = {}
    for name in OF_PRICES:
        if (found := entry.get(name)) is None:
            continue
        if _is_amount(found):
            amounts[name] = float(found)
        else:
            hint = "US dollars for a million tokens are allowed, 0 or more."
            issues.append(Issue(f"{where}.{name}", f"found {shown(found)}.", hint))
    return Price(**amounts)


def _is_amount(found: Any) -> bool:
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return is_number and 0 <= found <= sys.float_info.max
