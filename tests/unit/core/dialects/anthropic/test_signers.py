"""Who signed which thinking, as far as the router has seen it."""

import pytest

from ccr_desktop.core.dialects.anthropic import signers
from ccr_desktop.core.dialects.anthropic.signers import Signers
from ccr_desktop.core.protocol.carrier import encode_carrier


def thought(signature: str) -> dict[str, str]:
    return {"type": "thinking", "thinking": "hm", "signature": signature}


def test_only_its_signer_gets_thinking_back() -> None:
    known = Signers()
    known.note("one", thought("a"))

    assert not known.is_foreign("one", thought("a"))
    assert known.is_foreign("two", thought("a"))


def test_what_nobody_is_known_to_have_signed_may_be_anybodys() -> None:
    assert not Signers().is_foreign("one", thought("a"))


def test_carriers_are_nobodys() -> None:
    assert Signers().is_foreign("one", thought(encode_carrier("one", {})))


def test_words_and_odd_blocks_are_no_thinking() -> None:
    assert not Signers().is_foreign("one", {"type": "text", "text": "x"})
    assert not Signers().is_foreign("one", {"type": ["thinking"]})


def test_the_oldest_signatures_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signers, "_KEPT", 2)
    known = Signers()
    for signature in "abc":
        known.note("one", thought(signature))

    assert [known.is_foreign("two", thought(each)) for each in "abc"] == [False, True, True]
