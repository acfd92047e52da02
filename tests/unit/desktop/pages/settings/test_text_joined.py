"""The settings are changed elsewhere while a text of them is not saved."""

from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.pages.settings.shown import section
from tests.unit.desktop.pages.settings.test_text import file, view
from tests.unit.desktop.waiting import eventually


async def test_what_was_changed_elsewhere_is_put_into_unsaved_text(qloop: Loop) -> None:
    async with section("text") as shown:
        own, bridge = await view(shown), shown.desk.bridge
        text = own.editor.text().replace("{", "{ // mine\n", 1)
        own.editor.setPlainText(text.replace("45671", "45675"))
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(own.conflict.isVisible)
        assert own.conflict.button.text() == "Keep both"

        own.conflict.button.click()
        await eventually(own.conflict.isHidden)
        own.save_button.click()

        await eventually(lambda: bridge.config.port == 45675)
        assert not bridge.config.writes_log
        assert "// mine" in file().read_text(encoding="utf-8")


async def test_the_same_changed_elsewhere_is_to_be_chosen(qloop: Loop) -> None:
    async with section("text") as shown:
        own, bridge = await view(shown), shown.desk.bridge
        mine = own.editor.text().replace("45671", "45675")
        own.editor.setPlainText(mine)
        await bridge.edit(lambda raw: {**raw, "PORT": 45672}, "Port: 45672")
        await eventually(own.conflict.isVisible)
        assert own.conflict.button.text() == "Keep my text"

        own.conflict.button.click()
        await eventually(own.conflict.isHidden)
        own.save_button.click()

        await eventually(lambda: bridge.config.port == 45675)
        assert file().read_text(encoding="utf-8") == mine


async def test_both_are_kept_once_the_text_can_be_read(qloop: Loop) -> None:
    async with section("text") as shown:
        own, bridge = await view(shown), shown.desk.bridge
        own.editor.setPlainText(own.editor.text().replace("45671", ""))
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(lambda: own.conflict.button.text() == "Keep my text")

        own.editor.setPlainText(own.editor.text().replace('"PORT": ', '"PORT": 45675'))

        await eventually(lambda: own.conflict.button.text() == "Keep both")
