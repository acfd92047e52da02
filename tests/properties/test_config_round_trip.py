"""What is loaded, saved and loaded again is the same, to the order of its keys."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.config.syntax import parse
from ccr_desktop.core.secrets import MemorySecrets

_NAMES = st.text(min_size=1).filter(lambda name: "," not in name and name.strip() == name)
_TEXTS = st.text() | st.sampled_from(["$KEY", "${KEY}/x", "keyring:p", "$UNSET", "é\u2028"])
_NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False)
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
_PROVIDERS = st.fixed_dictionaries(
    {"name": _NAMES, "api_base_url": st.just("https://h.test/v1"), "api_key": st.just("$KEY")},
    optional={"models": st.lists(st.text(), max_size=3), "mine": _VALUES},
)
_CONFIGURATIONS = st.fixed_dictionaries(
    {"Providers": st.lists(_PROVIDERS, max_size=3)},
    optional={
        "PORT": st.integers(1, 65535) | st.just("$P"),
        "LOG": st.booleans(),
        "APIKEY": _TEXTS,
        "StatusLine": st.dictionaries(st.text(), _VALUES, max_size=3),
    },
)
_EXTRAS = st.dictionaries(st.text(min_size=1).map("x-".__add__), _VALUES, max_size=4)
_ENVIRONMENT = {"KEY": "sk-secret", "P": "4000"}


@pytest.fixture(autouse=True, scope="module")
def home() -> Any:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCR_DESKTOP_HOME", folder)
        yield


@settings(max_examples=100)  # each one waits for the disk
@given(_CONFIGURATIONS, _EXTRAS, st.booleans(), st.randoms(use_true_random=False))
def test_a_configuration_survives_saving(
    configuration: dict[str, Any], extras: dict[str, Any], is_json5: bool, order: Any
) -> None:
    items = [*configuration.items(), *extras.items()]
    order.shuffle(items)
    raw = dict(items)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.json"
        path.write_text(("// mine\n" if is_json5 else "") + json.dumps(raw), encoding="utf-8")
        options: Any = {"environment": _ENVIRONMENT, "secrets": MemorySecrets()}

        first = ConfigStore(path, explicit=True, **options)
        first.save(dict(first.config.raw))
        saved = path.read_bytes()
        second = ConfigStore(path, explicit=True, **options)

    assert first.config == second.config
    assert json.dumps(parse(saved, path, [])) == json.dumps(raw)  # to the order of keys
    assert b"sk-secret" not in saved
