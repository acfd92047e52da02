"""What is left to be done by hand after an import."""

import json
from pathlib import Path

from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.loop import Loop
from tests.support.foreign.made import cc_switch_database
from tests.unit.desktop.pages.settings.transferring import (
    LINK,
    opened,
    paste,
    press,
    transfer,
)
from tests.unit.desktop.waiting import eventually


async def test_what_needs_a_hand_is_there_to_read_after_the_import(qloop: Loop, home: Path) -> None:
    path = cc_switch_database(home / "cc-switch.db")
    async with transfer() as (shown, _):
        await paste(shown, str(path))
        press(await opened(shown, TakeDialog), "take-over")

        await eventually(lambda: shown.says("things need you:"))
        assert shown.says("• Claude Official (claude): It is a sign")
        words = shown.desk.bridge.editor.undo_words
        assert words.startswith("Settings of CC Switch: took over")
        await paste(shown, LINK)
        (await opened(shown, TakeDialog)).reject()
        await eventually(lambda: not shown.says("things need you:"))


async def test_what_an_import_left_goes_when_it_is_undone(qloop: Loop, home: Path) -> None:
    path = cc_switch_database(home / "cc-switch.db")
    async with transfer() as (shown, _):
        before = shown.desk.bridge.raw
        await paste(shown, str(path))
        press(await opened(shown, TakeDialog), "take-over")
        await eventually(lambda: shown.says("things need you:"))
        await eventually(lambda: shown.desk.bridge.raw != before)

        shown.desk.bridge.undo()

        await eventually(lambda: shown.desk.bridge.raw == before)
        await eventually(lambda: not shown.says("things need you:"))


async def test_who_leaves_a_provider_out_is_not_told_of_its_transformers(
    qloop: Loop, home: Path
) -> None:
    url, use = "https://odd.test/v1", {"use": ["mine"]}
    odd = [{"name": name, "api_base_url": url, "transformer": use} for name in ("Odd", "Even")]
    path = home / "other.json"
    path.write_text(json.dumps({"Providers": odd}), "utf-8")
    async with transfer() as (shown, _):
        await paste(shown, str(path))
        dialog = await opened(shown, TakeDialog)
        dialog.row("provider:Odd").box.click()
        press(dialog, "take-over")

        await eventually(lambda: shown.says("• provider Even:"))
        assert not shown.says("• provider Odd:")
