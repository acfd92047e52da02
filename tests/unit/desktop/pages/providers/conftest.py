"""A desk with a real configuration file and service, whose keys are gone with the test."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets, ProtectedFile, Secrets
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.desktop.pages.providers.presenter import build
from ccr_desktop.desktop.shell import make_desk
from tests.support.turns import JsonObject

MakeDesk = Callable[[JsonObject], Desk]
Show = Callable[[QWidget], QWidget]
Open = Callable[[Desk, str], ProvidersPage]


@pytest.fixture
def memory() -> MemorySecrets:
    """What stands in for the system's password store."""
    return MemorySecrets()


@pytest.fixture
def secrets(home: Path, memory: MemorySecrets) -> Secrets:
    return Secrets(keyring=memory, file=ProtectedFile(home / "protected"))


@pytest.fixture
def config_file(home: Path) -> Path:
    return home / "config.json"


@pytest.fixture
def desk_of(qloop: Loop, config_file: Path, secrets: Secrets) -> Iterator[MakeDesk]:
    """Makes the desk of an app whose file holds this configuration; its service is off."""
    made: list[Desk] = []

    def make(raw: JsonObject) -> Desk:
        if raw:
            config_file.write_text(json.dumps(raw))
        store = ConfigStore(
            config_file if raw else None,
            explicit=bool(raw),
            environment={},
            secrets=secrets,
        )
        made.append(make_desk(store))
        return made[-1]

    yield make
    for desk in made:
        qloop.run_until_complete(desk.bridge.tasks.end())
        desk.secrets.close()


@pytest.fixture
def shown(qtbot: QtBot, look: theme.Theme) -> Show:
    """Shows a page or a part of one as a window, which is there for as long as the test runs."""
    kept: list[QWidget] = []  # `qtbot` does not, and a page without a parent is collected

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(760, 620)
        widget.show()
        return widget

    return show


@pytest.fixture
def opened(qloop: Loop, shown: Show) -> Open:
    """Shows the page of a desk at a detail: a provider, "add", or none; it is made on the loop."""

    def open_at(desk: Desk, detail: str) -> ProvidersPage:
        async def made() -> ProvidersPage:
            found = build(desk)
            assert isinstance(found, ProvidersPage)
            if detail:
                found.show_detail(detail)
            return found

        page = qloop.run_until_complete(made())
        shown(page)
        return page

    return open_at
