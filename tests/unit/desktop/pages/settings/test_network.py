"""The proxy with its password, and the file with own certificates."""

import math
from pathlib import Path
from types import SimpleNamespace

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from ccr_desktop.core.config.addresses import PROXY_SCHEMES, SYSTEM_PROXY
from ccr_desktop.core.secrets import MemorySecrets, Secrets
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.certificates import CertificateRow
from ccr_desktop.desktop.pages.settings.proxy import joined, split
from ccr_desktop.desktop.pages.settings.proxy_fields import ProxyFields
from ccr_desktop.desktop.unsaved import unsaved_in
from ccr_desktop.errors import SecretError, WriteError
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

PROXY = "http://proxy.test:8080"


class Refusing(MemorySecrets):
    """A store that takes nothing."""

    def set(self, name: str, secret: str) -> None:
        raise SecretError("No store", "There is none")


def fields(shown: Shown) -> ProxyFields:
    found = shown.page.findChild(ProxyFields)
    assert isinstance(found, ProxyFields)
    return found


def certificates(shown: Shown) -> CertificateRow:
    found = shown.page.findChild(CertificateRow)
    assert isinstance(found, CertificateRow)
    return found


def fill(shown: Shown, **texts: str) -> None:
    for name, text in texts.items():
        shown.find(QLineEdit, f"proxy-{name}").setText(text)
    shown.find(QPushButton, "use-proxy").click()


async def test_the_systems_proxy_or_none_is_one_click(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:hidden@of-system.test:1")
    async with section("network") as shown:
        assert fields(shown).mode.choice.current() == "none"

        fields(shown).mode.choice.set_current("system")
        await eventually(lambda: shown.desk.bridge.config.proxy_url == SYSTEM_PROXY)
        await eventually(lambda: "of-system.test" in fields(shown).mode.help_text())
        assert "hidden" not in fields(shown).mode.help_text()

        fields(shown).mode.choice.set_current("none")
        await eventually(lambda: "PROXY_URL" not in shown.desk.bridge.raw)


async def test_the_help_names_every_kind_of_proxy(qloop: Loop) -> None:
    async with section("network") as shown:
        labels = fields(shown).address_row.findChildren(QLabel)
        words = " ".join(label.text() for label in labels)

    assert [kind for kind in PROXY_SCHEMES if f"{kind}://" not in words] == []


async def test_an_own_proxy_is_written_once_there_is_one(qloop: Loop) -> None:
    async with section("network") as shown:
        fields(shown).mode.choice.set_current("own")
        address = shown.find(QLineEdit, "proxy-address")
        await eventually(address.isVisible)
        assert "PROXY_URL" not in shown.desk.bridge.raw

        fill(shown, address="")
        assert fields(shown).address_row.error()
        fill(shown, address="ftp://proxy.test")
        assert "socks5" in fields(shown).address_row.error()

        address.setText("proxy.test:8080")
        QTest.keyClick(address, Qt.Key.Key_Return)
        await eventually(lambda: shown.desk.bridge.raw.get("PROXY_URL") == PROXY)
        await eventually(lambda: address.text() == PROXY)


async def test_a_password_goes_to_the_key_store_and_comes_back_by_undo(qloop: Loop) -> None:
    async with section("network") as shown:
        bridge = shown.desk.bridge
        secrets = Secrets(keyring=MemorySecrets())
        shown.desk.secrets._secrets = bridge.store._secrets = secrets
        fields(shown).mode.choice.set_current("own")
        fill(shown, address=PROXY, user="me@work", password="first:secret")
        await eventually(lambda: bridge.raw.get("PROXY_URL") == "keyring:proxy")
        assert bridge.config.proxy_url == "http://me%40work:first%3Asecret@proxy.test:8080"
        await eventually(lambda: shown.says("the key store"))
        assert shown.find(QLineEdit, "proxy-user").text() == "me@work"
        assert shown.find(QLineEdit, "proxy-password").text() == ""

        fill(shown, password="second")
        await eventually(lambda: ":second@" in bridge.config.proxy_url)
        assert "second" not in bridge.editor.undo_words

        bridge.undo()
        await eventually(lambda: ":first%3Asecret@" in bridge.config.proxy_url)


async def test_what_is_in_use_is_no_further_change(qloop: Loop) -> None:
    async with section("network") as shown:
        bridge = shown.desk.bridge
        secrets = Secrets(keyring=MemorySecrets())
        shown.desk.secrets._secrets = bridge.store._secrets = secrets
        fields(shown).mode.choice.set_current("own")
        fill(shown, address=PROXY, password="first")
        await eventually(lambda: ":first@" in bridge.config.proxy_url)
        await eventually(lambda: shown.says("the key store"))

        fill(shown, password="")
        fill(shown, password="second")
        await eventually(lambda: ":second@" in bridge.config.proxy_url)

        bridge.undo()
        await eventually(lambda: ":first@" in bridge.config.proxy_url)
        bridge.undo()
        await eventually(lambda: "PROXY_URL" not in bridge.raw)


async def test_without_a_key_store_that_is_told_and_nothing_written(qloop: Loop) -> None:
    async with section("network") as shown:
        shown.desk.secrets._secrets = Secrets(keyring=Refusing())
        fields(shown).mode.choice.set_current("own")
        fill(shown, address=PROXY, password="secret")

        await eventually(fields(shown).address_row.error)
        assert "PROXY_URL" not in shown.desk.bridge.raw


async def test_a_password_is_not_kept_where_the_settings_can_not_be_saved(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refuse(*found: object, **_: object) -> None:
        asked.append(found)
        raise WriteError("The file can't be written", "The disk is full. Nothing was changed.")

    async with section("network") as shown:
        kept = MemorySecrets()
        shown.desk.secrets._secrets = Secrets(keyring=kept)
        monkeypatch.setattr(shown.desk.bridge.store, "save", refuse)
        fields(shown).mode.choice.set_current("own")

        fill(shown, address=PROXY, password="secret")

        await eventually(lambda: asked)
        await eventually(lambda: kept.get("proxy") is None)


async def test_the_password_is_not_given_to_another_proxy(qloop: Loop) -> None:
    async with section("network", {"PROXY_URL": "http://me:hidden@proxy.test:1"}) as shown:
        assert shown.find(QLineEdit, "proxy-address").text() == "http://proxy.test:1"

        fill(shown, address="http://other.test:1")

        await eventually(lambda: "other.test" in shown.desk.bridge.config.proxy_url)
        assert "hidden" not in shown.desk.bridge.config.proxy_url


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (PROXY, (PROXY, "", "")),
        ("socks5://a:b%3A@h:1", ("socks5://h:1", "a", "b:")),
        ("http://only@h", ("http://h", "only", "")),
    ],
)
def test_an_address_and_its_login_are_two_things(url: str, parts: tuple[str, str, str]) -> None:
    assert split(url) == parts
    assert joined(*parts) == url


async def test_what_is_in_a_file_of_certificates_is_told(qloop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    trustme.CA(organization_name="Company").cert_pem.write_to_path(path)
    async with section("network", {"CA_FILE": str(path)}) as shown:
        await eventually(lambda: "One certificate." in certificates(shown).help_text())
        assert certificates(shown).said() == ""


async def test_a_file_without_certificates_is_told_at_its_row(qloop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "wrong.pem"
    path.write_text("nothing", "utf-8")
    async with section("network") as shown:
        certificates(shown).wanted.emit(str(path))

        await eventually(lambda: "holds no certificates" in certificates(shown).said())

        certificates(shown).wanted.emit(None)
        await eventually(lambda: certificates(shown).said() == "")


async def test_a_file_that_is_not_there_is_told_as_such(qloop: Loop, tmp_path: Path) -> None:
    async with section("network") as shown:
        certificates(shown).wanted.emit(str(tmp_path / "gone.pem"))

        await eventually(lambda: certificates(shown).said().startswith("There is no file"))
        assert "PEM" not in certificates(shown).said()


async def test_what_is_wrong_with_the_setting_stays_told_when_the_file_was_looked_at(
    qloop: Loop,
) -> None:
    async with section("network") as shown:
        row = certificates(shown)
        row.show_error("There is no file.")
        row.show_file_problem("")

        assert row.said() == "There is no file."


async def test_one_that_has_ended_is_told(
    qloop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ca.pem"
    trustme.CA(organization_name="Company").cert_pem.write_to_path(path)
    clock = SimpleNamespace(time=lambda: math.inf)
    monkeypatch.setattr("ccr_desktop.desktop.pages.settings.certificates.time", clock)
    async with section("network", {"CA_FILE": str(path)}) as shown:
        await eventually(lambda: "no longer valid" in certificates(shown).said())


async def test_what_is_typed_stays_and_counts_as_unsaved_until_it_is_used(qloop: Loop) -> None:
    async with section("network") as shown:
        own = fields(shown)
        own.mode.choice.set_current("own")
        own.address.setText("proxy.test:8080")
        await shown.desk.bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(lambda: not shown.desk.bridge.tasks._tasks)
        assert own.address.isVisible()
        assert own.address.text() == "proxy.test:8080"
        assert [each.place for each in unsaved_in(shown.page)] == ["settings/network"]

        own.use.click()
        await eventually(lambda: own.address.text() == PROXY)
        assert not unsaved_in(shown.page)
        own.address.setText("proxy.test:8080")
        own.use.click()
        await eventually(lambda: own.address.text() == PROXY)

        own.address.setText("other")
        own.mode.choice.set_current("none")
        await eventually(lambda: not own.address.isVisible())
        assert not unsaved_in(shown.page)
