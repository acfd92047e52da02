"""PySide looks into the source of each module that is imported after it, for its own name.

It wants to know which modules may choose other names for Qt's functions (`from __feature__ import
snake_case`). The text of all of them stays in `linecache`, 14 MB of the app, and the reading takes
a tenth of its start. None of ours makes that choice.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  # which loads what is looked up below

_FEATURES = "shibokensupport.feature"
_LOOKS = "_mod_uses_pyside"


def leave_sources_alone() -> None:
    """A PySide that does it otherwise is left as it is."""
    features = sys.modules.get(_FEATURES)
    if hasattr(features, _LOOKS):
        setattr(features, _LOOKS, _chooses_no_names)


def _chooses_no_names(_module: object) -> bool:
    return False
