"""What is offered at a place of the file, and what taking it writes."""

import pytest

from ccr_desktop.core.config.json_schema import config_schema
from ccr_desktop.core.config.suggestions import Suggestions, suggest

SCHEMA = config_schema()


def at(marked: str) -> tuple[str, Suggestions]:
    """The text without its mark `|`, and what is offered there."""
    position = marked.index("|")
    text = marked.replace("|", "", 1)
    return text, suggest(text, position, SCHEMA)


def labels(marked: str) -> list[str]:
    return [item.label for item in at(marked)[1].items]


def taken(marked: str, label: str) -> str:
    """The text after taking an offer, with the cursor."""
    text, found = at(marked)
    item = next(item for item in found.items if item.label == label)
    end = len(item.text) - item.back
    return f"{text[: found.start]}{item.text[:end]}|{item.text[end:]}{text[found.end :]}"


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("{ | }", "$schema"),
        ('{ "Rou| }', "Router"),
        ('{ "LOG_LEVEL": "|" }', "fatal"),
        ('{ "LOG_LEVEL": w| }', "warn"),
        ('{ "LOG": | }', "true"),
        ('{ "Providers": [ { "name": "p", | } ] }', "api_base_url"),
        ("{ Providers: [ { dialect: '|' } ] }", "openai-chat"),
        ('{ "providers": [ { "transformer": { "use": [["max|"]] } } ] }', "maxtoken"),
        ('{"Router": { "rules": [ { "when": { has|', "hasImage"),
        ('{"routeSets": { "A": { "think|', "think"),
        ('{"Desktop": {"notifications": {"no|": true}}}', "noModelLeft"),
        ('{"StatusLine": {"x": {"modules": [{"type": "git|"}]}}}', "gitBranch"),
    ],
)
def test_the_first_offer(marked: str, first: str) -> None:
    assert labels(marked)[0] == first


@pytest.mark.parametrize("marked", ["|{}", "{} |", "{ // | \n}", "{ /* | */ }", '{ "zebra": | }'])
def test_where_nothing_is_known_nothing_is_offered(marked: str) -> None:
    assert labels(marked) == []


def test_a_key_that_is_there_is_not_offered_again() -> None:
    assert "PORT" not in labels('{ "PORT": 1, | }')


def test_other_spellings_come_last() -> None:
    assert labels('{ "prov| }')[:2] == ["Providers", "providers"]


@pytest.mark.parametrize(
    ("marked", "label", "after"),
    [
        ('{ "Rou| }', "Router", '{ "Router": {|} }'),
        ("{ PO|: 1 }", "PORT", '{ "PORT"|: 1 }'),
        ("{ | }", "Providers", '{ "Providers": [|] }'),
        ("{ HO| }", "HOST", '{ "HOST": "|" }'),
        ('{ "LOG_LEVEL": "d|" }', "debug", '{ "LOG_LEVEL": "debug"| }'),
        ('{ "LOG_LEVEL": "d|\n}', "debug", '{ "LOG_LEVEL": "debug"|\n}'),
        ('{ "HO| }, "PORT": 1', "HOST", '{ "HOST": "|" }, "PORT": 1'),
        ('{ "LOG_LEVEL": "d|, "NAME": ""', "debug", '{ "LOG_LEVEL": "debug"|, "NAME": ""'),
        ('{ "LOG_LEVEL": "d|"/* why */ }', "debug", '{ "LOG_LEVEL": "debug"|/* why */ }'),
    ],
)
def test_taking_an_offer_writes_what_belongs_to_it(marked: str, label: str, after: str) -> None:
    assert taken(marked, label) == after


def test_routes_are_those_that_the_text_can_have() -> None:
    text = '{ "Providers": [{ "name": "p", "models": ["m", "n"] }], "Router": { "default": ["|'

    assert labels(text)[:2] == ["p,m", "p,n"]


def test_what_a_key_means_is_told() -> None:
    item = next(item for item in at("{ PORT|")[1].items if item.label == "PORT")

    assert item.about.startswith("Port to listen on.")
