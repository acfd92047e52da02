"""The key that a passphrase makes."""

import pytest

from ccr_desktop.core.secrets import sealing

ONE_SIGN, TWO_SIGNS = "clé de la maison", "cle\u0301 de la maison"


@pytest.mark.parametrize("closed_with", [ONE_SIGN, TWO_SIGNS])
@pytest.mark.parametrize("typed", [ONE_SIGN, TWO_SIGNS])
def test_what_was_closed_with_the_letters_as_typed_opens(closed_with: str, typed: str) -> None:
    """As earlier versions closed it."""
    lock = sealing.new_lock(sealing.BY_PASSPHRASE)
    key = sealing.derive(lock, closed_with.encode(), "")
    sealed = sealing.parse(sealing.seal(sealing.with_check(lock, key), key, {"a": "sk-a"}))

    found = sealing.key_of_passphrase(sealed.lock, typed)

    assert sealing.unseal(sealed, found) == {"a": "sk-a"}


def test_another_passphrase_does_not_open_it() -> None:
    lock = sealing.new_lock(sealing.BY_PASSPHRASE)
    key = sealing.key_of_passphrase(lock, ONE_SIGN)
    sealed = sealing.parse(sealing.seal(sealing.with_check(lock, key), key, {"a": "sk-a"}))

    with pytest.raises(sealing.WrongKeyError):
        sealing.unseal(sealed, sealing.key_of_passphrase(sealed.lock, "clè de la maison"))
