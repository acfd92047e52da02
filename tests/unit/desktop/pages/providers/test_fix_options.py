"""What the fields of a fix or plugin say while they are empty."""

import pytest
from PySide6.QtWidgets import QLineEdit

from ccr_desktop.core.config.known_transformers import KnownTransformer
from ccr_desktop.core.config.setting import Kind, Setting
from ccr_desktop.core.transformers.options import Option, declared_options
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.pages.providers.fix_options import FixOptions


class Polite:
    OPTIONS = (
        Option("word", str, "What is added.", default="please"),
        Option("limit", int, "At most.", default=128000),
        Option("share", float, default=0.0),
        Option("none", str),
    )


@pytest.mark.parametrize(
    ("option", "words"),
    [
        *zip(declared_options(Polite), ("please", "128000", "0.0", ""), strict=True),
        (Setting(key="max", kind=Kind.NUMBER, help="", example="4096"), "for example 4096"),
        (Setting(key="max", kind=Kind.NUMBER, help="", default=8, example="4096"), "8"),
    ],
)
def test_an_empty_field_says_what_counts_without_it(
    look: theme.Theme, option: Setting, words: str
) -> None:
    form = FixOptions(KnownTransformer(name="x", help="", options=(option,), example=""), {})

    (field,) = form.findChildren(QLineEdit)

    assert (field.text(), field.placeholderText()) == ("", words)
    assert form.options() == {}
