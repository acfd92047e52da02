"""What the completion for bash offers, asked without a terminal."""

import subprocess

import pytest

from tests.support.programs import need
from tests.unit.cli.conftest import Home, Run

PROVIDERS = [
    {"name": name, "api_base_url": "http://localhost:1/v1", "models": ["m"]}
    for name in ("one", "two")
]


@pytest.fixture(name="offered")
def _offered(run: Run) -> object:
    """Asks the completion, for whom `ccr` prints names of providers."""
    bash = need("bash")
    script = run("completion", "bash").out

    def offered(*words: str) -> set[str]:
        quoted = " ".join(f"'{word}'" for word in ("ccr", *words))
        asked = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _ccr; echo ${{COMPREPLY[*]}}"
        names = "ccr() { [ \"$*\" = 'completion providers' ] && printf 'one\\ntwo\\n'; }"
        done = subprocess.run(
            [bash, "-c", f"{script}\n{names}\n{asked}"], capture_output=True, text=True, check=True
        )
        assert not done.stderr
        return set(done.stdout.split())

    return offered


def test_an_action_is_offered_once(offered: object) -> None:
    assert callable(offered)
    assert offered("providers", "") >= {"add", "list", "test"}
    assert offered("providers", "te") == {"test"}
    assert offered("providers", "test", "") == {
        "one",
        "two",
        "--config",
        "--model",
        "--json",
        "--help",
    }
    assert offered("providers", "test", "one", "--js") == {"--json"}
    assert offered("preset", "rm", "--y") == {"--yes"}


def test_behind_an_option_with_a_value_bash_completes_files(offered: object) -> None:
    assert callable(offered)
    assert offered("config", "check", "--config", "") == set()
    assert offered("status", "--config", "/tmp") == set()


def test_providers_are_named_one_a_line(user: Home, run: Run) -> None:
    assert run("completion", "providers").out.strip() == ""
    user.write({"Providers": PROVIDERS})
    assert run("completion", "providers").out == "one\ntwo\n"
    user.write("{")
    assert run("completion", "providers").out.strip() == ""
