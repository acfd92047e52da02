"""A text that is laid out anew says the same, comments included."""

import json
import random
import re
from pathlib import Path

import pyjson5
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.formatting import formatted
from tests.support.examples import one_in

EXAMPLE = (Path(__file__).parents[4] / "config.example.json").read_text(encoding="utf-8")
GAPS = ["", " ", "\n", "\n\n\n", "  \t", " // a \n", "/* b */", "\n/* c\n d */\n"]
PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def comments(text: str) -> list[str]:
    return re.findall(r"// ?\w+|/\*.*?\*/", text, re.DOTALL)


def test_a_text_that_is_laid_out_well_stays() -> None:
    assert formatted(EXAMPLE) == EXAMPLE


def test_members_get_lines_and_comments_stay_where_they_were() -> None:
    text = '{"a":1,// x\n"b":[1,2],\n\n\n"c":{"d":[],"e":{}} /* y */,\n/* z */ "f": /* g */ 2,}'

    assert (
        formatted(text)
        == """\
{
  "a": 1, // x
  "b": [1, 2],

  "c": { "d": [], "e": {} } /* y */,
  /* z */ "f": /* g */ 2,
}
"""
    )


def test_each_of_a_list_that_takes_several_lines_begins_one() -> None:
    long = f'"{"y" * 100}"'
    text = f'{{"a":[\n{{"b":1}},{{"c":{long}}},{{"d":2}},[3]]}}'

    assert (
        formatted(text)
        == f"""\
{{
  "a": [
    {{ "b": 1 }},
    {{
      "c": {long}
    }},
    {{ "d": 2 }},
    [3]
  ]
}}
"""
    )


@pytest.mark.parametrize("text", ['{ "a": ', "", "{ a b }", '{ "a": "no end }'])
def test_a_text_that_is_not_right_is_left_alone(text: str) -> None:
    assert formatted(text) == text


@one_in(2)
@given(st.integers(0, 10_000))
def test_it_says_the_same_and_is_the_same_the_second_time(seed: int) -> None:
    chance = random.Random(seed)
    whole = json.dumps({"v": value(chance, 3)})
    text = "".join(f"{piece}{chance.choice(GAPS)}" for piece in PIECE.findall(whole))

    laid_out = formatted(text)

    assert pyjson5.decode(laid_out) == pyjson5.decode(text)
    assert comments(laid_out) == comments(text)
    assert formatted(laid_out) == laid_out


def value(chance: random.Random, depth: int) -> object:
    kind = chance.random()
    if not depth or kind < 0.3:
        return chance.choice([1, "a", "{", "b: '", '"'])
    items = [value(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return (
        items if kind < 0.6 else {"xyz"[n] * chance.randint(1, 2): v for n, v in enumerate(items)}
    )
