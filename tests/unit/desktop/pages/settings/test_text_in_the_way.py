"""What stands where the settings file should be, and can't be shown as text."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.text import TextSection
from ccr_desktop.errors import ConfigError
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.pages.settings.test_text import file, view
from tests.unit.desktop.waiting import eventually


def _folder(path: Path) -> None:
    path.mkdir()


def _foreign(path: Path) -> None:
    path.write_bytes(b'{ "x": "\xff\xfe" }')


def _endless(path: Path) -> None:
    path.write_text(f"[{' ' * 1_000_001}]", encoding="utf-8")


async def put(shown: Shown, own: TextSection, make: Callable[[Path], object]) -> None:
    """Have *make* put something in place of the file, and the problem asked for."""
    file().unlink()
    make(file())
    with suppress(ConfigError):
        await shown.desk.bridge.reload()
    own.show_detail("problem")


def words(own: TextSection) -> str:
    return " ".join(label.text() for label in own.in_the_way.findChildren(QLabel))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_folder, "It is a folder. Move it away"),
        (_foreign, "The file is not text in UTF-8 (line 1). Save it as UTF-8 in your editor."),
        (_endless, "The file has more than 1,000,000 characters: edit it elsewhere."),
    ],
)
async def test_it_is_said_in_place_of_an_empty_text(
    qloop: Loop, make: Callable[[Path], object], said: str
) -> None:
    async with section("text") as shown:
        own = await view(shown)

        await put(shown, own, make)

        await eventually(own.in_the_way.isVisible)
        assert said in words(own)
        assert not own.editor.isVisible()
        assert not own.save_button.isVisible()
        assert not own.problems.isVisible()
        await eventually(own.in_the_way.button.has_cursor)


async def test_its_folder_is_opened(qloop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "ccr_desktop.desktop.pages.settings.text_presenter.open_path",
        lambda _bridge, _parent, path: opened.append(path),
    )
    async with section("text") as shown:
        own = await view(shown)
        await put(shown, own, _folder)
        await eventually(own.in_the_way.isVisible)

        own.in_the_way.button.click()

        assert opened == [file().parent]


async def test_the_text_is_there_again_with_the_file(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        before = own.editor.text()
        await put(shown, own, _folder)
        await eventually(own.in_the_way.isVisible)

        file().rmdir()
        file().write_text(before, encoding="utf-8")
        await shown.desk.bridge.reload()

        await eventually(lambda: own.editor.isVisible() and own.editor.text() == before)
        assert not own.in_the_way.isVisible()
        assert own.state.text() == "As in the file"
        assert not own.editor.isReadOnly()


async def test_unsaved_text_stays_and_what_is_in_the_way_is_said_above(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        QTest.keyClicks(own.editor, " ")
        text = own.editor.text()

        await put(shown, own, _folder)

        await eventually(own.refused.isVisible)
        assert "It is a folder." in own.refused.text()
        assert own.editor.isVisible()
        assert own.editor.text() == text

        own.save_button.click()
        await eventually(own.refused.isVisible)
        assert "It is a folder." in own.refused.text()
        assert file().is_dir()


async def test_an_empty_file_is_an_empty_text(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)

        await put(shown, own, Path.touch)

        await eventually(lambda: own.editor.text() == "")
        assert own.editor.isVisible()
        await eventually(own.problems.isVisible)


async def test_without_a_file_it_is_said_where_a_save_makes_it(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        place = file().with_name("elsewhere.json").resolve()

        await put(shown, own, lambda link: link.symlink_to(place))

        await eventually(lambda: own.editor.text() == "{}\n")
        assert own.state.text() == f"There is no file yet: saving makes {place}"
        own.editor.setPlainText('{ "PORT": 45673 }')
        own.save_button.click()
        await eventually(place.is_file)
        await eventually(lambda: own.state.text() == "As in the file")
        assert file().is_symlink()
