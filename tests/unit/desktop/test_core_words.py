"""Whatever the router says is said in the language of the window."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.probe import TITLES
from ccr_desktop.core.setup.templates import Template, templates
from ccr_desktop.core.transfer.places import places
from ccr_desktop.desktop import language
from ccr_desktop.desktop.core_words import (
    in_words,
    issue_words,
    note_words,
    problem_words,
    title_words,
)
from ccr_desktop.desktop.form_words import form_words
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.errors import ClaudeMissing, ConfigError
from ccr_desktop.launch.terminals import known_terminals
from scripts.translations.sources import core_sentences
from tests.support.pseudo import BEGIN, PseudoTranslator

PLACE = re.compile(r"%[1-9]")
WORD = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ABOUT_COMMANDS = {"What `ccr statusline` shows."}
"""What settings are for, which the window says in other words."""
FILE_WORDS = re.compile(r"api_base_url|api_key|proxy_url|PROXY_URL|CA_FILE")
ABOUT_THE_FILE = {
    (
        "Or set an environment variable and write its name in the configuration, for example"
        ' "api_key": "$MY_KEY".'
    ),
    'Set api_key, or "auth": "none" when the server wants no key.',  # the form has its own words
    'Write {"target": "Providers[0].api_key", "value": "#{apiKey}"}.',
}
SOURCES = [text.source for text in core_sentences()]


@pytest.fixture(autouse=True)
def chinese(qapp: QApplication) -> None:
    language.current().use("zh_CN")


def left_in_english(source: str, said: str) -> set[str]:
    """Words of *said* that are neither in the translation nor what the sentence is about."""
    meant = QCoreApplication.translate("Core", source)
    return {*WORD.findall(in_words(said))} - {*WORD.findall(meant), "Qx"}


def test_what_programs_are_called_in_words_is_translated() -> None:
    titles = {source.title for source in places()} - {source.title for source in places()[:3]}
    assert titles == {"CC Switch, older settings"}
    labels = {terminal.label for terminal in known_terminals("win32")}
    assert {*titles, "Command prompt", "System terminal"} <= {*SOURCES}
    assert "Command prompt" in labels


def test_there_are_sentences_of_every_part() -> None:
    for said in ("forbids %1: %2", "nothing answers at %1 (%2)", "not tried", "Allowed: %1."):
        assert said in SOURCES


def test_each_sentence_is_known_whatever_it_is_about() -> None:
    wrong = {}
    for source in SOURCES:
        said = PLACE.sub("Qx7", source)
        titled = f"Qx[0].Qx: {said}"  # as issues name a place
        for form in (said, said[:1].upper() + said[1:], f"{said}.", titled):
            if left := left_in_english(source, form):
                wrong[form] = left
    assert not wrong


@pytest.mark.parametrize("value", ["'qx, qx'", "'qx; qx. qx: qx'", "[7, 8]", "/qx/qx qx.qx"])
def test_each_sentence_is_known_about_odd_things(value: str) -> None:
    """Half a sentence in English beside half a one in another language says nothing."""
    wrong = {}
    for source in SOURCES:
        said = PLACE.sub(lambda _: value, source)
        if left := left_in_english(source, said) - {"qx"}:
            wrong[said] = (left, in_words(said))
    assert not wrong


NAMES = [
    "deepseek",
    "my, provider",
    "a b; c. d",
    "Who? Me!",
    "a: b",
    "OpenRouter (main)",
    "None yet",
]
ROUTES = ["qx,m", "gone", "x y, z", "Deepsek,m", "no such; thing. here,m", 7, {"provider": "q"}]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("route", ROUTES, ids=map(str, ROUTES))
def test_what_is_wrong_with_a_route_is_said_as_a_whole(name: str, route: object) -> None:
    provider = {"name": name, "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}
    rules = [{"when": {"folder": "/"}, **what} for what in ({"never": route}, {"only": [route]})]
    router = {"default": route, "rules": [*rules, {"when": {"folder": "/"}, "route": route}]}
    with pytest.raises(ConfigError) as caught:
        read_config({"Providers": [provider], "Router": router}, None, {})

    for issue in caught.value.issues:
        for said in (in_words(str(issue)), issue_words(issue)):
            assert CHINESE.search(said)
            assert not re.search(r"[Ff]ound|[Tt]here is|such p|Write|of the list|Did you", said)


def test_each_sentence_is_known_where_it_is_about_nothing() -> None:
    wrong = {}
    for source in SOURCES:
        said = PLACE.sub("", source)
        for form in (said, said.strip(), f"{said.strip()}."):
            if left := left_in_english(source, form):
                wrong[form] = (left, in_words(form))
    assert not wrong


@pytest.mark.parametrize(
    "said",
    [
        "Forbids cloud,m: it asks for 3 pictures.",
        "Nothing answers at 127.0.0.1:9 (Connect call failed); check api_base_url.",
        "No connection to 127.0.0.1:9 (Network down); check api_base_url and proxy_url.",
        *(f"{title}: not tried" for title in TITLES.values()),
        "A whole number is required; found 'x'. Allowed: 1, 2.",
        "messages.0.role: must be one of user, assistant",
        "/home/ada/polite.py has a second 'polite'; this one counts.",
        "The provider cloud has no key. The providers are: a, b.",
        "it defines no class with a text `name` and one of the hooks request, open",
        "It is held by python (process 12). Choose a port above 1023.",
        *(f"Found 'x'. Allowed is {kind.value}." for kind in Kind),
        "Found 0. Allowed is a whole number from 1 to 65535.",
        "Found 0. Allowed is a whole number from 1.",
    ],
)
def test_what_is_put_together_is_known(said: str) -> None:
    told = in_words(said)

    assert CHINESE.search(told)
    english = r"\b(?:an|is|not|the|has|this|at|to|of|required|found|must|number|allowed)\b"
    assert not re.search(english, told, re.IGNORECASE), told


@pytest.mark.parametrize("source", [source for source in SOURCES if "`ccr " in source])
def test_no_command_is_left_that_the_window_has_a_place_for(source: str) -> None:
    """A new one needs words in `other_ways`."""
    if source in ABOUT_COMMANDS:
        return
    language.current().use("en")
    said = f"Nothing answers. {PLACE.sub('qx', source)} Nothing else."

    assert "ccr " not in in_words(said)
    assert in_words(said).startswith("Nothing answers. ")
    assert in_words(said).endswith(" Nothing else.")


@pytest.mark.parametrize("source", [source for source in SOURCES if FILE_WORDS.search(source)])
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_a_setting_is_called_as_the_window_calls_it(source: str, code: str) -> None:
    """A new one needs words in `other_ways`."""
    if source in ABOUT_THE_FILE:
        return
    language.current().use(code)
    said = PLACE.sub("qx", source)
    ended = said if said.endswith(".") else f"{said}."

    for form in (ended, f"Nothing answers; {ended}", f"cloud,m (401): no. {ended} Nothing else."):
        assert not FILE_WORDS.search(in_words(form))


ON_LAUNCH = (
    "The page Launch says how to install it and where it was looked for, and can be told where"
    " it is."
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "Nothing answers at 127.0.0.1:9 (refused); check api_base_url.",
            "Nothing answers at 127.0.0.1:9 (refused); check the address of the provider.",
        ),
        (
            "cloud,m (401): no such key. Check the api_key of this provider.",
            "cloud,m (401): no such key. Check the key of this provider.",
        ),
        (
            "cloud,m can't be reached: no way; check api_base_url and proxy_url.",
            "cloud,m can't be reached: no way; check the address and the proxy of the provider.",
        ),
        (
            "no; check api_base_url, or choose another model.",
            "no; check the address, or choose another model.",
        ),
        (
            "The providers are: a, b. `ccr providers add c` adds one.",
            "The providers are: a, b. Add one on the page Providers.",
        ),
        (
            "presets x, y: see them with `ccr preset list`, use one with `ccr preset apply x`.",
            "presets x, y: see and use them under Presets in Settings.",
        ),
        ("`ccr odd` is no command.", "`ccr odd` is no command."),
        (
            str(ClaudeMissing(["the PATH", "~/.local/bin"], "npm install -g x").message),
            ON_LAUNCH,
        ),
    ],
)
def test_what_the_command_line_does_is_said_for_the_window(said: str, shown: str) -> None:
    language.current().use("en")

    assert in_words(said) == shown


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize(("locale", "number"), [("en", "50,000"), ("de_DE", "50.000")])
def test_numbers_are_grouped_as_those_beside_them(code: str, locale: str, number: str) -> None:
    """A language may be shown with the figures of the desktop."""
    language.current().use(code)
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    said = in_words("No request has more than 50,000 and fewer than 7 tokens. In 'a 1,000': x")
    QLocale.setDefault(before)

    assert number in said
    assert "'a 1,000'" in said  # a name


def test_a_problem_and_its_hint_are_one_text() -> None:
    assert CHINESE.search(problem_words("not set.", "Write a list."))
    assert problem_words("") == ""


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("custom-router.js: it is no function.", "custom-router.js: it is no function."),
        ("my/team.py has a second 'x'.", "my/team.py has a second 'x'."),
        ("max_tokens can't be set here.", "max_tokens can't be set here."),
        ("missing.", "Missing."),
        ("write: a list.", "Write: a list."),
    ],
)
def test_a_sentence_begins_with_a_capital_but_for_a_name(problem: str, said: str) -> None:
    language.current().use("en")

    assert problem_words(problem) == said


def test_each_line_of_many_is_said_by_itself() -> None:
    line = "Router.think: found 'a,m'; there is no such provider."
    wanted = in_words(line)

    assert CHINESE.search(wanted)
    assert in_words("\n".join(f"  {line}" for _ in range(40))).split("\n  ") == [
        f"  {wanted}",
        *[wanted] * 39,
    ]


def test_a_text_of_hundreds_of_sentences_does_not_hold_the_window() -> None:
    """Each of them can be of one text with those before it, and about each other."""
    said = " ".join(f"The {number}. of it is unknown: to {number} of us." for number in range(300))

    assert in_words(said).endswith("299 of us.")


NOTED = [template for template in templates().values() if template.note and not template.retired]


@pytest.mark.parametrize("template", NOTED, ids=lambda template: template.id)
def test_what_is_to_be_known_of_a_provider_is_said_in_the_language_of_the_window(
    template: Template,
) -> None:
    assert CHINESE.search(note_words(template))
    assert "`" not in note_words(template)


def test_between_chinese_sentences_of_different_origin_is_no_space() -> None:
    issue = Issue("Providers[0].models[0]", "found ''.", "Write [1, 2].")
    said = in_words("The file was not found. Run `ccr keys set p`.")

    assert put_together(("一。", "", "二。")) == "一。二。"
    assert put_together(("One.", "", "Two.")) == "One. Two."
    assert put_together(()) == ""
    assert " " not in form_words(issue)
    assert CHINESE.search(said)
    assert "。 " not in said


@pytest.mark.parametrize(
    "said",
    [
        "Take the sign-in out of api_base_url, or remove the key.",
        "Start the server of ollama, or correct its api_base_url.",
        "Check the network, the proxy and api_base_url.",
        "Check how api_base_url ends.",
        "Check api_base_url, and the name of the model.",
        "Check api_base_url and the name of the model.",
        "Check api_base_url.",
    ],
)
def test_the_address_is_called_as_the_field_of_the_window_is(said: str) -> None:
    shown = in_words(said)
    assert "地址" in shown
    assert "api_base_url" not in shown


def test_the_way_to_reach_a_provider_is_in_words(qapp: QApplication) -> None:
    longer = PseudoTranslator()
    qapp.installTranslator(longer)
    try:
        titles = [title_words(template) for template in templates().values()]
    finally:
        qapp.removeTranslator(longer)

    assert "OpenRouter" in titles
    assert any(title.startswith(f"{BEGIN}DeepSeek, in Anthropic's own") for title in titles)
    assert all(title.startswith(BEGIN) for title in titles if ", in " in title)


def test_a_client_key_is_not_looked_for_at_a_provider() -> None:
    said = in_words("Run `ccr keys set client-key`.")
    assert said == "请在“设置”的“服务”中输入。"
    for name in ("client-key/phone", "'client-key/my phone'"):
        assert "提供商" not in in_words(f"Run `ccr keys set {name}`.")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_code_is_not_marked_but_where_a_provider_did_so(code: str) -> None:
    language.current().use(code)

    assert [source for source in SOURCES if "`" in in_words(PLACE.sub("Qx7", source))] == []
    assert "Use `tools`, no `x`" in in_words("mock,m answered Use `tools`, no `x`.")
