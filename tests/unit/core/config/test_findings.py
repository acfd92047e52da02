"""Problems and encodings of a text that is edited."""

from pathlib import Path

import pytest

from ccr_desktop.core.config.findings import located
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.text_form import TextForm, read_form
from ccr_desktop.core.secrets import MemorySecrets
from tests.unit.core.config.stores import BASE, opened, write

PATH = Path("config.json")


def found(text: str) -> list[tuple[int, str]]:
    """Line of each problem, and what is marked."""
    issues = opened().issues_of(text.encode(), MemorySecrets())
    return [(finding.line, text[finding.start : finding.end]) for finding in located(text, issues)]


@pytest.mark.usefixtures("home")
def test_problems_are_marked_where_they_are() -> None:
    text = """{
  "Providers": [
    { "name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"] },
  ],
  "Router": { "default": "p,m", "think": "q,m" },
  "PROT": 1,
  "LOG": "perhaps",
}"""

    assert found(text) == [(5, '"think": "q,m"'), (6, '"PROT": 1'), (7, '"LOG": "perhaps"')]


@pytest.mark.usefixtures("home")
def test_of_an_object_its_name_is_marked() -> None:
    assert found('{\n "PORT": 1,\n "Router": [\n  1\n ] }')[-1] == (3, '"Router"')


@pytest.mark.usefixtures("home")
def test_a_text_that_is_not_right_is_marked_where_it_stops_to_be() -> None:
    assert found('{\n  "PORT": 1\n  "LOG": true\n}') == [(3, '"')]
    assert found("") == [(1, "")]


def test_a_problem_without_a_place_is_at_the_beginning() -> None:
    (finding,) = located("{ }", [Issue("SERVICE_PORT", "wrong")])

    assert (finding.line, finding.start) == (1, 0)


@pytest.mark.usefixtures("home")
def test_looking_at_a_text_changes_nothing(own: Path) -> None:
    write(own, BASE)
    store = opened()
    before = store.config

    assert store.issues_of(b"{ PORT: 'x' }", MemorySecrets())

    assert store.config is before
    assert store.problems == ()


@pytest.mark.parametrize(
    "data",
    [
        b'{ "PORT": 1 }\n',
        b"\xef\xbb\xbf{ }\r\n",
        '{ "Ä": 1 }\r\n'.encode("utf-16"),
        '{ "Ä": 1 }'.encode("utf-16-be"),
        b"\xfe\xff" + '{ "Ä": 1 }\n'.encode("utf-16-be"),
        '{ "Ä": 1 }\n'.encode("utf-32"),
    ],
)
def test_a_text_gets_the_bytes_that_it_had(data: bytes) -> None:
    text, form = read_form(data, PATH)

    assert text.startswith("{")
    assert "\r" not in text
    assert form.encode(text) == data


def test_a_new_file_is_utf_8() -> None:
    assert TextForm().encode("é\n") == "é\n".encode()


def test_a_traceback_is_summed_up_on_one_line() -> None:
    trace = 'Traceback (most recent call last):\n  File "/my/p.py", line 1\nValueError: no: 3'
    issue = Issue("transformers[0]", f"/my/p.py: {trace}", "Mend it.")

    assert issue.summarised() == "transformers[0]: /my/p.py: ValueError: no: 3. Mend it."
    assert trace in str(issue)
    assert Issue("", "short").summarised() == "short"
