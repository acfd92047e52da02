"""Keys that clients send, offered and taken: they go where keys go."""

import pytest

from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.taking import take


def test_the_key_of_clients_goes_where_keys_go() -> None:
    made = offer(Found("Test", Origin.FILE, {"APIKEY": "clients-planted"}), {})
    assert made.ticked == {"setting:APIKEY"}
    assert "get error 401" in made.items[0].warnings[0]

    taken = take({}, made, {"setting:APIKEY"})
    kept = take({}, made, {"setting:APIKEY"}, keys_in_file=True)

    assert (taken.raw["APIKEY"], taken.keys) == (
        "keyring:client-key",
        {"client-key": "clients-planted"},
    )
    assert (kept.raw["APIKEY"], kept.keys) == ("clients-planted", {})


@pytest.mark.parametrize("origin", [Origin.HERE, Origin.FILE])
def test_keys_of_devices_let_somebody_in_and_come_from_others_only_when_asked(
    origin: Origin,
) -> None:
    keys = [{"name": "a", "key": "devices-planted"}]
    made = offer(Found("Test", origin, {"ClientKeys": keys}), {})

    assert made.ticked == ({"setting:ClientKeys"} if origin is Origin.HERE else frozenset())
    assert "can use your router" in made.items[0].warnings[0]


def test_a_reference_in_place_of_the_key_of_clients_stays() -> None:
    made = offer(Found("Test", Origin.HERE, {"APIKEY": "$CCR_KEY"}), {})

    taken = take({}, made, {"setting:APIKEY"})

    assert (taken.raw["APIKEY"], taken.keys) == ("$CCR_KEY", {})
