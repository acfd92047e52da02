"""What stands between several things is the language's: Chinese has commas of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop import language, lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.help.words import shown
from ccr_desktop.desktop.pages.routes.rules.sentences import sentence
from ccr_desktop.doctor.words import say
from tests.architecture.source import modules

WESTERN = re.compile(r"""(["'])[,;] \1\.join\(|\bf"[^"\n]*(?:\} \(\{|(?<!__name__)\}: \{)""")
NOT_FOR_READERS = {
    "ccr_desktop.desktop.crash",  # a report, in English for whom it is sent to
    "ccr_desktop.desktop.importing.answer_fields",  # what could be typed there
    "ccr_desktop.desktop.own_parts",  # for a terminal
    "ccr_desktop.desktop.system.bus",  # for the log
    "ccr_desktop.desktop.pages.providers.connection",  # the core's English, translated as a whole
}
WORDS = {
    "{name}, {next}": "{name}、{next}",
    "{phrase}, {further}": "{phrase}，{further}",
    "{clause}; {next}": "{clause}；{next}",
    "{words} ({aside})": "{words}（{aside}）",
    "{title}: {words}": "{title}：{words}",
}


class Punctuation(QTranslator):
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return WORDS.get(source) if context == "Punctuation" else None

    def isEmpty(self) -> bool:  # noqa: N802  # of Qt
        return False


@pytest.fixture
def chinese_commas(qapp: QApplication) -> Iterator[None]:
    translator = Punctuation()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_english_has_commas_and_semicolons() -> None:
    assert lists.names(["a", "b", "c"]) == "a, b, c"
    assert lists.phrases(["a", "", "c"]) == "a, c"
    assert lists.clauses(["a", "b"]) == "a; b"


@pytest.mark.usefixtures("chinese_commas")
def test_a_rule_joins_its_conditions_as_the_language_does() -> None:
    rule = {
        "when": {"folder": "~/acme", "contains": ["a", "b", "c"], "time": "22:00-06:00"},
        "route": ["p,m", "p,n", "p,o"],
    }

    said = sentence(rule)

    assert "“a”、“b” or “c”" in said
    assert "(backup: n、o)" in said
    assert said.count("，") == 1, said


@pytest.mark.usefixtures("chinese_commas")
def test_what_checks_found_is_listed_as_the_language_does() -> None:
    found = say("The proxy {proxy} answers.", proxy=("http://a", "http://b"))

    assert str(found) == "The proxy http://a, http://b answers."
    assert shown(found) == "The proxy http://a、http://b answers."


@pytest.mark.usefixtures("chinese_commas")
def test_what_tells_two_apart_stands_in_the_brackets_of_the_language() -> None:
    assert lists.aside("main-model", 2) == "main-model（2）"


@pytest.mark.usefixtures("chinese_commas")
def test_what_has_a_title_stands_behind_the_colon_of_the_language() -> None:
    assert lists.titled("cloud", "key not accepted") == "cloud：key not accepted"


def test_what_is_heard_has_one_stop_after_each_sentence() -> None:
    heard = lists.sentences(["Key accepted, Checking…", "", "It is odd.", "Use “ccr start”"])

    assert heard == "Key accepted, Checking… It is odd. Use “ccr start”."


def test_nothing_in_the_window_is_joined_by_hand() -> None:
    by_hand = {
        module.name
        for module in modules()
        if module.name.startswith("ccr_desktop.desktop.")
        and WESTERN.search(module.path.read_text(encoding="utf-8"))
    }

    assert by_hand == NOT_FOR_READERS


@pytest.mark.usefixtures("chinese_commas")
@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Allowed: fatal, error, warn.", "fatal、error、warn"),
        ("Known are: openai, groq.", "openai、groq"),
        ("mock,m answered no, thanks", "no, thanks"),
    ],
)
def test_names_that_the_core_allows_are_joined_as_the_language_does(said: str, names: str) -> None:
    language.current().use("zh_CN")

    assert names in in_words(said)
