"""The access rules by themselves; `tests/component/test_service_access.py` has real requests."""

from dataclasses import replace
from datetime import date

import pytest
from multidict import CIMultiDict

from ccr_desktop.core.config.schema import ClientKey, Config
from ccr_desktop.core.server.access import AccessPolicy
from ccr_desktop.errors import ClientError

OWN = {"Host": "127.0.0.1:3456"}
HERE = "127.0.0.1"


def refused(
    config: Config, path: str = "/v1/messages", *, remote: str = HERE, **headers: str
) -> int:
    """The status of the refusal; 0 for none."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        AccessPolicy(config).check(path, CIMultiDict({**OWN, **given}), remote)
    except ClientError as exc:
        return exc.status
    return 0


def test_without_a_key_this_machine_is_served() -> None:
    assert refused(Config()) == 0
    assert refused(Config(), x_api_key="anything") == 0


@pytest.mark.parametrize("path", ["/", "/health", "/api/explain"])
def test_probes_and_management_need_no_client_key(path: str) -> None:
    assert refused(Config(api_key="k"), path) == 0


@pytest.mark.parametrize("path", ["/v1/messages", "/healthy", "/api", "/apis/x", "/v1/api/x", ""])
def test_all_else_does(path: str) -> None:
    assert refused(Config(api_key="k"), path) == 401


def test_a_key_of_any_characters_can_be_used() -> None:
    assert refused(Config(api_key="schlüssel 猫"), Authorization="Bearer schlüssel 猫") == 0
    assert refused(Config(api_key="k"), x_api_key="\udcff") == 401


@pytest.mark.parametrize(
    "host",
    [
        *("", "evil.example", "127.0.0.1.evil", "user@evil.example", "[::1", "localhost.evil"),
        *("127.0.0.1#.evil.com", "127.0.0.1/.evil.com", "127.0.0.1?.evil.com"),
        *("evil.com@127.0.0.1", "127.0.0.1:80:80", "127.0.0.1:x", "127.0.0.1\n", " 127.0.0.1"),
    ],
)
def test_a_foreign_host_is_refused_before_all_else(host: str) -> None:
    assert refused(Config(api_key="k"), "/health", Host=host) == 403


def test_the_configured_host_is_ours() -> None:
    config = Config(host="Router.Example", api_key="k")

    assert refused(config, x_api_key="k", Host="router.example:3456") == 0


@pytest.mark.parametrize("host", ["192.0.2.7", "[2001:db8::1]:3456", "10.0.0.1:1"])
def test_on_all_addresses_any_address_is_ours(host: str) -> None:
    assert refused(Config(host="0.0.0.0", api_key="k"), x_api_key="k", Host=host) == 0
    assert refused(Config(api_key="k"), x_api_key="k", Host=host) == 403


@pytest.mark.parametrize("origin", ["", "null", "http://127.0.0.1:1", "http://[::1", "\udcff"])
def test_a_foreign_origin_is_refused(origin: str) -> None:
    assert refused(Config(), Origin=origin) == 403


@pytest.mark.parametrize("name", ["Host", "Origin"])
def test_each_of_several_headers_counts(name: str) -> None:
    own = {"Host": "127.0.0.1:3456", "Origin": "http://127.0.0.1:3456"}
    headers = CIMultiDict([*own.items(), (name.lower(), "http://evil.example")])

    with pytest.raises(ClientError):
        AccessPolicy(Config()).check("/v1/messages", headers, HERE)


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:3456", "[::1]:3456", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert refused(Config(), Host=host) == 0


def test_an_own_origin_is_served() -> None:
    assert refused(Config(), Origin="http://127.0.0.1:3456") == 0


def test_a_key_that_its_store_keeps_back_is_told_from_a_wrong_one() -> None:
    sent = CIMultiDict({**OWN, "x-api-key": "other"})
    for key, words in (("keyring:router", "password store locked"), ("k", "Send the router's")):
        with pytest.raises(ClientError, match=words) as refusal:
            AccessPolicy(Config(api_key=key)).check("/v1/messages", sent, HERE)
        assert refusal.value.is_lasting is (key == "k")


@pytest.mark.parametrize("key", ["", "$NOT_SET", "keyring:router"])
@pytest.mark.parametrize("remote", ["192.0.2.9", "2001:db8::1", "::ffff:192.0.2.9", ""])
def test_without_a_key_that_is_known_only_this_machine_is_served(key: str, remote: str) -> None:
    """It listens to others when its key is taken away, until it is started anew."""
    config = Config(host="0.0.0.0", api_key=key)

    assert refused(config, remote=remote, x_api_key=key) == 401
    assert refused(config, "/health", remote=remote) == 0
    for here in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert refused(config, remote=here, x_api_key=key) == 0
    assert refused(Config(host="0.0.0.0", api_key="k"), remote="192.0.2.9", x_api_key="k") == 0


LAPTOP = ClientKey(name="laptop", key="of-laptop", expires=date(2027, 3, 31))
GONE = ClientKey(name="phone", key="keyring:client-key/phone")


@pytest.mark.parametrize(
    ("key", "day", "status"),
    [
        ("of-laptop", date(2027, 3, 31), 0),
        ("of-laptop", date(2027, 4, 1), 401),
        ("of-lapto", date(2027, 1, 1), 401),
        ("keyring:client-key/phone", date(2027, 1, 1), 401),
        ("k", date(2027, 4, 1), 0),
    ],
)
def test_a_key_of_a_device_counts_to_the_end_of_its_last_day(
    key: str, day: date, status: int
) -> None:
    policy = AccessPolicy(Config(api_key="k", client_keys=(LAPTOP, GONE)), lambda: day)
    headers = CIMultiDict({**OWN, "x-api-key": key})

    if status == 0:
        policy.check("/v1/messages", headers, HERE)
    else:
        with pytest.raises(ClientError) as caught:
            policy.check("/v1/messages", headers, HERE)
        assert caught.value.status == status


def test_where_no_key_is_wanted_those_of_devices_shut_nobody_out() -> None:
    assert refused(Config(client_keys=(LAPTOP,))) == 0


OVER = ClientKey(name="old", key="of-old", expires=date(2000, 1, 1))


@pytest.mark.parametrize("other", ["of-laptop", "k"])
@pytest.mark.parametrize(
    ("first", "second"), [("x_api_key", "Authorization"), ("Authorization", "x_api_key")]
)
def test_one_key_that_is_over_does_not_spoil_another(first: str, second: str, other: str) -> None:
    config = Config(api_key="k", client_keys=(OVER, replace(LAPTOP, expires=None)))

    assert refused(config, **{first: "of-old", second: other}) == 0


def test_the_same_key_counts_while_one_entry_of_it_has_not_ended() -> None:
    again = ClientKey(name="old", key="of-old")

    assert refused(Config(api_key="k", client_keys=(OVER, again)), x_api_key="of-old") == 0


@pytest.mark.parametrize(("clients", "is_lasting"), [((LAPTOP, GONE), False), ((LAPTOP,), True)])
def test_a_key_that_the_store_does_not_give_yet_may_come(
    clients: tuple[ClientKey, ...], is_lasting: bool
) -> None:
    policy = AccessPolicy(Config(api_key="k", client_keys=clients))

    with pytest.raises(ClientError) as caught:
        policy.check("/v1/messages", CIMultiDict({**OWN, "x-api-key": "of-phone"}), HERE)

    assert caught.value.is_lasting is is_lasting
    assert ("password store" in caught.value.message) is not is_lasting
