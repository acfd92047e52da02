"""Whatever stands in a configuration, it is read or refused with sentences, never with a trace."""

import contextlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.settings import keys_of
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.errors import ConfigError
from tests.support.examples import one_in

_URLS = ("http://[", "http://h")
_PATHS = ("~x/\0",)
_REFERENCES = ("$UNSET", "$KEY", "keyring:p")
_WORDS = st.sampled_from(["", "p", "p,m", "q,m", ",", "none", *_REFERENCES, *_URLS, *_PATHS])
_KEYS = _WORDS | st.text()
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | _WORDS
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=6,
)


def _objects(*names: str, **members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects with some of the known keys, whose values may be wrong."""
    known = dict.fromkeys(names, _VALUES) | {
        name: member | _VALUES for name, member in members.items()
    }
    return st.fixed_dictionaries({}, optional=known)


_NAMES = st.sampled_from(["p", "q", "", "P,"])
_PROVIDER = _objects(*keys_of("Providers[]"), name=_NAMES, api_base_url=st.just("https://h"))
_WHEN = _objects(*(condition.name for condition in CONDITIONS))
_RULE = _objects(*keys_of("Router.rules[]"), when=_WHEN)
_ROUTER = _objects(*keys_of("Router"), rules=st.lists(_RULE, max_size=3))
_FILE = _objects(
    *keys_of(),
    Providers=st.lists(_PROVIDER | _VALUES, max_size=3),
    Router=_ROUTER,
    routeSets=st.dictionaries(_WORDS, _ROUTER, max_size=2),
    fallback=_ROUTER,
)


@one_in(2)
@given(_FILE)
def test_no_configuration_breaks_the_reader(raw: dict[str, Any]) -> None:
    with contextlib.suppress(ConfigError):
        read_config(raw, None, {"KEY": "sk-1"}, secrets=MemorySecrets(p="sk-2"))
