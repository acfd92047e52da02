"""What was not exported is named in the words of the window, and never by a path in the file."""

from typing import Any

from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.pages.settings.export_words import missing_in_file, missing_in_link

RAW: dict[str, Any] = {
    "APIKEY": "planted",
    "CUSTOM_ROUTER_PATH": "/r.py",
    "transformers": [{"path": "/x.py"}, {"path": "/y.py"}],
    "Providers": [
        {"name": "a", "api_base_url": "https://a.test/v1", "api_key": "planted", "own": 1},
        {"name": "b", "api_base_url": "https://b.test/v1", "api_key": "planted"},
        {
            "name": "c",
            "api_base_url": "https://u:planted@c.test/v1",
            "transformer": {"use": [["vertex", {"file": "/key.json"}]]},
        },
    ],
    "Router": {"default": "a,m", "rules": [{"name": "r", "route": "a,m"}], "own": 1},
    "own": {"file": "/f"},
}


def test_what_a_link_lacks_is_named_once_with_the_providers_it_belongs_to(
    qapp: QApplication,
) -> None:
    assert missing_in_link(RAW) == [
        "Not in the link:",
        "• Key of a provider: a, b",
        "• own: a",
        "• Own rules",
        "• Router.own",
        "• Client key",
        "• Own router",
        "• Own compatibility fixes",
        "• own",
        "• Providers whose address holds a secret: c",
    ]


def test_settings_that_are_files_are_named_as_the_window_names_them(qapp: QApplication) -> None:
    assert missing_in_file(RAW) == [
        "These are files of this computer. Only where they are is in it:",
        "• Own router",
        "• Own compatibility fixes",
        "• Compatibility fixes: c",
        "• own.file",
    ]


def test_nothing_is_said_where_nothing_is_missing(qapp: QApplication) -> None:
    provider = {"name": "a", "api_base_url": "https://a.test/v1", "models": ["m"], "api_key": ""}
    empty = {"APIKEY": "", "transformers": [], "PROXY_URL": None, "Router": {"rules": []}}
    raw = {"Providers": [provider], **empty}

    assert not missing_in_link(raw)
    assert not missing_in_file(raw)
