"""Where a provider is, and what it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccr_desktop.core.config.dialects import inferred_dialect
from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.providers.catalog import PROFILES, find_profile, is_known
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.desktop.pages.providers.section import Section, line, put_text, text_of
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_AUTO = "auto"
_DIALECTS = BY_KEY["Providers[].dialect"].choices


class AddressSection(Section):
    """Address, kind of service, and whether the server wants a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = line("address", "https://")
        self.dialect = FilterPicker(self.tr("Kind of service"))
        self.dialect.setObjectName("dialect")
        self.profile = FilterPicker(self.tr("API behind the address"))
        self.profile.setObjectName("profile")
        self.no_key = Switch(self.tr("The server wants no key"))
        self.no_key.setObjectName("no-key")
        self._address_row = self.add_row("api_base_url", FormRow(self.tr("Address"), self.address))
        self.add_row("dialect", FormRow(self.tr("Kind of service"), self.dialect))
        words = self.tr("For gateways and own servers whose address does not tell.")
        self.add_row("profile", FormRow(self.tr("API behind the address"), self.profile, words))
        self.column.addWidget(self.no_key)
        self.address.textChanged.connect(lambda _text: self._address_changed())
        self.address.editingFinished.connect(self._look_at_address)
        self._address_row.fix_requested.connect(self._complete)
        self.dialect.picked.connect(lambda _key: self.changed.emit())
        self.profile.picked.connect(lambda _key: self.changed.emit())
        self.no_key.toggled.connect(lambda _on: self.changed.emit())

    def show_entry(self, entry: JsonObject) -> None:
        self.address.setText(text_of(entry.get("api_base_url")))
        said = text_of(entry.get("dialect"))
        self.dialect.set_current(said or _AUTO)
        profile = text_of(entry.get("profile"))
        self.profile.set_choices(_profile_choices(profile, self.tr("As the address tells")))
        self.profile.set_current(profile or _AUTO)
        self.no_key.show_checked(str(entry.get("auth") or "").strip().lower() == "none")
        self._describe()

    def put(self, entry: JsonObject) -> None:
        put_text(entry, "api_base_url", self.address.text())
        chosen = self.dialect.current()
        put_text(entry, "dialect", "" if chosen == _AUTO else chosen)
        profile = self.profile.current()
        put_text(entry, "profile", "" if profile == _AUTO else profile)
        was = str(entry.get("auth") or "").strip().lower() == "none"
        if self.no_key.isChecked() and not was:
            entry["auth"] = "none"
        elif was and not self.no_key.isChecked():
            entry.pop("auth")

    def url(self) -> str:
        return self.address.text().strip()

    def _address_changed(self) -> None:
        self._describe()
        self.changed.emit()

    def _look_at_address(self) -> None:
        """Offer the whole address where the beginning of one was typed."""
        typed = self.url()
        whole = _whole(typed)
        if typed and whole and whole != typed:
            words = self.tr("Requests usually go to {url}.").format(url=whole)
            self._address_row.show_error(words, self.tr("Use it"))

    def _complete(self) -> None:
        self.address.setText(_whole(self.url()) or self.url())
        self._address_row.clear_error()

    def _describe(self) -> None:
        """What is known of the address, and the name of each kind of service."""
        url = self.url()
        profile = find_profile(url) if "://" in url else None
        known = profile is not None and is_known(profile)
        words = (
            self.tr("Recognised: {name}.").format(name=profile.name) if known and profile else ""
        )
        self._address_row.help.setText(words)
        self._address_row.help.setVisible(bool(words))
        guess = dialect_words(inferred_dialect(url)) if "://" in url else ""
        auto = self.tr("As the address tells: {kind}").format(kind=guess)
        first = Choice(key=_AUTO, title=auto if guess else self.tr("As the address tells"))
        named = [Choice(key=name, title=dialect_words(name)) for name in _DIALECTS]
        self.dialect.set_choices([first, *named])


def dialect_words(name: str) -> str:
    """What a wire format is known as."""
    return {
        "openai-chat": "OpenAI Chat Completions",
        "openai-responses": "OpenAI Responses",
        "gemini": "Google Gemini",
        "anthropic": "Anthropic Messages",
        "ollama": "Ollama",
    }.get(name, name)


def _profile_choices(present: str, auto: str) -> list[Choice]:
    """Those that are known, and the one in the file, which may be none of them."""
    names = sorted({*PROFILES, present} - {""}, key=str.casefold)
    return [Choice(key=_AUTO, title=auto), *(Choice(key=name, title=name) for name in names)]


def _whole(typed: str) -> str:
    try:
        return complete_url(typed) if typed else ""
    except (ClientError, ValueError):
        return ""
