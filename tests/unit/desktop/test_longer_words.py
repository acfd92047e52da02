"""In a language whose words are 40 % longer nothing is cut, and nothing stays in English."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ccr_desktop import __version__
from ccr_desktop.desktop import language
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.window import Window
from tests.support.pseudo import PseudoTranslator
from tests.unit.desktop.fitting import cut, overflow, overlaps, unfilled, untranslated
from tests.unit.desktop.views import SIZES, crowded, crowded_window, drawn, shown, takes_long

OTHER_NAMES = (
    *language.NAMES.values(),
    *("cl100k_base", "o200k_base"),
    *("general-purpose", "Explore", "Plan"),
    *("shop", "main", "deepseek-v4-pro"),  # in the sample of a status line
    f"CCR Desktop {__version__}",
)
"""What is called the same in every language."""

Look = Callable[[Window], Iterable[str]]
_LOOKS = 200

pytestmark = pytest.mark.usefixtures("look", "longer")


@pytest.fixture
def longer(qapp: QApplication) -> Iterator[None]:
    language.current().use("en", PseudoTranslator())
    yield
    language.current().use("en")


@takes_long
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
async def test_no_longer_word_is_cut(qloop: Loop, size: QSize) -> None:
    wrong: list[str] = []
    async with crowded_window(size) as window:
        async for view in shown(window):
            assert window.size() == size
            for look in (cut, overflow, overlaps, unfilled):
                wrong += [f"{view.name}: {words}" for words in await lasting(look, window)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@takes_long
async def test_no_word_is_left_in_english(qloop: Loop) -> None:
    wrong: list[str] = []
    names = {*_texts(crowded()), *OTHER_NAMES}
    async with crowded_window() as window:
        async for view in shown(window):
            wrong += [f"{view.name}: {words}" for words in untranslated(window, names)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


async def lasting(look: Look, window: Window) -> list[str]:
    """What is wrong still when all was laid out, which takes a moment on a busy machine."""
    for _ in range(_LOOKS):
        found = [*look(window)]
        if not found:
            break
        await drawn()
    return found


def _texts(told: object) -> Iterator[str]:
    """All words of a configuration; a route is the names of a provider and of a model."""
    if isinstance(told, dict):
        yield from _texts([*told.keys(), *told.values()])
    elif isinstance(told, list):
        for each in told:
            yield from _texts(each)
    elif isinstance(told, str) and told:
        yield from (told, *told.split(","), told.rsplit("/", 1)[-1])
