"""By which routes a folder goes that the configuration names in `projects`. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.setup.edits import is_same_folder
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.state import model_of

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config


def route_set_of(config: Config, folder: Path) -> str:
    """The route set of a folder; empty where it has none."""
    chosen = next((c for f, c in config.projects.items() if is_same_folder(f, str(folder))), "")
    return chosen if isinstance(chosen, str) else ""


def routing_of(config: Config, folder: Path) -> str:
    """The route set of a folder, or the models of its own route; empty where it has neither."""
    chosen = next((c for f, c in config.projects.items() if is_same_folder(f, str(folder))), "")
    return chosen if isinstance(chosen, str) else lists.names(model_of(str(c)) for c in chosen)
