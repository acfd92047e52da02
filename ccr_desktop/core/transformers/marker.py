"""Names that say what a provider is. Dialect and profile follow from them; nothing runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Marker:
    """A transformer without hooks."""

    def __init__(self, _options: Mapping[str, Any]) -> None: ...
