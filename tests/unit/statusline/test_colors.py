"""Colours of the status line."""

import pytest

from ccr_desktop.statusline.colors import background, foreground, painted


@pytest.mark.parametrize(
    ("color", "text", "behind"),
    [
        ("red", "31", "41"),
        ("bright_blue", "94", "104"),
        ("bg_bright_cyan", "96", "106"),
        ("Bright-Green", "92", "102"),
        ("bright_orange", "38;5;202", "48;5;202"),
        ("bg_bright_purple", "38;5;129", "48;5;129"),
        ("gray", "90", "100"),
        ("#ff8000", "38;2;255;128;0", "48;2;255;128;0"),
        ("FF8000", "38;2;255;128;0", "48;2;255;128;0"),
        ("#f80", "38;2;255;136;0", "48;2;255;136;0"),
        ("", "", ""),
        ("no such colour", "", ""),
        ("#ff80", "", ""),
        ("bg_", "", ""),
    ],
)
def test_names_prefixes_and_hex_are_known(color: str, text: str, behind: str) -> None:
    assert (foreground(color), background(color)) == (text, behind)


def test_what_is_not_known_leaves_the_text_plain() -> None:
    assert painted("text", "", "") == "text"
    assert painted("text", "31", "") == "\x1b[31mtext\x1b[0m"
    assert painted("text", "31", "44") == "\x1b[31;44mtext\x1b[0m"
