from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette

from ccr_desktop.desktop import theme, tokens
from ccr_desktop.desktop.tokens import Tokens, contrast

SURFACES = ("window", "card", "raised", "field", "hover", "selection")
STATES = ("running", "backup", "attention", "off")
WORDS = ("text", "secondary", "running", "backup", "attention", "off")
PAIRS = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_selection", "selection"),
    ("on_danger", "attention"),
    ("on_danger", "danger_hover"),
    ("accent", "card"),
    ("accent", "hover"),
    ("running", "running_soft"),
    ("backup", "backup_soft"),
    ("attention", "attention_soft"),
    ("off", "off_soft"),
    ("text", "pressed"),
    ("secondary", "off_soft"),
    *(("text", f"{state}_soft") for state in STATES),
)
ROLES = (
    ("WindowText", "Window"),
    ("Text", "Base"),
    ("Text", "AlternateBase"),
    ("ButtonText", "Button"),
    ("ToolTipText", "ToolTipBase"),
    ("HighlightedText", "Highlight"),
    ("PlaceholderText", "Base"),
    ("Link", "Window"),
    ("Link", "Base"),
)


@pytest.mark.parametrize("look", tokens.ALL, ids=lambda look: look.name)
def test_text_is_readable_on_every_surface(look: Tokens) -> None:
    pairs = [(word, surface) for word in WORDS for surface in SURFACES] + list(PAIRS)

    weak = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(getattr(look, pair[0]), getattr(look, pair[1]))) < 4.5
    }

    assert not weak


@pytest.mark.parametrize("look", tokens.ALL, ids=lambda look: look.name)
def test_lines_that_carry_meaning_are_seen(look: Tokens) -> None:
    for line in ("line_strong", "focus", "accent"):
        for surface in ("window", "card", "raised", "field"):
            assert contrast(getattr(look, line), getattr(look, surface)) >= 3, (line, surface)


@pytest.mark.parametrize("look", tokens.ALL, ids=lambda look: look.name)
def test_shapes_of_states_are_seen(look: Tokens) -> None:
    for state in STATES:
        for surface in ("window", "card", "hover", "selection", f"{state}_soft"):
            ratio = contrast(getattr(look, state), getattr(look, surface))
            assert ratio >= 3, (state, surface)


@pytest.mark.parametrize("look", tokens.ALL, ids=lambda look: look.name)
def test_what_qt_draws_by_its_palette_is_readable(look: Tokens) -> None:
    palette = theme._palette(look)

    def color(role: str) -> str:
        return palette.color(QPalette.ColorRole[role]).name()

    weak = {
        pair: round(ratio, 2)
        for pair in ROLES
        if (ratio := contrast(color(pair[0]), color(pair[1]))) < 4.5
    }

    assert not weak


def test_contrast_is_counted_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_high_contrast_is_chosen_for_light_and_dark() -> None:
    chosen = [
        tokens.choose(dark=dark, high_contrast=strong)
        for dark in (False, True)
        for strong in (False, True)
    ]

    assert chosen == [tokens.LIGHT, tokens.CONTRAST_LIGHT, tokens.DARK, tokens.CONTRAST_DARK]
