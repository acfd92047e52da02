"""The language of everything on the screen: English in the source, others from `resources/i18n`.

Qt's own words (the buttons of its dialogs) come from the translations that it ships itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from ccr_desktop import paths

SYSTEM, ENGLISH, CHINESE = "system", "en", "zh_CN"
SHIPPED = (ENGLISH, CHINESE)
NAMES = {ENGLISH: "English", CHINESE: "简体中文"}
"""Each language in its own words, so that it is found by those who read no other."""


class Language(QObject):
    """The language in force. `changed` is sent once all of its words are there."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""
        """What the setting says: `system` or one of `SHIPPED`."""
        self.code = ENGLISH
        self._translators: list[QTranslator] = []

    @property
    def is_source(self) -> bool:
        """Whether the words of the source are shown as they are."""
        return not self._translators

    def use(self, chosen: str, *extra: QTranslator) -> None:
        """Speak *chosen* from now on; *extra* translators are asked before the shipped ones."""
        if chosen == self.chosen and not extra and not self._has_extra():
            return
        self.chosen = chosen
        self.code = resolved(chosen)
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        QLocale.setDefault(_locale(chosen, self.code))
        self._translators = [*_shipped(self.code), *extra]
        for translator in self._translators:
            QCoreApplication.installTranslator(translator)
        self.changed.emit()

    def _has_extra(self) -> bool:
        return any(not translator.filePath() for translator in self._translators)


@cache
def current() -> Language:
    """The one of this process."""
    return Language()


def resolved(chosen: str, wishes: tuple[str, ...] | None = None) -> str:
    """The shipped language that *chosen* means; *wishes* are the desktop's, best first."""
    if chosen in SHIPPED:
        return chosen
    for wish in QLocale.system().uiLanguages() if wishes is None else wishes:
        language = wish.replace("_", "-").split("-")[0]
        if found := [code for code in SHIPPED if code.split("_")[0] == language]:
            return found[0]
    return ENGLISH


def _locale(chosen: str, code: str) -> QLocale:
    """Dates and figures as the desktop has them, where its language is the one in force."""
    system = QLocale.system()
    is_its_own = chosen == SYSTEM and QLocale(code).language() == system.language()
    return system if is_its_own else QLocale(code)


def words_of(code: str) -> QTranslator:
    """Our own words in a shipped language, whichever is in force."""
    return _loaded(paths.resource(f"i18n/ccr_desktop_{code}.qm"))


def _shipped(code: str) -> list[QTranslator]:
    """Qt's words first, ours later: the one that was installed last is asked first."""
    if code == ENGLISH:
        return []
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = (Path(qt) / f"qtbase_{code}.qm", paths.resource(f"i18n/ccr_desktop_{code}.qm"))
    return [_loaded(file) for file in files]


def _loaded(file: Path) -> QTranslator:
    translator = QTranslator()
    translator.load(str(file))
    return translator
