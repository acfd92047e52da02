"""Whatever a file or a link holds: reading, offering and taking it fails with words, or not."""

import base64
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccr_desktop.core.transfer import cc_switch, ccr3
from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.sources import read_file, read_link
from ccr_desktop.core.transfer.taking import take
from ccr_desktop.errors import CcrError

_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["https://a.example.com", "http://[", "a,m", "A/m", "$KEY", "keyring:a", "claude", "//x"]
    ),
)
_KEYS = st.sampled_from(
    ["Providers", "Router", "name", "api_base_url", "baseUrl", "api_key", "api_keys", "models",
     "key", "weight", "credentials", "capabilities", "type", "rules", "condition", "left",
     "rewrites", "default", "fallback", "profile", "profiles", "agent", "model", "gateway",
     "claude", "codex", "providers", "current", "settingsConfig", "env",
     "ANTHROPIC_BASE_URL", "config", "auth",
     "headers", "extraHeaders", "modelMetadata", "HOST", "transformers", "ccr-desktop", "version",
     "secrets", "enabled", "limits", "value", "operator", "right", "fallback", "mode"]
)  # fmt: skip
_ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=5)),
    max_leaves=25,
)
_ENTRIES = st.lists(st.dictionaries(_KEYS, _ANYTHING, max_size=6), max_size=3)
_APPS = st.dictionaries(_TEXTS, _ANYTHING)
_OBJECTS = st.fixed_dictionaries(
    {}, optional={"Providers": _ENTRIES, "Router": _ANYTHING, "profile": _ANYTHING, "HOST": _TEXTS,
                  "claude": st.fixed_dictionaries({"providers": _APPS}),
                  "gateway": st.just({}), "ccr-desktop": st.just("settings"),
                  "version": st.just(1), "config": _ANYTHING, "secrets": _ANYTHING}
)  # fmt: skip
_OWN = {
    "Providers": [{"name": "a", "api_base_url": "https://a.example.com", "api_key": "keyring:a"}],
    "Router": {"default": "a,m"},
}


def goes_on(read: Callable[[], Found]) -> None:
    """What is ticked at first can always be taken."""
    try:
        offers = [(own, offer(read(), own)) for own in ({}, _OWN)]
    except CcrError:
        return
    for own, made in offers:
        take(own, made, made.ticked)
        with suppress(CcrError):
            take(own, made, {item.key for item in made.items})


@given(_OBJECTS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_anything(tmp_path: Path, raw: Any) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(raw), encoding="utf-8")

    goes_on(lambda: read_file(path, "a passphrase"))


@given(_OBJECTS)
@settings(max_examples=150)
def test_settings_of_another_program_that_are_anything(raw: Any) -> None:
    goes_on(lambda: ccr3.from_settings(raw, Origin.FILE))
    goes_on(lambda: cc_switch.from_settings(raw, Origin.HERE))


@given(_OBJECTS)
@settings(max_examples=100)
def test_a_link_of_anything(raw: Any) -> None:
    data = base64.urlsafe_b64encode(zlib.compress(json.dumps(raw).encode())).decode()

    goes_on(lambda: read_link(f"ccr-desktop://import?v=1&data={data}"))
    goes_on(
        lambda: read_link(
            f"ccr://provider?payload={base64.b64encode(json.dumps(raw).encode()).decode()}"
        )
    )


@given(st.text(max_size=60))
@settings(max_examples=150)
def test_any_text_behind_a_known_scheme(text: str) -> None:
    for head in ("ccr-desktop://", "ccr://", "ccswitch://v1/import?resource=provider&"):
        goes_on(lambda head=head: read_link(head + text))


@pytest.mark.parametrize(
    "data", [b"", b"SQLite format 3\x00" + b"\x00" * 200, b"-- CC Switch SQLite"]
)
def test_broken_files_fail_with_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "f"
    path.write_bytes(data)

    with pytest.raises(CcrError):
        read_file(path)
