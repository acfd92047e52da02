"""The app's parts as they are put together at its start."""

from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.hosting import Host, LoopHost, ThreadHost
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.shell import _dress
from tests.unit.desktop.attended import RAW, listening


async def test_the_colours_follow_the_setting_at_once(qloop: Loop, look: theme.Theme) -> None:
    async with listening() as (desk, _):
        _dress(cast("QApplication", QApplication.instance()), desk)

        await desk.bridge.edit(lambda raw: {**raw, "Desktop": {"theme": "dark"}}, "")
        assert look.scheme == "dark"
        assert look.tokens.dark

        await desk.bridge.edit(lambda raw: {**raw, "Desktop": {"theme": "light"}}, "")
        assert not look.tokens.dark


@pytest.mark.parametrize(("is_own", "kind"), [(False, LoopHost), (True, ThreadHost)])
async def test_the_router_may_have_its_own_thread(
    qloop: Loop, is_own: bool, kind: type[Host]
) -> None:
    async with listening({**RAW, "Desktop": {"serviceThread": is_own}}) as (desk, _):
        assert isinstance(desk.bridge.host, kind)
