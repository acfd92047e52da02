"""Where a configuration names files: an export has their paths, and not what is in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"^(?:path|file)$|[_-](?:path|file|cert|ca)$", re.IGNORECASE)


def files_named_in(value: Any, place: str = "") -> Iterator[str]:
    """`transformers[0].path`, for each setting that is a path."""
    match value:
        case dict():
            for key, item in value.items():
                inner = f"{place}.{key}" if place else str(key)
                if isinstance(item, str) and item.strip() and _NAME.search(str(key)):
                    yield inner
                else:
                    yield from files_named_in(item, inner)
        case list():
            for index, item in enumerate(value):
                yield from files_named_in(item, f"{place}[{index}]")
