"""The unsaved text of the settings file, kept over an end that asks nobody: of the session, say.

It is as secret as the settings file, lies beside what else the app remembers, and goes as a whole.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.text_form import TextForm
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.desktop.state import FileText, UnsavedText
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptText:
    unsaved: UnsavedText = field(repr=False)
    at_s: float


def keep(unsaved: UnsavedText | None) -> None:
    """For the next start; None: nothing waits for it."""
    path = _path()
    try:
        if unsaved is None:
            _remove(path)
        else:
            write_safely(path, json.dumps(_written(unsaved)).encode())
    except (OSError, CcrError) as exc:
        log.warning("the unsaved text of the settings is lost: %s", exc)


def kept() -> KeptText | None:
    """What was kept by the app that ran before."""
    path = _path()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return KeptText(_read(found), path.stat().st_mtime)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as exc:
        log.warning("the kept text of the settings can't be read: %s", exc)
        return None


def _path() -> Path:
    return paths.data_dir() / "unsaved-settings.json"


def _remove(path: Path) -> None:
    """And what a write that came to no end has left."""
    for begun in path.parent.glob(f".{path.name}.*"):
        begun.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _written(unsaved: UnsavedText) -> dict[str, object]:
    base, form = unsaved.base, unsaved.base.form or TextForm()
    return {
        "text": unsaved.text,
        "base": base.text,
        "revision": base.revision,
        "encoding": form.encoding,
        "has_mark": form.has_mark,
        "line_end": form.line_end,
        "mixed": form.mixed,
    }


def _lines(found: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(found, list):
        return ()
    return tuple((str(line), str(end)) for line, end in found)


def _read(found: dict[str, object]) -> UnsavedText:
    form = TextForm(
        str(found["encoding"]),
        found["has_mark"] is True,
        str(found["line_end"]),
        _lines(found.get("mixed", ())),
    )
    base = FileText(str(found["base"]), str(found["revision"]), form)
    return UnsavedText(str(found["text"]), base)
