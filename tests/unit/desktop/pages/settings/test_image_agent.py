"""Pictures in Settings."""

from PySide6.QtWidgets import QPushButton

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.switch import Switch
from tests.unit.desktop.attended import RAW
from tests.unit.desktop.pages.settings.shown import section
from tests.unit.desktop.waiting import eventually


async def test_the_model_for_pictures_is_shown_and_chosen_on_routes(qloop: Loop) -> None:
    async with section("pictures") as shown:
        bridge = shown.desk.bridge
        await eventually(lambda: shown.says("None. Pictures go to whatever model is chosen"))
        router = {**RAW["Router"], "image": ["kimi,k2.7", "deepseek,chat"]}
        await bridge.edit(lambda raw: {**raw, "Router": router}, "")
        await eventually(lambda: shown.says("k2.7 of kimi; then chat"))
        wanted: list[str] = []
        bridge.page_wanted.connect(wanted.append)

        shown.find(QPushButton, "image-model").click()

        assert wanted == ["routes"]


async def test_the_agent_can_keep_new_pictures_from_the_other_model(qloop: Loop) -> None:
    async with section("pictures") as shown:
        bridge = shown.desk.bridge
        shown.find(Switch, "image-agent").click()
        await eventually(lambda: bridge.raw.get("forceUseImageAgent") is True)
        assert bridge.config.force_image_agent
        await eventually(lambda: shown.says("Does nothing until there is a model"))
        bridge.undo()
        await eventually(lambda: not bridge.config.force_image_agent)
