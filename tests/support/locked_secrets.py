"""A store of keys that gives none until somebody has opened it, or refused to."""

import threading

from ccr_desktop.core.secrets import MemorySecrets, Place, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import problem, status


class LockedSecrets(MemorySecrets):
    """`asked` are the names of keys in the order in which somebody waited for them."""

    def __init__(self, **secrets: str) -> None:
        super().__init__(**secrets)
        self.asked: list[str] = []
        self._is_refused = False
        self._answered = threading.Event()

    def open(self) -> None:
        self._answered.set()

    def refuse(self) -> None:
        self._is_refused = True
        self._answered.set()

    def lock(self) -> None:
        self._is_refused = False
        self._answered.clear()

    def get(self, name: str) -> str | None:
        self.asked.append(name)
        self._answered.wait()
        if self._is_refused:
            raise problem(Place.KEYRING, StoreState.DENIED)
        return super().get(name)

    def status(self) -> StoreStatus:
        state = StoreState.READY if self._answered.is_set() else StoreState.LOCKED
        return status(Place.KEYRING, state, self.describe())

    def unlock(self, passphrase: str = "") -> StoreStatus:
        self._is_refused = False
        self.open()
        return self.status()
