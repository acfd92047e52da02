"""Import and export in the window, with a store of keys in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from ccr_desktop.core.secrets import MemorySecrets, Place, Secrets, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import problem, status
from ccr_desktop.desktop.pages.settings.transfer import TransferView
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

KEY = "sk-planted-0123456789"
LINK = f"ccr://provider?name=One&base_url=https://api.example.com/v1&api_key={KEY}&models=m"
W = TypeVar("W", bound=QWidget)


class Store(MemorySecrets):
    state = StoreState.READY

    def set(self, name: str, secret: str) -> None:
        if self.state is not StoreState.READY:
            raise problem(Place.KEYRING, self.state)
        super().set(name, secret)

    def status(self) -> StoreStatus:
        return status(Place.KEYRING, self.state, "Test store")

    def unlock(self, passphrase: str = "") -> StoreStatus:
        return self.status()


@asynccontextmanager
async def transfer(
    more: dict[str, Any] | None = None, state: StoreState = StoreState.READY
) -> AsyncIterator[tuple[Shown, Secrets]]:
    async with section("general", more) as shown:
        store = Store()
        store.state = state
        secrets = Secrets(keyring=store)
        shown.desk.secrets._secrets = secrets
        shown.desk.bridge.store._secrets = secrets
        shown.page.show_detail("transfer")
        yield shown, secrets


async def opened(shown: Shown, kind: type[W], besides: QWidget | None = None) -> W:
    """The dialog of that kind, once it is there."""

    def find() -> list[W]:
        found = shown.page.window().findChildren(kind)
        return [each for each in found if each is not besides and each.isVisible()]

    await eventually(find)
    return find()[0]


def press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button
    button.click()


def says(dialog: QDialog, text: str) -> bool:
    labels = dialog.findChildren(QLabel)
    return any(text in label.text() for label in labels if label.isVisible())


def view(shown: Shown) -> TransferView:
    found = shown.page.findChild(TransferView)
    assert isinstance(found, TransferView)
    return found


def names(shown: Shown) -> list[str]:
    return [entry["name"] for entry in shown.desk.bridge.raw["Providers"]]


async def paste(shown: Shown, text: str) -> None:
    shown.find(QLineEdit, "import-text").setText(text)
    view(shown).look.click()
