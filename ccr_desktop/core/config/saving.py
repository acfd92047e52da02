"""One program at a time saves a configuration, so that none overwrites what another has saved."""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.file_lock import locked
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LIMIT_S = 10.0


class SavingTurn:
    """The right to save a file; the one who has it in this thread may take it again."""

    def __init__(self, limit_s: float = _LIMIT_S) -> None:
        self._limit_s = limit_s
        self._mine = threading.RLock()
        self._depth = 0

    @contextmanager
    def of(self, path: Path) -> Iterator[None]:
        """Save *path* within. Raises `CcrError` when somebody else does and does not end."""
        with self._mine, ExitStack() as held:
            if not self._depth:
                self._take(path, held)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def _take(self, path: Path, held: ExitStack) -> None:
        try:
            held.enter_context(locked(_lock_file(path), self._limit_s))
        except TimeoutError as exc:
            raise CcrError(
                f"Another program is saving {path} and does not end",
                "Nothing was changed. Try again in a moment.",
            ) from exc
        except OSError:
            pass  # where there can be no lock, saving itself tells what else can't be written


def _lock_file(path: Path) -> Path:
    """In our own folder: beside the file it would lie in a project, or where nobody may write."""
    place = os.path.normcase(os.path.realpath(path))
    name = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
    return paths.data_dir() / "saving" / f"{name}.lock"
