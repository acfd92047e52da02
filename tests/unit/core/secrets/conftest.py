"""The `keyring` library with a back end in memory, which may refuse."""

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class Backend(KeyringBackend):
    """Entries in memory; `most` limits their size in UTF-16 bytes, as Windows does."""

    priority = 1  # type: ignore[assignment]  # a class property there, as its documentation has it
    name = "test keyring"  # type: ignore[assignment]  # likewise

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.most: int | None = None

    def _open(self) -> dict[tuple[str, str], str]:
        if self.error:
            raise self.error
        return self.kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.most is not None and len(password.encode("utf-16-le")) > self.most:
            raise OSError(1783, "CredWrite", "The stub received bad data.")
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._open().pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def backend(use: Callable[[KeyringBackend], None]) -> Backend:
    backend = Backend()
    use(backend)
    return backend
