"""`streamoptions`: token counts in streams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccr_desktop.core.providers.profile import Profile


class StreamOptions:
    """Asks for usage with `stream_options`, also of servers that are known to refuse that."""

    name = "streamoptions"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def profile(self, profile: Profile) -> Profile:
        return replace(profile, stream_usage=True)
