"""Entries that are not saved yet: what they come to, and where what is wrong with them is."""

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.drafts import TypedKeys, read_entry, with_typed_key

ENTRY = {"name": "Acme", "api_base_url": "https://acme.example/v1", "models": ["big"]}


def test_the_places_of_problems_are_within_the_entry() -> None:
    entry = {**ENTRY, "timeout": {"idle_s": -1}, "transformer": {"use": ["maxtoken"]}}

    reading = read_entry(entry, {}, {})

    assert {issue.where for issue in reading.issues} >= {"timeout.idle_s", "transformer.use[0]"}
    assert reading.provider is not None


def test_an_entry_without_an_address_is_no_provider() -> None:
    reading = read_entry({"name": "Acme"}, {}, {})

    assert reading.provider is None
    assert "api_base_url" in {issue.where for issue in reading.issues}


def test_problems_of_others_are_left_out() -> None:
    raw = {"PORT": "many", "Providers": [{"name": "broken"}]}

    reading = read_entry({**ENTRY, "api_key": "sk-123456"}, raw, {})

    assert reading.issues == ()


def test_a_stored_key_counts_as_there_without_asking_a_store() -> None:
    reading = read_entry({**ENTRY, "api_key": "keyring:Acme"}, {}, {})

    assert reading.issues == ()


def test_a_typed_key_comes_before_the_stored_one() -> None:
    store = MemorySecrets(Acme="sk-stored", other="sk-other")
    keys = TypedKeys({"Acme": "sk-typed"}, store)

    reading = read_entry(with_typed_key(ENTRY), {}, {}, keys)

    assert reading.provider is not None
    assert reading.provider.api_key == "sk-typed"
    assert keys.get("other") == "sk-other"
    assert keys.describe() == store.describe()


def test_the_address_of_the_router_itself_is_refused() -> None:
    entry = {**ENTRY, "api_base_url": "http://127.0.0.1:4000/v1"}

    reading = read_entry(entry, {"PORT": 4000}, {})

    assert [issue.where for issue in reading.issues] == ["api_base_url"]
