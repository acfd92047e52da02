"""What the connection test offers after a failure brings the field into sight that is to blame."""

import pytest
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.pages.providers.trial import Fix, Mend
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Open
from tests.unit.desktop.waiting import eventually


@pytest.fixture
def form(desk_of: MakeDesk, opened: Open) -> ProviderForm:
    """A form higher than its window."""
    entry = {
        "name": "Acme",
        "api_base_url": "http://127.0.0.1:9/v1/chat/completions",
        "models": [f"model-{number}" for number in range(30)],
    }
    desk = desk_of({"Providers": [entry], "Router": {"default": "Acme,model-1"}})
    page = opened(desk, "Acme")
    page.resize(760, 420)
    return page.form


def _field(form: ProviderForm, mend: Mend) -> QWidget:
    match mend:
        case Mend.ENTER_KEY:
            return form.key_field.secret.edit
        case Mend.CHOOSE_MODEL:
            return form.models.search
        case Mend.EDIT_POOL:
            return form.advanced.parts.pool.rows.add_button
        case _:
            return form.advanced.parts.address.address


@pytest.mark.parametrize(
    "mend", [Mend.ENTER_KEY, Mend.EDIT_POOL, Mend.CHOOSE_MODEL, Mend.EDIT_ADDRESS]
)
async def test_the_field_to_blame_is_in_sight(qloop: Loop, form: ProviderForm, mend: Mend) -> None:
    bar, viewport = form.body.verticalScrollBar(), form.body.viewport()

    def is_seen() -> bool:
        field = _field(form, mend)
        corner = field.mapTo(viewport, field.rect().bottomRight())
        return viewport.rect().contains(corner) and field.hasFocus()

    await eventually(bar.maximum)
    bar.setValue(0 if mend in {Mend.EDIT_ADDRESS, Mend.EDIT_POOL} else bar.maximum())
    assert not is_seen()

    form.connection.fix_wanted.emit(Fix(mend, "…"))

    await eventually(is_seen)
