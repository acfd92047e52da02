"""`keyring:NAME` in a configuration."""

from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config, Route
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.targets import find_target
from ccr_desktop.errors import SecretError, UpstreamRejected

JsonObject = dict[str, Any]
PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "models": ["m"]}
OTHER = {**PROVIDER, "name": "q", "api_key": "sk-q"}


class Counting(MemorySecrets):
    def __init__(self, error: SecretError | None = None, **secrets: str) -> None:
        super().__init__(**secrets)
        self.asked: list[str] = []
        self.error = error

    def get(self, name: str) -> str | None:
        self.asked.append(name)
        if self.error:
            raise self.error
        return super().get(name)


def read(secrets: Counting, *providers: JsonObject, **values: Any) -> Config:
    raw = {"Providers": list(providers), "Router": {"default": "p,m"}, **values}
    return read_config(raw, None, {"NAME": "p"}, secrets=secrets)


def test_the_keyring_is_asked_once_for_each_name() -> None:
    secrets = Counting(p="sk-p")

    config = read(
        secrets,
        {**PROVIDER, "api_key": "keyring:p"},
        {**OTHER, "api_keys": ["keyring:p", {"key": "keyring: $NAME"}], "api_key": ""},
        APIKEY="keyring:p",
    )

    assert config.providers["p"].api_key == "sk-p"
    assert config.providers["q"].keys[0].key == "sk-p"
    assert config.api_key == "sk-p"
    assert secrets.asked == ["p"]
    assert config.issues == ()
    assert config.raw["APIKEY"] == "keyring:p"


def test_without_a_reference_it_is_not_asked() -> None:
    secrets = Counting()
    read(secrets, {**PROVIDER, "api_key": "sk"})

    assert secrets.asked == []


def test_a_missing_entry_stops_only_its_provider() -> None:
    config = read(Counting(), {**PROVIDER, "api_key": "keyring:p"}, OTHER)

    said = "Providers[0].api_key: memory holds no key 'p'. Run `ccr keys set p`."
    assert [str(issue) for issue in config.issues] == [said]
    assert config.issues[0].severity == "warning"
    assert (config.providers["p"].api_key, config.providers["p"].key_problem) == ("", said)
    assert config.providers["q"].key_problem == ""


def test_requests_to_a_provider_without_its_key_fail_with_a_sentence() -> None:
    config = read(Counting(), {**PROVIDER, "api_key": "keyring:p"})

    with pytest.raises(UpstreamRejected) as caught:
        find_target(Route("p", "m"), config)

    assert caught.value.failure.status == 403
    assert "Run `ccr keys set p`." in caught.value.failure.message


def test_a_locked_keyring_is_asked_once_and_each_place_is_told() -> None:
    secrets = Counting(SecretError("The keyring is locked", "Unlock it."))

    config = read(secrets, {**PROVIDER, "api_key": "keyring:p"}, {**OTHER, "api_key": "keyring:q"})

    assert [str(issue) for issue in config.issues] == [
        "Providers[0].api_key: The keyring is locked. Unlock it.",
        "Providers[1].api_key: The keyring is locked. Unlock it.",
    ]
    assert secrets.asked == ["p"]


@pytest.mark.parametrize("reference", ["keyring:x", "$UNSET"])
def test_an_unset_key_of_our_own_does_not_open_the_door(reference: str) -> None:
    config = read(Counting(), OTHER, APIKEY=reference, HOST="0.0.0.0", Router={"default": "q,m"})

    assert config.host == "127.0.0.1"
    assert config.api_key == reference


@pytest.mark.parametrize("key", ["PORT", "LOG", "LOG_LEVEL", "HOST", "PROXY_URL", "routeSet"])
def test_another_setting_that_is_an_unset_reference_has_its_default_and_one_warning(
    key: str,
) -> None:
    config = read(Counting(), OTHER, Router={"default": "q,m"}, **{key: "$UNSET"})

    assert [issue.where for issue in config.issues] == [key]
    assert (config.port, config.host, config.proxy_url) == (3456, "127.0.0.1", "")
