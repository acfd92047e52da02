"""Says at the terminal what is waited for while a key does not come."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ccr_desktop.core.secrets import Secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

_AFTER_S = 3.0


class ToldSecrets(Secrets):
    """The store in use, for commands that wait until somebody has unlocked it."""

    def get(self, name: str) -> str | None:
        with _told(name):
            return super().get(name)


@contextmanager
def _told(name: str) -> Iterator[None]:
    telling = threading.Timer(_AFTER_S, _tell, [name])
    telling.daemon = True
    telling.start()
    try:
        yield
    finally:
        telling.cancel()


def _tell(name: str) -> None:
    print(
        f"ccr: waiting for your password store to give the key {name!r}. If a window asks you to"
        " unlock it, answer it.",
        file=sys.stderr,
        flush=True,
    )
