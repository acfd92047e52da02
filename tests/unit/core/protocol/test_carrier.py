import base64

import pytest

from ccr_desktop.core.protocol.carrier import PREFIX, decode_carrier, encode_carrier, is_carrier

STATE = {"field": "reasoning_content", "details": [{"text": "é\u2028"}]}


def test_state_comes_back_to_its_provider() -> None:
    state = decode_carrier("p", encode_carrier("p", STATE))

    assert state == {"p": "p", **STATE}


def test_state_is_nothing_to_another_provider() -> None:
    assert decode_carrier("q", encode_carrier("p", STATE)) is None


@pytest.mark.parametrize(
    "signature",
    [None, 5, "", "EqQBCgIYAhIkMWJi", PREFIX, f"{PREFIX}é", f"{PREFIX}a", f"{PREFIX}bm90anNvbg==",
     PREFIX + base64.urlsafe_b64encode(b"[1]").decode()],
    ids=repr,
)  # fmt: skip
def test_a_foreign_or_damaged_signature_holds_no_state(signature: object) -> None:
    assert decode_carrier("p", signature) is None


def test_a_carrier_is_known_by_its_prefix() -> None:
    assert is_carrier(encode_carrier("p", {}))
    assert not is_carrier("ErUBCkYIBRgCIkD")
