"""From the notice to the installer, through the dialog as a person sees it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from ccr_desktop.core.updates import handing
from ccr_desktop.core.updates.installation import Installation, Method
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Do
from ccr_desktop.desktop.updating import flow
from ccr_desktop.desktop.updating.dialog import UpdateDialog
from ccr_desktop.desktop.updating.flow import Updating
from ccr_desktop.desktop.updating.notes import NotesView
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.window import Window
from tests.support.release_site import ReleaseSite
from tests.unit.desktop.updating.conftest import INSTALLER, RUN
from tests.unit.desktop.updating.shop import dialog_of, opened, shop
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


class Scene:
    def __init__(self, window: Window, updating: Updating, dialog: UpdateDialog) -> None:
        self.window = window
        self.updating = updating
        self.dialog = dialog

    def button(self, name: str) -> QPushButton:
        found = self.dialog.findChild(QPushButton, f"update-{name}")
        assert isinstance(found, QPushButton)
        return found

    def says(self, words: str) -> bool:
        labels = self.dialog.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    @property
    def way_on(self) -> str:
        go = self.button("go")
        return go.text() if go.isVisible() else ""


@asynccontextmanager
async def seen(
    site: ReleaseSite,
    monkeypatch: pytest.MonkeyPatch,
    method: Method = Method.ARCHIVE,
    keys: dict[str, bytes] | None = None,
) -> AsyncIterator[Scene]:
    """The dialog about what the site has, for a program that was installed by *method*."""
    monkeypatch.setattr(flow, "find_installation", lambda: Installation(method))
    monkeypatch.setattr(flow, "pinned_keys", lambda: site.key.pinned if keys is None else keys)
    async with shop(site) as made:
        await made.desk.updates.check()
        async with opened(made) as (window, updating):
            made.desk.bridge.update_wanted.emit()
            dialog = dialog_of(window)
            assert dialog
            yield Scene(window, updating, dialog)


async def test_a_button_of_the_notice_opens_it(qloop: Loop, site: ReleaseSite) -> None:
    async with shop(site) as made:
        await made.desk.updates.check()
        await eventually(lambda: made.screen.shown)
        async with opened(made) as (window, _):
            [notice] = made.screen.shown
            assert [action.do for action in notice.actions] == [Do.SEE_CHANGES]

            made.desk.attention.act(notice, Do.SEE_CHANGES)

            assert dialog_of(window)


async def test_where_nothing_is_new_the_settings_are_shown(qloop: Loop, site: ReleaseSite) -> None:
    async with shop(site) as made, opened(made) as (window, _):
        made.desk.bridge.update_wanted.emit()

        assert dialog_of(window) is None
        assert window.page == "settings"


async def test_from_the_offer_to_the_installer(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("INSTALLER_TOLD", str(told))
    monkeypatch.setattr(handing, "own_app", lambda: ["/nowhere/ccr-desktop"])
    site.held.clear()
    async with seen(site, monkeypatch) as scene:
        wants: list[str] = []
        scene.window._desk.bridge.app_update_wanted.connect(lambda: wants.append("end"))
        assert scene.way_on == "Install"

        scene.button("go").click()
        bar = scene.dialog.findChild(QProgressBar)
        assert bar
        await eventually(lambda: bar.isVisible() and bar.maximum() == len(INSTALLER))
        assert scene.way_on == ""
        assert scene.button("later").text() == "Cancel"
        assert not told.exists()
        site.held.set()
        await eventually(lambda: scene.way_on == "Quit and install")
        assert scene.says("downloaded and verified")

        scene.button("go").click()
        await eventually(lambda: wants)
        assert not told.exists()
        assert dialog_of(scene.window) is None

        assert scene.updating.finish()
        assert scene.updating._started
        assert await asyncio.to_thread(scene.updating._started.wait, 60) == 0
        assert told.read_text().strip().endswith(RUN)


async def test_a_download_can_be_cancelled_and_begun_again(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.held.clear()
    async with seen(site, monkeypatch) as scene:
        scene.button("go").click()
        await eventually(lambda: site.asked(RUN))

        scene.button("later").click()

        await eventually(lambda: scene.way_on == "Install")
        assert scene.dialog.isVisible()
        site.held.set()
        scene.button("go").click()
        await eventually(lambda: scene.way_on == "Quit and install")


async def test_what_is_tampered_with_is_told_and_nothing_is_run(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.served[site.path(RUN)] = INSTALLER.replace(b"echo", b"evil")
    async with seen(site, monkeypatch) as scene:
        scene.button("go").click()

        await eventually(lambda: scene.way_on == "Try again")
        assert scene.says("did not pass the safety check")
        assert scene.says("is not the file that was signed")
        assert not scene.updating.finish()


async def test_what_was_changed_after_the_download_does_not_end_the_app(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seen(site, monkeypatch) as scene:
        wants: list[str] = []
        scene.window._desk.bridge.app_update_wanted.connect(lambda: wants.append("end"))
        scene.button("go").click()
        await eventually(lambda: scene.way_on == "Quit and install")
        fetched = scene.updating._fetched
        assert fetched
        fetched.path.write_bytes(b"evil")

        scene.button("go").click()

        await eventually(lambda: scene.says("was changed since"))
        assert wants == []


async def test_skipping_closes_it_for_good(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seen(site, monkeypatch) as scene:
        scene.button("skip").click()

        assert dialog_of(scene.window) is None
        assert scene.window._desk.updates.state.is_skipped


async def test_later_closes_it_and_keeps_it_listed(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seen(site, monkeypatch) as scene:
        scene.button("later").click()

        assert dialog_of(scene.window) is None
        assert scene.window._desk.attention.kept()


async def test_a_manager_is_named_with_its_command_to_copy(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seen(site, monkeypatch, Method.PIPX) as scene:
        assert scene.way_on == ""
        assert scene.says("The program that installed CCR Desktop")
        field = scene.dialog.findChild(CopyField)
        assert field

        field.copy()

        assert QGuiApplication.clipboard().text() == "pipx upgrade ccr-desktop"
        assert not site.asked("SHA256SUMS")


async def test_a_debian_package_is_fetched_and_its_command_shown(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish("9.0.0", {"ccr-desktop_9.0.0_all.deb": b"!<arch>"})
    started: list[Path] = []
    monkeypatch.setattr(flow, "open_package", lambda fetched: started.append(fetched.path))
    async with seen(site, monkeypatch, Method.DEB) as scene:
        scene.button("go").click()
        await eventually(lambda: scene.way_on == "Open the package")
        field = scene.dialog.findChild(CopyField)
        assert field
        assert field.text().startswith("sudo apt install ")
        assert field.text().endswith("ccr-desktop_9.0.0_all.deb")

        scene.button("go").click()

        await eventually(lambda: started)


async def test_without_a_pinned_key_there_are_notes_and_a_link_alone(
    qloop: Loop, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_pages: list[str] = []
    monkeypatch.setattr(
        "ccr_desktop.desktop.updating.flow.QDesktopServices.openUrl",
        lambda url: opened_pages.append(url.toString()),
    )
    async with seen(site, monkeypatch, keys={}) as scene:
        assert scene.way_on == ""
        assert scene.says("knows no key")

        scene.button("page").click()

        assert opened_pages == ["https://example.com/releases/v9.0.0"]


def test_headings_of_notes_are_no_larger_than_their_text() -> None:
    """The title of the dialog stands over them."""
    notes = NotesView()
    notes.show_notes("# New\n\nText\n\n## Fixed\n\n- One")
    notes.show()

    high = {words: _high(notes, words) for words in ("New", "Text", "Fixed", "One")}

    assert len(set(high.values())) == 1, high
    assert notes.document().find("Fixed").charFormat().fontWeight() > QFont.Weight.Medium
    notes.hide()


def _high(notes: NotesView, words: str) -> float:
    block = notes.document().find(words).block()
    return float(block.layout().lineAt(0).height())


def test_notes_load_nothing_and_links_leave_the_app(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setattr(
        "ccr_desktop.desktop.updating.notes.QDesktopServices.openUrl",
        lambda url: gone.append(url.toString()),
    )
    notes = NotesView()
    notes.show_notes(
        "# New\n![a picture](https://spy.example.com/x.png) <script>alert(1)</script>\n"
        "<img src='file:///etc/passwd'>\n[more](https://example.com/more)"
    )

    assert "alert(1)" not in notes.document().toHtml().replace("&lt;script&gt;alert(1)", "")
    assert "a picture" in notes.toPlainText()
    assert "\ufffc" not in notes.toPlainText()
    assert notes.loadResource(2, QUrl("https://spy.example.com/x.png")) is None
    for link in ("https://example.com/more", "file:///etc/passwd", "ccr-desktop://import"):
        notes.anchorClicked.emit(QUrl(link))
    assert gone == ["https://example.com/more"]
