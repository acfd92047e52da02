"""Notices in a life of the app, minute by minute."""

from ccr_desktop.desktop.happenings import Happening
from ccr_desktop.desktop.notice import Kind, Notice
from ccr_desktop.desktop.notice_words import NoticeWords
from ccr_desktop.desktop.notices import Notices

NAMES = {"deepseek": "DeepSeek", "kimi": "Kimi", "openrouter": "OpenRouter"}


class Life:
    """Notices with a clock that the test turns."""

    def __init__(self, **settings: object) -> None:
        self.now_s = 1_000_000.0
        words = NoticeWords(name_of=lambda name: NAMES.get(name, name))
        self.notices = Notices(words=words, clock=lambda: self.now_s, **settings)

    def after(self, minutes: float, happening: Happening | None = None) -> list[Notice]:
        self.now_s += minutes * 60
        if happening is None:
            return self.notices.tick()
        return self.notices.note(happening)

    def kinds(self, minutes: float, happening: Happening | None = None) -> list[Kind]:
        return [notice.kind for notice in self.after(minutes, happening)]
