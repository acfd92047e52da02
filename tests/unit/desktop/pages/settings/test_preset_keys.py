"""Using a preset that asks for a key: where that goes is said before anything is changed."""

from typing import Any

import pytest

from ccr_desktop.core.secrets import Place, StoreState
from ccr_desktop.desktop.file_passphrase import PassphraseDialog
from ccr_desktop.desktop.importing.preset_dialog import PresetDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.secret_field import SecretField
from tests.unit.desktop.answering import over
from tests.unit.desktop.pages.settings.test_presets import installed, used
from tests.unit.desktop.pages.settings.transferring import KEY, names, press, says, transfer
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look", "home")
WITH_KEY: dict[str, Any] = {
    "name": "team",
    "schema": [{"id": "key", "type": "password", "label": "Key"}],
    "Providers": [
        {
            "name": "One",
            "api_base_url": "https://api.example.com/v1",
            "api_key": "#{key}",
            "models": ["m"],
        }
    ],
}


def _type_key(dialog: PresetDialog) -> None:
    field = dialog.row("key").field
    assert isinstance(field, SecretField)
    field.edit.setText(KEY)


async def test_the_place_is_named_that_keys_of_a_preset_go_to(qloop: Loop) -> None:
    installed(WITH_KEY)
    for is_file, place in ((False, "the password store"), (True, "the protected file")):
        async with transfer() as (shown, secrets):
            if is_file:
                secrets.use_file()
            dialog = await used(shown)
            _type_key(dialog)
            dialog.go.click()

            words = f"Keys go to {place}, not into the settings file."
            await eventually(lambda dialog=dialog, words=words: says(dialog, words))
            dialog.reject()


async def test_a_preset_with_keys_offers_a_protected_file_where_no_store_is(qloop: Loop) -> None:
    installed(WITH_KEY)
    async with transfer(state=StoreState.MISSING) as (shown, secrets):
        dialog = await used(shown)
        _type_key(dialog)
        assert not says(dialog, "This system has no password store.")
        dialog.go.click()
        await eventually(lambda: says(dialog, "This system has no password store."))
        assert says(dialog, "There is no place for its keys yet.")

        press(dialog, "way-use-file")
        (await over(dialog, PassphraseDialog)).agree.click()

        await eventually(lambda: says(dialog, "Keys go to the protected file"))
        assert not says(dialog, "This system has no password store.")
        dialog.go.click()
        await eventually(lambda: "One" in names(shown))
        assert secrets.place is Place.FILE
        assert secrets.get("One") == KEY
