"""How far somebody has come in the assistant, kept between starts without any secret."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from ccr_desktop import paths
from ccr_desktop.core.protocol.masking import without_secrets
from ccr_desktop.core.setup.templates import Template, find_template
from ccr_desktop.desktop.core_words import title_words

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.memory import Memory

WELCOME, PROVIDER, KEY, MODELS, LAUNCH = range(5)
_DRAFT = "wizard.draft"
_DISMISSED = "wizard.dismissed"
_LONGEST_TITLE = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was chosen so far. `models` are those a local server was found with.

    `main`, `background` and `long` are routes; `uses_environment` takes the key from the
    variable that the template names.
    """

    step: int = WELCOME
    template_id: str = ""
    name: str = ""
    url: str = ""
    models: tuple[str, ...] = ()
    uses_environment: bool = False
    main: str = ""
    background: str = ""
    long: str = ""
    folder: str = ""

    @property
    def template(self) -> Template | None:
        return find_template(self.template_id) if self.template_id else None

    @property
    def title(self) -> str:
        """As people know it; a server elsewhere by its address, cut where that is too long."""
        if self.template:
            return title_words(self.template)
        name = urlsplit(self.url).netloc.rpartition("@")[2] or self.name
        return name if len(name) <= _LONGEST_TITLE else f"{name[:_LONGEST_TITLE]}…"

    @property
    def needs_key(self) -> bool:
        return self.template is None or self.template.needs_key


class Progress(QObject):
    """The draft, written at each change; the typed key lives here and only here."""

    provider_changed = Signal()

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self.draft = read_draft(memory.get(_DRAFT, {}))
        self.key = ""
        self.has_passed = False
        """Whether the connection test of this provider went well."""

    def change(self, **members: Any) -> None:
        self.draft = replace(self.draft, **members)
        kept = _to_keep(self.draft)
        self._memory.set(_DRAFT, {**asdict(kept), "models": list(kept.models)})

    def choose(self, **members: Any) -> None:
        """Another provider: what belonged to the one before is forgotten."""
        blank: dict[str, Any] = {
            "template_id": "", "name": "", "url": "", "models": (), "uses_environment": False,
            "main": "", "background": "", "long": "",
        }  # fmt: skip
        self.key, self.has_passed = "", False
        self.change(**blank | members)
        self.provider_changed.emit()

    def dismiss(self) -> None:
        """It does not open by itself any more."""
        self._memory.set(_DISMISSED, True)

    def finish(self) -> None:
        """All is done: who opens it again begins at the beginning."""
        self.dismiss()
        self.choose(step=WELCOME, folder="")


def _to_keep(draft: Draft) -> Draft:
    """Without what opens its address: until that is saved, somebody enters it there again."""
    url = without_secrets(draft.url)
    is_whole = url == draft.url or draft.step == LAUNCH
    return replace(draft, url=url, step=draft.step if is_whole else min(draft.step, PROVIDER))


def read_draft(found: dict[str, Any]) -> Draft:
    """The draft as it was kept; what does not fit is left out."""
    known: dict[str, Any] = {field.name: field.default for field in fields(Draft)}
    members: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in found.items()
        if name in known
    }
    fitting: dict[str, Any] = {
        name: value for name, value in members.items() if type(value) is type(known[name])
    }
    draft = replace(Draft(), **fitting)
    return draft if WELCOME <= draft.step <= LAUNCH else replace(draft, step=WELCOME)


def opens_by_itself(desk: Desk) -> bool:
    """Whether this is a first start: no settings of our own, and nobody closed the assistant.

    A file of ours that can't be used is no first start: what it says is to be mended.
    """
    store = desk.bridge.store
    is_broken = bool(store.problems) and store.path != paths.legacy_config_file()
    is_first = not has_own_settings(store.config) and not is_broken
    return is_first and not desk.memory.get(_DISMISSED, False)


def has_own_settings(config: Config) -> bool:
    """Those of claude-code-router, read in place, are not ours."""
    return config.source is not None and config.source != paths.legacy_config_file()
