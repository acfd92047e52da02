"""How a variable is set for an app that is started from a menu, on each system."""

import pytest

from ccr_desktop.desktop.lasting_variables import ENVIRONMENT_FILE, how_to_set


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("linux", "A_KEY=YOUR-KEY"),
        ("darwin", "launchctl setenv A_KEY 'YOUR-KEY'"),
        ("win32", 'setx A_KEY "YOUR-KEY"'),
    ],
)
def test_the_line_is_one_that_the_system_heeds(platform: str, line: str) -> None:
    told = how_to_set(["A_KEY", "B_KEY"], platform)

    assert told.splitlines()[-2:] == [line, line.replace("A_KEY", "B_KEY")]
    assert (ENVIRONMENT_FILE in told) is (platform == "linux")
