"""The assistant's list of providers, and the field for another address below it."""

import pytest
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.wizard.provider_view import ProviderView


@pytest.mark.parametrize("count", [1, 2, 80])
def test_the_address_stands_right_below_the_rows_there_are(
    qtbot: QtBot, look: theme.Theme, count: int
) -> None:
    view = ProviderView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show_rows([Row(key=str(n), title=f"Provider {n}") for n in range(count)])
    view.show_about("", wants_address=True)
    with qtbot.waitExposed(view):
        view.show()

    below = view.list.geometry().bottom() + 1
    assert view.address_row.y() - below == M
    assert (view.list.verticalScrollBar().maximum() > 0) is (count == 80)
    if count < 80:
        rows_high = count * view.list.sizeHintForRow(0)
        assert view.list.height() == rows_high + 2 * view.list.frameWidth()
