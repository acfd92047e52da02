"""Write `resources/context_windows.json`: how many tokens models take, by provider address.

The facts are those of genai-prices (https://github.com/pydantic/genai-prices, MIT). Run it with an
interpreter that has that package: `pip install genai-prices`.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from genai_prices.data import providers

KINDS = {"equals": "equals", "starts_with": "prefix", "contains": "part"}
TARGET = Path(__file__).parents[1] / "resources" / "context_windows.json"


def clauses(match: Any) -> list[tuple[str, str]]:
    """The plain comparisons in a match; patterns and negations are left out."""
    if alternatives := getattr(match, "or_", None):
        return [pair for part in alternatives for pair in clauses(part)]
    found = ((kind, getattr(match, name, None)) for name, kind in KINDS.items())
    return [(kind, text) for kind, text in found if isinstance(text, str)]


def table(models: Any) -> dict[str, dict[str, int]]:
    """Windows by the kind of comparison and the text compared with, in lower case."""
    windows: dict[str, dict[str, int]] = {}
    for model in models:
        for kind, text in [("equals", model.id), *clauses(model.match)]:
            if model.context_window:
                windows.setdefault(kind, {}).setdefault(text.lower(), model.context_window)
    return windows


def main() -> None:
    known = [(provider.api_pattern, table(provider.models)) for provider in providers]
    content = {
        "source": f"genai-prices {version('genai-prices')} (MIT), https://github.com/pydantic/genai-prices",
        "providers": [{"address": address, **windows} for address, windows in known if windows],
    }
    TARGET.write_text(json.dumps(content, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
