"""The field for a key: other vendors' keys, and a store that is not ready."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ccr_desktop.core.secrets import MemorySecrets, Place, Secrets, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import status
from ccr_desktop.core.setup.templates import Template, need_template
from ccr_desktop.desktop.file_passphrase import PassphraseDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.key_field import KeyField
from ccr_desktop.desktop.pages.providers.key_keeper import KeyKeeper
from tests.unit.desktop.answering import over
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Show
from tests.unit.desktop.waiting import eventually


@pytest.fixture
def field(shown: Show) -> KeyField:
    made = KeyField()
    template = need_template("deepseek")
    made.show_vendor(template, template.title, template.url)
    shown(made)
    return made


def button(field: KeyField, name: str) -> QPushButton:
    found = field.findChild(QPushButton, name)
    assert found is not None
    return found


def test_a_key_of_another_vendor_is_recognised(field: KeyField) -> None:
    wanted: list[Template] = []
    field.other_wanted.connect(wanted.append)

    QTest.keyClicks(field.secret.edit, "sk-ant-api03-abc")
    QTest.mouseClick(button(field, "add-other"), Qt.MouseButton.LeftButton)

    assert field.is_doubted
    assert field.doubt.isVisible()
    assert "a key of Anthropic" in field.doubt.text()
    assert [template.id for template in wanted] == ["anthropic"]


def test_such_a_key_can_be_used_anyway(field: KeyField) -> None:
    QTest.keyClicks(field.secret.edit, "sk-ant-api03-abc")
    anyway = button(field, "use-anyway")
    anyway.setFocus()
    QTest.keyClick(anyway, Qt.Key.Key_Space)

    assert not field.is_doubted
    assert not field.doubt.isVisible()
    assert field.text() == "sk-ant-api03-abc"


@pytest.mark.parametrize(
    ("vendor", "key"),
    [
        ("deepseek", "sk-1234567890"),
        ("openai", "sk-proj-abc"),
        ("openai", "sk-old-style"),
        ("anthropic", "sk-ant-api03-abc"),
    ],
)
def test_usual_keys_raise_no_doubt(field: KeyField, vendor: str, key: str) -> None:
    template = need_template(vendor)
    field.show_vendor(template, template.title, template.url)

    QTest.keyClicks(field.secret.edit, key)

    assert not field.is_doubted


def test_the_page_for_keys_is_opened(field: KeyField, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)

    button(field, "get-key").click()

    assert [url.toString() for url in opened] == [need_template("deepseek").key_url]


def test_a_typed_key_is_masked(field: KeyField) -> None:
    QTest.keyClicks(field.secret.edit, "sk-1234567890")

    assert "sk-1234567890" not in field.secret.edit.displayText()


class Refusing(MemorySecrets):
    """A store in some state, which unlocking mends."""

    state = StoreState.LOCKED

    def status(self) -> StoreStatus:
        return status(Place.KEYRING, self.state, "Secret Service")

    def unlock(self, passphrase: str = "") -> StoreStatus:
        self.state = StoreState.READY
        return self.status()


@pytest.mark.parametrize(
    ("state", "words", "way"),
    [
        (StoreState.LOCKED, "store is locked", "way-unlock"),
        (StoreState.DENIED, "was refused", "way-ask-again"),
        (StoreState.DENIED, "was refused", "way-use-file"),
        (StoreState.MISSING, "no password store", "way-use-file"),
        (StoreState.BROKEN, "store failed", "way-ask-again"),
    ],
)
def test_each_state_of_the_store_has_its_words_and_buttons(
    field: KeyField, state: StoreState, words: str, way: str
) -> None:
    field.store.show_store(status(Place.KEYRING, state, "Secret Service"))

    assert words in field.store.text()
    assert button(field, way).isVisible()


def test_a_button_that_is_offered_again_keeps_the_focus(field: KeyField) -> None:
    denied = status(Place.KEYRING, StoreState.DENIED, "Secret Service")
    field.store.show_store(denied)
    field.store.ways.focus_first()

    field.store.show_store(denied)

    focused = field.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == "way-ask-again"


class TestMending:
    @pytest.fixture
    def memory(self) -> Refusing:
        return Refusing()

    async def test_a_locked_store_is_unlocked_by_its_button(
        self, qloop: Loop, field: KeyField, desk_of: MakeDesk
    ) -> None:
        keeper = KeyKeeper(field.store, desk_of({}))
        keeper.look()
        await eventually(field.store.isVisible)

        QTest.mouseClick(button(field, "way-unlock"), Qt.MouseButton.LeftButton)

        await eventually(lambda: not field.store.isVisible())
        assert keeper.status is not None
        assert keeper.status.is_ready

    async def test_a_protected_file_is_begun_after_consent_only(
        self,
        qloop: Loop,
        field: KeyField,
        desk_of: MakeDesk,
        memory: Refusing,
        secrets: Secrets,
    ) -> None:
        memory.state = StoreState.MISSING
        keeper = KeyKeeper(field.store, desk_of({}))
        keeper.look()
        await eventually(field.store.isVisible)

        for agrees in (False, True):
            button(field, "way-use-file").click()
            dialog = await over(field, PassphraseDialog)
            assert secrets.place is Place.KEYRING
            (dialog.agree.click if agrees else dialog.reject)()
            await eventually(lambda: not field.findChild(PassphraseDialog))

        await eventually(lambda: not field.store.isVisible())
        assert secrets.place is Place.FILE

    async def test_the_field_has_the_focus_once_the_button_is_gone(
        self, qloop: Loop, field: KeyField, desk_of: MakeDesk, memory: Refusing
    ) -> None:
        memory.state = StoreState.MISSING
        KeyKeeper(field.store, desk_of({})).look()
        await eventually(field.store.isVisible)

        field.store.ways.focus_first()
        QTest.keyClick(button(field, "way-use-file"), Qt.Key.Key_Space)
        dialog = await over(field, PassphraseDialog)
        QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)

        await eventually(lambda: not field.store.isVisible())
        assert field.window().focusWidget() is field.secret.edit
