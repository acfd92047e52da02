import subprocess
import sys

import pytest

from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.dialects.known import dialect_of, endpoint_of

NAMES = BY_KEY["Providers[].dialect"].choices


@pytest.mark.parametrize("name", [name for name in NAMES if name != "anthropic"])
def test_every_dialect_of_the_configuration_is_known(name: str) -> None:
    assert dialect_of(name).name == name


@pytest.mark.parametrize("name", [name for name in NAMES if name != "openai-chat"])
def test_every_dialect_completes_addresses(name: str) -> None:
    assert endpoint_of(name) is not None


def test_no_other_dialect_is_known() -> None:
    assert endpoint_of("openai-chat") is None  # that depends on the host
    with pytest.raises(KeyError):
        dialect_of("smoke-signals")


def test_what_nobody_has_asked_for_is_not_loaded() -> None:
    seen = "print([n for n in sys.modules if n.startswith(tuple(sys.argv[1:]))])"
    core = "ccr_desktop.core"
    seldom = [f"{core}.{name}" for name in ("dialects.gemini", "dialects.ollama", "faces.openai")]

    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {core}.service; {seen}", *seldom],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
