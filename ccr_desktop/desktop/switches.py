"""The person's switches of notices, as the configuration names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import NOTIFICATIONS
from ccr_desktop.desktop.notice import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


def kind_of(name: str) -> Kind:
    """`movedToBackup` is the kind "moved-to-backup"."""
    return Kind(re.sub(r"[A-Z]", lambda capital: f"-{capital[0].lower()}", name))


def switches_of(notifications: Mapping[str, bool]) -> dict[Kind, bool]:
    """By kind, all that the configuration can say something of."""
    return {kind_of(name): notifications.get(name, usual) for name, usual in NOTIFICATIONS.items()}
