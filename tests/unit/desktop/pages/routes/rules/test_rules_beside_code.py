"""What the tab tells where code of the user's own chooses before the rules."""

from pathlib import Path

import pytest

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.code_note import CodeNote
from tests.unit.desktop.pages.routes.opened import opened
from tests.unit.desktop.pages.routes.rules.test_rules import A, rules, tab

pytestmark = pytest.mark.usefixtures("look")


@pytest.mark.parametrize("has_rules", [False, True])
async def test_a_custom_router_is_told_before_the_rules(
    qloop: Loop, tmp_path: Path, has_rules: bool
) -> None:
    code = tmp_path / "router.py"
    code.write_text("async def router(request, config):\n    return None\n", "utf-8")
    wanted: list[str] = []
    raw = rules(*([A] if has_rules else []))
    async with opened({**raw, "CUSTOM_ROUTER_PATH": str(code)}) as app:
        app.desk.bridge.page_wanted.connect(wanted.append)
        shown = tab(app)

        assert shown.code_note.isVisible()
        assert shown.code_note.text().startswith("Your custom router is asked first.")
        assert shown.empty.isVisible() is not has_rules
        assert "Everything" not in shown.empty.text()
        shown.code_note.button.click()

        app.write(raw)
        await app.desk.bridge.reload()
        await app.settled()
        assert not shown.code_note.isVisible()
        assert "Everything" in shown.empty.text()

    assert wanted == ["settings/plugins"]


@pytest.mark.parametrize("view", ["work", "folders"])
async def test_it_is_told_wherever_a_table_says_who_answers(
    qloop: Loop, tmp_path: Path, view: str
) -> None:
    code = tmp_path / "router.py"
    code.write_text("async def router(request, config):\n    return None\n", "utf-8")
    wanted: list[str] = []
    raw = rules()
    async with opened({**raw, "CUSTOM_ROUTER_PATH": str(code)}) as app:
        app.desk.bridge.page_wanted.connect(wanted.append)
        app.page.tabs.row.set_current(view)
        [note] = [note for note in app.page.findChildren(CodeNote) if note.isVisible()]
        note.button.click()

        app.write(raw)
        await app.desk.bridge.reload()
        await app.settled()
        assert not note.isVisible()

    assert wanted == ["settings/plugins"]
