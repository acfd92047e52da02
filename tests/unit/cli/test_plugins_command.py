"""`ccr plugins`: the list, and a rehearsal without a provider."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Home, Run

MINE = """
class Mine:
    name = "mine"
    def __init__(self, options):
        self.limit = options["limit"]
    def request(self, body, context):
        return {**body, "max_tokens": self.limit}
"""
PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(MINE, encoding="utf-8")
    return path


def configure(user: Home, *plugins: object, use: object = ()) -> None:
    chain = {"use": list(use), "m": {"use": ["tooluse"]}}  # type: ignore[call-overload]
    user.write(
        {
            "Providers": [{**PROVIDER, "transformer": chain}],
            "Router": {"default": "p,m"},
            "transformers": list(plugins),
        }
    )


def test_the_list_tells_where_each_is_from_and_used(user: Home, run: Run, mine: Path) -> None:
    configure(user, {"path": str(mine), "options": {"limit": 5}}, use=["mine", "cleancache"])

    said = run("plugins", "list", "--json")

    rows = {row["name"]: row for row in said.json["transformers"]}
    assert said.code == 0
    assert rows["mine"]["from"] == str(mine)
    assert rows["mine"]["used_by"] == ["p"]
    assert rows["tooluse"]["used_by"] == ["p,m"]
    assert rows["maxtoken"]["used_by"] == []
    assert "mine" in run("plugins", "list").out


def test_one_that_cant_be_made_is_told_before_anything_uses_it(
    user: Home, run: Run, mine: Path
) -> None:
    configure(user, str(mine))

    said, checked = run("plugins", "list"), run("config", "check")

    assert said.code == 1
    assert "CAN'T BE MADE" in said.out
    for text in (said.err, checked.out + checked.err):
        assert 'mine.py", line 5, in __init__' in text


def test_what_is_wrong_is_told_by_the_list_and_by_the_check(
    user: Home, run: Run, mine: Path
) -> None:
    mine.write_text("oops(", encoding="utf-8")
    configure(user, str(mine), use=["mine"])

    said, checked = run("plugins", "list"), run("config", "check")

    assert said.code == 1
    assert "CAN'T BE LOADED" in said.out
    assert checked.code == 2
    for text in (said.err, checked.out):
        assert "transformers[0]" in text
        assert "SyntaxError: '(' was never closed. Requests that need it fail" in text
        assert "Providers[0].transformer.use[0]: no plugin that could be loaded has" in text


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ("deepseak", "Did you mean 'deepseek'?"),
        (["maxtoken", {"max_tokens": "many"}], "found 'many'. Allowed is a whole number."),
        (["cleancache", {"x": 1}], "there is no such setting"),
    ],
    ids=["name", "value", "option"],
)
def test_what_is_wrong_with_a_use_is_told_by_the_list(
    user: Home, run: Run, use: object, words: str
) -> None:
    configure(user, use=[use])

    said, as_json = run("plugins", "list"), run("plugins", "list", "--json")

    assert said.code == as_json.code == 1
    assert "Providers[0].transformer.use[0]" in said.err
    assert words in said.err
    assert len(as_json.json["problems"]) == 1


def test_a_name_for_a_protocol_shows_what_becomes_of_the_request(user: Home, run: Run) -> None:
    said = run("plugins", "test", "gemini")

    assert said.code == 0
    assert '+  "url": "https://api.example.com/v1beta/models/' in said.out
    assert "only a mark" in run("plugins", "test", "OpenAI").out


def test_a_file_is_tried_without_a_configuration(user: Home, run: Run, mine: Path) -> None:
    said = run("plugins", "test", str(mine), "--options", '{"limit": 7}')

    assert said.code == 0
    assert '-  "max_tokens": 32000,' in said.out
    assert '+  "max_tokens": 7,' in said.out
    assert "\x1b" not in said.out


def test_a_name_is_tried_with_the_options_of_its_file(user: Home, run: Run, mine: Path) -> None:
    configure(user, {"path": str(mine), "options": {"limit": 5}})

    (step,) = run("plugins", "test", "mine", "--json").json["mine"]

    assert (step["hook"], step["after"]["max_tokens"]) == ("request", 5)


def test_a_built_in_one_is_tried_on_a_request_of_the_users(
    user: Home, run: Run, tmp_path: Path
) -> None:
    request = tmp_path / "request.json"
    request.write_text(
        '{"model": "m", "max_tokens": 99, "messages": [{"role": "user", "content": "x"}]}'
    )

    said = run(
        "plugins", "test", "maxtoken", "--options", '{"max_tokens": 9}', "--request", str(request)
    )

    assert '-  "max_tokens": 99,' in said.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nobody"], 2, "There is no transformer 'nobody'"),
        (["nobody.py"], 2, "There is no file nobody.py"),
        (["maxtoken"], 2, "maxtoken needs max_tokens"),
        (["tooluse", "--options", "{"], 2, "--options is no JSON"),
        (["tooluse", "--options", "[]"], 2, "--options must be an object"),
        (["tooluse", "--request", "nothing.json"], 2, "nothing.json: No such file"),
    ],
)
def test_mistakes_get_a_sentence(
    user: Home, run: Run, arguments: list[str], code: int, words: str
) -> None:
    said = run("plugins", "test", *arguments)

    assert said.code == code
    assert words in said.err


def test_a_file_that_fails_is_told(user: Home, run: Run, mine: Path) -> None:
    said = run("plugins", "test", str(mine))
    assert (said.code, "KeyError: 'limit'" in said.err) == (1, True)
    assert 'mine.py", line 5, in __init__' in said.err

    mine.write_text("oops(", encoding="utf-8")
    assert "SyntaxError" in run("plugins", "test", str(mine)).err

    mine.write_text(MINE.replace("return {**body", "nowhere(); {**body"), encoding="utf-8")
    said = run("plugins", "test", str(mine), "--options", '{"limit": 1}')
    assert "FAILED: The transformer 'mine' failed: request: NameError" in said.out
    assert 'mine.py", line 7, in request' in said.out

    mine.write_text(MINE.replace("return {**body", "return None and {**body"), encoding="utf-8")
    said = run("plugins", "test", str(mine), "--options", '{"limit": 1}')
    assert said.code == 1
    assert "FAILED: The transformer 'mine' failed: request forgot to return" in said.out
