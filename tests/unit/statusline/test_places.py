"""The folders are those of the rest of the program."""

from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.statusline.places import config_files, folder


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"CCR_DESKTOP_HOME": "/tmp/home"},
        {"XDG_CONFIG_HOME": "/x/config", "XDG_DATA_HOME": "/x/data", "XDG_CACHE_HOME": "/x/cache"},
        {"XDG_CONFIG_HOME": "relative", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": " "},
    ],
    ids=["default", "own", "xdg", "odd"],
)
def test_both_ways_lead_to_the_same_place(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CCR_DESKTOP_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert Path(folder("config")) == paths.config_dir()
    assert Path(folder("data")) == paths.data_dir()
    assert Path(folder("cache")) == paths.cache_dir()
    assert tuple(map(Path, config_files())) == paths.config_places()
