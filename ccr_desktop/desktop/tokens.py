"""Colours, spacing and type: the one place where the look of the app is decided."""

from __future__ import annotations

from dataclasses import dataclass

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32  # the only distances between things
RADIUS_CONTROL, RADIUS_CARD = 6, 8
TITLE_SCALE, SECTION_SCALE, HELP_SCALE = 1.5, 1.15, 0.92  # beside the body, which is 1
ROW_HEIGHT = 40
CONTROL_HEIGHT = 32
ICON_SIDE = 16
CONTENT_WIDTH = 880
NUMBER_WIDTH = 144  # of fields: those below each other begin and end alike
FADE_MS = 120
SEMIBOLD = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every colour on the screen, named after its use; a value is `#rrggbb`."""

    name: str
    dark: bool

    window: str
    """Behind the cards, and the navigation."""
    card: str
    raised: str
    """Menus and pop-overs."""
    field: str
    hover: str
    pressed: str
    line: str
    """Around cards and between rows: may be faint, since the space says the same."""
    line_strong: str
    """Around fields and switches: the line is how they are recognised, so 3:1."""

    text: str
    secondary: str
    disabled: str

    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str
    """Behind selected rows and marked text."""
    on_selection: str
    focus: str

    running: str
    backup: str
    attention: str
    off: str
    running_soft: str
    backup_soft: str
    attention_soft: str
    off_soft: str
    danger_hover: str
    on_danger: str


LIGHT = Tokens(
    name="light",
    dark=False,
    window="#F6F5F2",
    card="#FFFFFF",
    raised="#FFFFFF",
    field="#FFFFFF",
    hover="#F0EEEA",
    pressed="#E6E3DD",
    line="#E3E0DA",
    line_strong="#8B867E",
    text="#1E1C19",
    secondary="#5E5A53",
    disabled="#A39E96",
    accent="#0F766E",
    accent_hover="#0C655E",
    accent_pressed="#0A534D",
    on_accent="#FFFFFF",
    selection="#DCEFEC",
    on_selection="#0B3B37",
    focus="#0F766E",
    running="#15793A",
    backup="#A84F08",
    attention="#B8211B",
    off="#6A655E",
    running_soft="#E5F4EA",
    backup_soft="#FCF0DC",
    attention_soft="#FBE9E7",
    off_soft="#EEECE8",
    danger_hover="#9C1914",
    on_danger="#FFFFFF",
)

DARK = Tokens(
    name="dark",
    dark=True,
    window="#191816",
    card="#22201E",
    raised="#2B2926",
    field="#1C1A18",
    hover="#2E2B28",
    pressed="#3A3632",
    line="#36332F",
    line_strong="#8A847B",
    text="#F2F0EC",
    secondary="#B7B1A8",
    disabled="#746F68",
    accent="#2DD4BF",
    accent_hover="#5EE0CF",
    accent_pressed="#1FB8A5",
    on_accent="#06231F",
    selection="#17403B",
    on_selection="#D9F7F2",
    focus="#2DD4BF",
    running="#4ADE80",
    backup="#FBB53C",
    attention="#FB8A82",
    off="#A8A299",
    running_soft="#18321F",
    backup_soft="#3A2A10",
    attention_soft="#421D1B",
    off_soft="#302D2A",
    danger_hover="#FCA49E",
    on_danger="#2B0705",
)

CONTRAST_LIGHT = Tokens(
    name="light, high contrast",
    dark=False,
    window="#FFFFFF",
    card="#FFFFFF",
    raised="#FFFFFF",
    field="#FFFFFF",
    hover="#E6E6E6",
    pressed="#D0D0D0",
    line="#000000",
    line_strong="#000000",
    text="#000000",
    secondary="#262626",
    disabled="#595959",
    accent="#004D46",
    accent_hover="#00332E",
    accent_pressed="#001F1C",
    on_accent="#FFFFFF",
    selection="#CDE6E2",
    on_selection="#000000",
    focus="#004D46",
    running="#00521F",
    backup="#6B2F00",
    attention="#8A0000",
    off="#333333",
    running_soft="#FFFFFF",
    backup_soft="#FFFFFF",
    attention_soft="#FFFFFF",
    off_soft="#FFFFFF",
    danger_hover="#5C0000",
    on_danger="#FFFFFF",
)

CONTRAST_DARK = Tokens(
    name="dark, high contrast",
    dark=True,
    window="#000000",
    card="#000000",
    raised="#000000",
    field="#000000",
    hover="#262626",
    pressed="#404040",
    line="#FFFFFF",
    line_strong="#FFFFFF",
    text="#FFFFFF",
    secondary="#E0E0E0",
    disabled="#A6A6A6",
    accent="#5EF5E1",
    accent_hover="#A5FBEF",
    accent_pressed="#2DD4BF",
    on_accent="#000000",
    selection="#1B4F49",
    on_selection="#FFFFFF",
    focus="#5EF5E1",
    running="#7DFFA8",
    backup="#FFD166",
    attention="#FFB3AD",
    off="#D6D6D6",
    running_soft="#000000",
    backup_soft="#000000",
    attention_soft="#000000",
    off_soft="#000000",
    danger_hover="#FFD6D3",
    on_danger="#000000",
)

ALL = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)


def choose(*, dark: bool, high_contrast: bool) -> Tokens:
    """The set of colours for what the person or the system asked for."""
    if high_contrast:
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
