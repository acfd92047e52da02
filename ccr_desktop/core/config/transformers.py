"""Reading a provider's `transformer` object: one chain for all its models, one for single models.

A chain is a list of names, each with options or without. The built-in ones are checked here;
whether a plugin knows a name shows when the plugins are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import is_given, read_setting, shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.schema import ChainLink
from ccr_desktop.core.config.spelling import did_you_mean, note_unknown_keys

if TYPE_CHECKING:
    from ccr_desktop.core.config.known_transformers import KnownTransformer

Chain = tuple[ChainLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """What runs for every model of a provider, and what runs after it for single models."""

    own: Chain = ()
    by_model: Mapping[str, Chain] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(link.name for link in self.own)

    @property
    def dialect(self) -> str:
        """The protocol that one of them is written for; empty when that is not said."""
        return next(filter(None, (known.dialect for known in self._known())), "")

    @property
    def address(self) -> str:
        """Where requests go when the provider's entry gives no address."""
        return next(filter(None, (known.address for known in self._known())), "")

    @property
    def bring_key(self) -> bool:
        return any(known.brings_key for known in self._known())

    @property
    def sign_in_at(self) -> str:
        return next(filter(None, (known.signs_in_at for known in self._known())), "")

    def _known(self) -> list[KnownTransformer]:
        return [KNOWN_TRANSFORMERS[name] for name in self.names if name in KNOWN_TRANSFORMERS]

    @property
    def uses_bearer(self) -> bool:
        return any(link.options.get("UseBearer") is True for link in self.own)


def read_chains(
    found: Any, where: str, issues: list[Issue], *, has_plugins: bool = False
) -> Chains:
    """The chains of a provider. With *has_plugins* a name that is not built in may be one."""
    if not is_given(found) or found == []:
        return Chains()
    if not isinstance(found, dict):
        hint = 'Write {"use": ["name", …]}.'
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return Chains()
    reader = _Reader(issues, has_plugins=has_plugins)
    return Chains(
        own=reader.chain(found, where),
        by_model={
            model: chain
            for model, entry in found.items()
            if model != "use" and (chain := reader.chain(entry, f"{where}.{model}"))
        },
    )


class _Reader:
    def __init__(self, issues: list[Issue], *, has_plugins: bool) -> None:
        self._issues = issues
        self._has_plugins = has_plugins

    def chain(self, found: Any, where: str) -> Chain:
        use = found.get("use") if isinstance(found, dict) else found
        if found is None:
            hint = "It has no effect. Write a list of names, or remove the entry."
            self._issues.append(Issue(where, "found null.", hint, "warning"))
        if use is None:
            return ()
        if not isinstance(use, list):
            hint = 'A list of names, or of ["name", {options}], is allowed.'
            self._issues.append(Issue(f"{where}.use", f"found {shown(use)}.", hint))
            return ()
        links = (self._link(item, f"{where}.use[{index}]") for index, item in enumerate(use))
        return tuple(link for link in links if link)

    def _link(self, found: Any, where: str) -> ChainLink | None:
        match found:
            case str(name) | [str(name)]:
                return self._checked(ChainLink(name, {}, where))
            case [str(name), dict(options)]:
                return self._checked(ChainLink(name, options, where))
            case _:
                hint = 'A name or ["name", {options}] is allowed.'
                self._issues.append(Issue(where, f"found {shown(found)}.", hint))
                return None

    def _checked(self, link: ChainLink) -> ChainLink | None:
        known = KNOWN_TRANSFORMERS.get(link.name)
        if known:
            return replace(link, options=self._options(link, known))
        if self._has_plugins:
            return link
        self._issues.append(unknown_transformer(link))
        return None

    def _options(self, link: ChainLink, known: KnownTransformer) -> Mapping[str, Any]:
        if known.takes_any:
            return self._free_options(link, known)
        where, found = f"{link.where}[1]", list[Issue]()
        options = {
            option.key: read_setting(option, link.options, found) for option in known.options
        }
        options = {name: value for name, value in options.items() if value is not None}
        note_unknown_keys(link.options, known.option_names, "", found)
        if missing := [name for name in known.required if not is_given(link.options.get(name))]:
            hint = f"Write {known.example}."
            self._issues.append(Issue(link.where, f"{missing[0]} is missing.", hint))
        self._issues += [replace(issue, where=f"{where}.{issue.where}") for issue in found]
        return options

    def _free_options(self, link: ChainLink, known: KnownTransformer) -> Mapping[str, Any]:
        """The options that go to the provider as they are, without those that it would refuse."""
        kept = dict(link.options)
        for name, value in link.options.items():
            where = f"{link.where}[1].{name}"
            if name in known.reserved:
                hint = "Leave it out: routes and the client decide on it."
                self._issues.append(Issue(where, f"{name} can't be set here.", hint))
            elif name in known.objects and not isinstance(value, dict):
                self._issues.append(Issue(where, f"found {shown(value)}.", "An object is allowed."))
            else:
                continue
            del kept[name]
        return kept


def unknown_transformer(link: ChainLink, others: tuple[str, ...] = ()) -> Issue:
    """The problem with a name that nothing stands behind; *others* are those of plugins."""
    known = (*KNOWN_TRANSFORMERS, *others)
    hint = f"{did_you_mean(link.name, known)}`ccr plugins list` names them all."
    problem = f"there is no transformer {link.name!r}; it has no effect."
    return Issue(link.where, problem, hint, "warning")
