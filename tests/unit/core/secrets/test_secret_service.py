"""A Secret Service whose windows are answered, which takes a person with a real one."""

import os
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from ccr_desktop.core.secrets import KeyringSecrets, StoreState, WayOut, secret_service
from ccr_desktop.errors import SecretError
from tests.unit.core.secrets.conftest import Backend

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a Secret Service is Linux's")


class ServiceBackend(Backend):
    """A back end that passes for that of the Secret Service."""


ServiceBackend.__module__ = "keyring.backends.SecretService"


class ItemNotFoundException(Exception):
    """Named as in the library."""


class PromptDismissedException(ItemNotFoundException):
    """Likewise."""


class SecretServiceNotAvailableException(Exception):
    """Likewise."""


class Item:
    def __init__(self, user: str) -> None:
        self.user = user

    def get_attributes(self) -> dict[str, str]:
        return {"service": "ccr-desktop", "username": self.user}


class Service(ModuleType):
    """The library `secretstorage` before a service of which each test says what it does."""

    ItemNotFoundException = ItemNotFoundException

    def __init__(self) -> None:
        super().__init__("secretstorage")
        self.is_there = True
        self.has_collection = True
        self.is_locked_now = False
        self.answer = ""
        """What a person does in the window: `password`, `cancel`, or nothing that helps."""
        self.failure: Exception | None = None
        self.closed = 0

    def dbus_init(self) -> "Service":
        if self.failure:
            raise self.failure
        return self

    def close(self) -> None:
        self.closed += 1

    def check_service_availability(self, _bus: Any) -> bool:
        return self.is_there

    def Collection(self, _bus: Any) -> "Service":  # noqa: N802  # the library's own name
        if not self.has_collection:
            raise ItemNotFoundException("Item does not exist!")
        return self

    def get_default_collection(self, bus: Any) -> "Service":
        if not self.has_collection:
            if self.answer != "password":
                raise PromptDismissedException("Prompt dismissed.")
            self.has_collection = True
        return self.Collection(bus)

    def is_locked(self) -> bool:
        return self.is_locked_now

    def unlock(self) -> bool:
        self.is_locked_now = self.answer != "password"
        return self.answer == "cancel"

    def search_items(self, _attributes: Any) -> Iterator[Item]:
        return map(Item, ["provider:b", "provider:a", "part:0:0:a", ""])


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, use: Any) -> Service:
    service = Service()
    monkeypatch.setitem(sys.modules, "secretstorage", service)
    use(ServiceBackend())
    return service


def test_an_open_collection_is_ready(service: Service) -> None:
    store = KeyringSecrets(may_prompt=False)

    assert store.status().is_ready
    store.set("a", "sk-1")
    assert store.get("a") == "sk-1"
    assert store.names(["a", "z"]) == ["a", "b"]
    assert service.closed


@pytest.mark.parametrize(
    ("answer", "after"),
    [("password", StoreState.READY), ("cancel", StoreState.DENIED), ("", StoreState.LOCKED)],
)
@pytest.mark.parametrize(
    ("has_collection", "way"),
    [(True, WayOut.UNLOCK), (False, WayOut.SET_UP)],
    ids=["locked", "not set up"],
)
def test_a_locked_or_new_collection_asks_only_when_it_is_to(
    service: Service, answer: str, after: StoreState, has_collection: bool, way: WayOut
) -> None:
    service.is_locked_now, service.answer = has_collection, answer
    service.has_collection = has_collection
    store = KeyringSecrets(may_prompt=False)

    before = StoreState.LOCKED if has_collection else StoreState.NEW
    assert (store.status().state, store.status().ways_out[0]) == (before, way)
    with pytest.raises(SecretError) as caught:
        store.get("a")
    assert caught.value.state is before
    unlocked = store.unlock()

    is_dismissed = not has_collection and answer == ""
    assert unlocked.state is (StoreState.DENIED if is_dismissed else after)
    if after is StoreState.DENIED:
        assert unlocked.ways_out == (WayOut.ASK_AGAIN, WayOut.USE_FILE)
        assert "Nothing was deleted" in unlocked.text
    assert store.status().is_ready is (after is StoreState.READY)


def test_a_service_that_is_gone_is_missing(service: Service) -> None:
    service.is_there = False

    assert KeyringSecrets().status().state is StoreState.MISSING


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (SecretServiceNotAvailableException("no bus"), StoreState.MISSING),
        (ConnectionResetError("gone"), StoreState.BROKEN),
    ],
    ids=["no bus", "a bus that went away"],
)
def test_a_bus_that_fails_is_a_state(
    service: Service, failure: Exception, state: StoreState
) -> None:
    service.failure = failure
    store = KeyringSecrets()

    assert store.status().state is state
    assert store.unlock().state is state
    with pytest.raises(SecretError) as caught:
        store.names()
    assert caught.value.state is state
    assert store.describe() == "Secret Service"


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("gnome-keyring-d\n", "Secret Service (GNOME Keyring)"),
        ("ksecretd\n", "Secret Service (KWallet)"),
        ("kwalletd6\n", "Secret Service (KWallet)"),
        ("keepassxc\n", "Secret Service (KeePassXC)"),
        ("another\n", "Secret Service"),
    ],
)
def test_the_program_behind_it_is_named(
    service: Service, monkeypatch: pytest.MonkeyPatch, program: str, name: str
) -> None:
    class Bus:
        def __init__(self, *_: object) -> None:
            pass

        def GetConnectionUnixProcessID(self, _name: str) -> tuple[int]:  # noqa: N802  # D-Bus's
            return (os.getpid(),)

    monkeypatch.setattr("jeepney.io.blocking.Proxy", Bus)
    monkeypatch.setattr(secret_service.Path, "read_text", lambda *_, **__: program)

    assert KeyringSecrets().describe() == name
