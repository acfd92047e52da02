"""Secrets of a provider that are no keys of requests: no store takes them, and that is said."""

import pytest

from ccr_desktop.core.transfer.found import Origin
from tests.unit.core.transfer.test_taking import entry, items


@pytest.mark.parametrize("origin", [Origin.FILE, Origin.HERE])
def test_secrets_that_no_store_takes_are_said(origin: Origin) -> None:
    secret = "sk-planted-0123456789"
    raw = {
        "Providers": [
            entry(
                api_key=secret,
                tokenizer={"default": {"type": "api", "apiKey": secret}},
                transformer={"use": [["vertex-openai", {"private_key": secret, "x": "$NAME"}]]},
            ),
            entry(name="b", api_key=secret, headers={"X-Team": "blue"}),
        ]
    }

    found = items(raw, {}, origin)

    told = " ".join(found["provider:a"].warnings)
    assert "readable in the settings file: tokenizer.default.apiKey" in told
    assert "transformer.use[0][1].private_key" in told
    assert secret not in told
    assert "readable" not in " ".join(found["provider:b"].warnings)
