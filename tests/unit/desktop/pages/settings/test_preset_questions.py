"""Questions of a preset: places have the window's names, and are told as the file has them."""

import pytest

from ccr_desktop.core.presets.manifest import Manifest, read_manifest
from ccr_desktop.core.presets.sharing import share
from ccr_desktop.desktop.importing.preset_dialog import Change, PresetDialog
from ccr_desktop.desktop.importing.question_words import question_words
from ccr_desktop.desktop.setting_places import title_of

SHARED = {
    "Providers": [
        {"name": "kimi", "api_key": "sk-planted-0123456789", "headers": {"x-token": "planted-01"}}
    ],
    "transformers": [{"path": "/team.py", "options": {"token": "planted-0123456789"}}],
}


def told(manifest: Manifest) -> list[tuple[str, str]]:
    return [question_words(entry, manifest) for entry in manifest.inputs]


def test_questions_of_a_shared_preset_have_the_names_of_the_window() -> None:
    assert told(share(SHARED, "team", {}).manifest) == [
        (f"{title_of('Providers[].api_key')}: kimi", "Providers[0].api_key"),
        (f"{title_of('Providers[].headers')}: kimi, x-token", "Providers[0].headers.x-token"),
        ("Own compatibility fixes: token", "transformers[0].options.token"),
    ]


def test_a_question_with_a_title_of_its_own_keeps_it() -> None:
    entry = {"id": "key", "label": "Your key", "prompt": "From the team"}
    raw = {"name": "x", "schema": [entry], "Providers": [{"name": "a", "api_key": "#{key}"}]}

    assert told(read_manifest(raw, "x")) == [("Your key", "From the team")]


def test_a_preset_in_which_a_question_stands_for_a_provider_is_read() -> None:
    raw = {"name": "x", "schema": [{"id": "key", "label": "0"}], "Providers": ["#{key}"]}

    assert [words for words, _ in told(read_manifest(raw, "x"))]


@pytest.mark.usefixtures("look")
def test_the_dialog_asks_in_these_words() -> None:
    manifest = share({"transformers": SHARED["transformers"]}, "team", {}).manifest
    dialog = PresetDialog(manifest, lambda *_: Change(()), None)
    row = dialog.row(manifest.inputs[0].id)

    assert row.label.text() == "Own compatibility fixes: token (required)"
    assert row.help.text() == "transformers[0].options.token"
    dialog.deleteLater()
