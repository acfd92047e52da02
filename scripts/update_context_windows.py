"""Write `resources/context_windows.json`: how many tokens models take, by provider address.

The facts are those of genai-prices (https://github.com/pydantic/genai-prices, MIT). Run it with an
interpreter that has that package: `pip install genai-prices`. Where it does not know the window of
a model at its maker, it may know that of the same model at OpenRouter, whose names begin with the
maker's.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genai_prices.data import providers

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {"equals": "equals", "starts_with": "prefix", "contains": "part"}
BROKER = "openrouter"
MAKERS = {
    "arcee": "arcee-ai",
    "cohere": "cohere",
    "google": "google",
    "minimax": "minimax",
    "mistral": "mistralai",
    "moonshotai": "moonshotai",
    "openai": "openai",
    "perplexity": "perplexity",
}
"""What OpenRouter's names of their models begin with."""
TARGET = Path(__file__).parents[1] / "resources" / "context_windows.json"


def clauses(match: Any) -> list[tuple[str, str]]:
    """The plain comparisons in a match; patterns and negations are left out."""
    if alternatives := getattr(match, "or_", None):
        return [pair for part in alternatives for pair in clauses(part)]
    found = ((kind, getattr(match, name, None)) for name, kind in KINDS.items())
    return [(kind, text) for kind, text in found if isinstance(text, str)]


def table(models: Any, at_broker: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Windows by the kind of comparison and the text compared with, in lower case.

    What the broker says counts for the very name: at the maker, others may have moved on.
    """
    windows: dict[str, dict[str, int]] = {}
    for model in models:
        for kind, text in [("equals", model.id), *clauses(model.match)]:
            if model.context_window:
                windows.setdefault(kind, {}).setdefault(text.lower(), model.context_window)
    for model in models:
        if window := at_broker.get(model.id):
            windows.setdefault("equals", {}).setdefault(model.id.lower(), window)
    return windows


def made_by(maker: str, models: Any) -> dict[str, int]:
    """The windows of a maker's models at the broker, by the names that the maker gives them."""
    return {
        model.id.removeprefix(f"{maker}/"): model.context_window
        for model in models
        if maker and model.context_window and model.id.startswith(f"{maker}/")
    }


def main() -> None:
    (broker,) = (provider for provider in providers if provider.id == BROKER)
    known = [
        (one.api_pattern, table(one.models, made_by(MAKERS.get(one.id, ""), broker.models)))
        for one in providers
    ]
    content = {
        "source": f"genai-prices {version('genai-prices')} (MIT), https://github.com/pydantic/genai-prices",
        "providers": [{"address": address, **windows} for address, windows in known if windows],
    }
    TARGET.write_text(json.dumps(content, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
