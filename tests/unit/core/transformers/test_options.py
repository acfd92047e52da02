"""Options that a transformer of the user's declares."""

from ccr_desktop.api import Option
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.transformers.options import declared_options


class Polite:
    name = "polite"
    OPTIONS = (
        Option("word", str, "What is added.", default="please"),
        Option("limit", int),
        Option("key", str, is_secret=True),
        "no option",
        Option("odd", bytes),
    )


def test_what_can_be_understood_is_read() -> None:
    word, limit, key = declared_options(Polite)

    assert (word.key, word.kind, word.help, word.default) == (
        "word",
        Kind.TEXT,
        "What is added.",
        "please",
    )
    assert limit.kind is Kind.NUMBER
    assert key.is_secret


def test_a_class_need_not_declare_any() -> None:
    assert declared_options(object) == ()
    assert declared_options(type("Odd", (), {"OPTIONS": 3})) == ()
