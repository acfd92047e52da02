"""Unsaved text of an app that ran before is offered over the file, and never used unasked."""

from pathlib import Path

from ccr_desktop import paths
from ccr_desktop.desktop import kept_text
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.text import TextSection
from ccr_desktop.desktop.state import FileText, UnsavedText
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually


def file() -> Path:
    return paths.config_dir() / "config.json"


def is_kept() -> bool:
    return (paths.data_dir() / "unsaved-settings.json").exists()


async def offered(shown: Shown, text: str, *, revision: str = "") -> TextSection:
    """The section with an offer over it; its file is as it was, without *revision*."""
    own = shown.page.findChild(TextSection)
    assert isinstance(own, TextSection)
    now = file().read_text(encoding="utf-8")
    await eventually(lambda: own.editor.text() == now)
    base = FileText(now, revision or shown.desk.bridge.store.present.revision)
    kept_text.keep(UnsavedText(text, base))
    shown.desk.bridge.draft.bring_back()
    await shown.desk.bridge.reload()
    shown.desk.bridge.config_changed.emit(shown.desk.bridge.config)
    return own


async def test_it_is_offered_and_the_file_is_shown_until_then(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await offered(shown, "{ // mine\n}")
        await eventually(own.offer.isVisible)

        assert own.editor.text() == file().read_text(encoding="utf-8")
        assert own.editor.isReadOnly()
        assert not own.save_button.isEnabled()
        assert "changed since then" not in own.offer.text()

        own.offer.button.click()

        assert own.editor.text() == "{ // mine\n}"
        assert not own.offer.isVisible()
        assert not own.editor.isReadOnly()
        assert own.save_button.isEnabled()
        assert is_kept()
        own.revert_button.click()
        await eventually(lambda: not is_kept())


async def test_a_discarded_offer_is_gone(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await offered(shown, "{ // mine\n}")
        await eventually(own.offer.isVisible)

        own.offer.other_button.click()

        assert not own.offer.isVisible()
        assert not own.editor.isReadOnly()
        assert own.editor.text() == file().read_text(encoding="utf-8")
        await eventually(lambda: not is_kept())


async def test_a_file_that_changed_meanwhile_is_told_and_both_are_offered(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await offered(shown, "{ // mine\n}", revision="before")
        await eventually(own.offer.isVisible)
        assert "changed since then" in own.offer.text()

        own.offer.button.click()
        await eventually(own.conflict.isVisible)
        assert own.editor.text() == "{ // mine\n}"
        own.conflict.other_button.click()

        assert own.editor.text() == file().read_text(encoding="utf-8")
        await eventually(lambda: not is_kept())


async def test_what_the_file_says_meanwhile_is_not_offered(qloop: Loop) -> None:
    async with section("text") as shown:
        text = file().read_text(encoding="utf-8").replace("45671", "45672")
        own = await offered(shown, text)
        await eventually(own.offer.isVisible)
        file().write_text(text, encoding="utf-8")
        await shown.desk.bridge.reload()

        await eventually(lambda: not is_kept())
        assert not own.offer.isVisible()
        await eventually(lambda: own.editor.text() == text)


async def test_laying_out_waits_for_the_answer(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await offered(shown, "{ // mine\n}")
        await eventually(own.offer.isVisible)
        before = own.editor.text()

        own.format_button.click()

        assert not own.format_button.property("busy")
        assert own.editor.text() == before
        own.offer.other_button.click()
