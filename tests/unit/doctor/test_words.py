"""Texts with places: filled, hidden and translated."""

from ccr_desktop.doctor.words import NOTHING, say


def test_places_are_filled_after_the_translation() -> None:
    words = say("Port {port} is {how}.", port=3456, how=say("free"))
    german = {"Port {port} is {how}.": "{how}: Anschluss {port}.", "free": "frei"}

    assert str(words) == "Port 3456 is free."
    assert words.shown(lambda text: german[text]) == "frei: Anschluss 3456."


def test_what_fills_places_is_changed_at_any_depth() -> None:
    words = say("{a} {b} {c}", a="key", b=say("has a {key}", key="key"), c=1)

    assert str(words.changed(lambda text: text.replace("key", "***"))) == "*** has a *** 1"


def test_nothing_is_said_of_nothing() -> None:
    assert NOTHING.shown(lambda _: "header of a translation file") == ""


def test_braces_of_what_is_said_stay() -> None:
    assert str(say("{problem}", problem="{not a place}")) == "{not a place}"
