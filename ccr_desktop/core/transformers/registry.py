"""The chains of a configuration: every name looked up, every transformer made."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import replaced_script
from ccr_desktop.core.config.transformers import unknown_transformer
from ccr_desktop.core.transformers.chain import NO_CHAIN, Chain, Link
from ccr_desktop.core.transformers.javascript import JavaScriptTransformer as JavaScript
from ccr_desktop.core.transformers.javascript import wrong_protocol
from ccr_desktop.core.transformers.plugin_files import Plugins
from ccr_desktop.core.user_code import is_cancellation, why

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import ChainLink, Config, Route
    from ccr_desktop.core.transformers.plugin_files import PluginClass

log = logging.getLogger(__name__)

_OTHER_PROTOCOL = (
    "Requests that need it fail. Take it out of this list, give the provider an address for Chat "
    "Completions, or write it in Python: docs/writing-plugins.md shows how."
)
_HINT = "Requests that need it fail until that is corrected."
_UNUSED = "No provider uses it yet. Requests that need it would fail."


class Transformers:
    """The transformers of *config*. A plugin takes the place of a built-in one of its name.

    A chain with a plugin that can't be made is not run in part: it may be there to keep
    something from being sent.
    """

    def __init__(self, config: Config, plugins: Plugins) -> None:
        self.config = config
        self.plugins = plugins
        self.issues: list[Issue] = list(plugins.issues)
        self._asked_for: set[str] = set()
        self._unmade: dict[str, str] = {}
        self._chains: dict[tuple[str, str], Chain] = {}
        for provider in config.providers.values():
            spoken = provider.dialect
            own = self._chains[provider.name, ""] = self._made(provider.chain, spoken)
            for model, links in provider.model_chains.items():
                self._chains[provider.name, model] = own.then(self._made(links, spoken))
        for chain in _chains_of_rules(config):
            self._made(chain)  # for what is wrong with them
        self._note_unused()
        self.plugins = replace(plugins, unmade=self._unmade)

    def _note_unused(self) -> None:
        """Options may come with the use: what a chain made is in order, whatever it lacks alone."""
        for name, problem in self.plugins.unmade.items():
            if name not in self._asked_for:
                self._unmade[name] = problem
                file = self.plugins.classes[name].file
                lines = "\n".join(dict.fromkeys([problem.splitlines()[-1], problem]))
                told = f"{file.path} can't make {name!r}: {lines}"
                self._note(Issue(file.where, told, _UNUSED, "warning"))

    def chain(self, route: Route, further: Sequence[ChainLink] = ()) -> Chain:
        """What runs for a route, and *further* transformers of own rules behind it."""
        found = self._chains.get((route.provider, route.model))
        own = found or self._chains.get((route.provider, ""), NO_CHAIN)
        return own.then(self._made(further)) if further else own

    def _made(self, links: Sequence[ChainLink], spoken: str = "") -> Chain:
        """The chain of *links* for a provider that speaks the dialect *spoken*, if that is known.

        One in JavaScript that does not know it stays: it may be there to keep something from
        being sent, and fails what it can't handle.
        """
        made: list[Link] = []
        problem = ""
        for link in links:
            try:
                if (found := self._link(link)) is not None:
                    made.append(found)
                    self._note_protocol(found, link, spoken)
            except _NotMadeError as exc:
                problem = problem or f"{link.name}: {exc}"
                if link.name in self.plugins.classes:
                    self._unmade[link.name] = exc.trace or str(exc)
                told = "\n".join(filter(None, (str(exc), exc.trace)))
                self._note(Issue(link.where, told, _HINT, "warning"))
        return Chain(made, problem)

    def _link(self, link: ChainLink) -> Link | None:
        if plugin := self.plugins.classes.get(link.name):
            self._asked_for.add(link.name)
            return _of_plugin(link, plugin)
        # All of them together take long to load, and most configurations need none.
        from ccr_desktop.core.transformers.built_in import BUILT_IN  # noqa: PLC0415

        if make := BUILT_IN.get(link.name):
            options = {**self._options_of_script(link.name), **link.options}
            return _built_in(link, make, options)
        if self.plugins.broken:
            raise _NotMadeError(_not_loaded(self.plugins.broken))
        self._note(unknown_transformer(link, tuple(self.plugins.classes)))
        return None

    def _note_protocol(self, found: Link, link: ChainLink, spoken: str) -> None:
        known = found.transformer.dialect if isinstance(found.transformer, JavaScript) else ""
        if known and spoken and known != spoken:
            problem = f"{link.name} is JavaScript: {wrong_protocol(known)}, and this one {spoken}."
            self._note(Issue(link.where, problem, _OTHER_PROTOCOL, "warning"))

    def _note(self, issue: Issue) -> None:
        """Say it once: chains of rules are made again when they are needed."""
        if issue not in self.issues:
            self.issues.append(issue)

    def _options_of_script(self, name: str) -> Mapping[str, Any]:
        """Those of the entry whose file the built-in transformer takes the place of."""
        files = (file for file in self.config.plugins if replaced_script(file.path) == name)
        return next((file.options for file in files), {})


def _chains_of_rules(config: Config) -> Iterator[Sequence[ChainLink]]:
    for router in (config.router, *config.route_sets.values()):
        yield from (rule.chain for rule in router.rules if rule.chain)


class _NotMadeError(Exception):
    """A transformer of a chain can't be had; `trace` is what only its author wants to see."""

    def __init__(self, reason: str, trace: str = "") -> None:
        super().__init__(reason)
        self.trace = trace


def _not_loaded(broken: Mapping[str, str]) -> str:
    """Why a name may be missing: files, each with the last line of what is wrong with it."""
    files = ", ".join(f"{path} ({reason.splitlines()[-1]})" for path, reason in broken.items())
    return f"no plugin that could be loaded has this name. Not loaded: {files}."


def _built_in(link: ChainLink, make: Callable[..., Any], options: Mapping[str, Any]) -> Link:
    try:
        return Link(link.name, make(options), options)
    except Exception as exc:
        log.warning("the transformer %s can't be made", link.name, exc_info=exc)
        given = ", ".join(options) or "none"
        reason = f"it can't be made ({type(exc).__name__}: {exc}) of these options: {given}."
        raise _NotMadeError(reason) from exc


def _of_plugin(link: ChainLink, plugin: PluginClass) -> Link:
    options = {**plugin.file.options, **link.options}
    try:
        return Link(link.name, plugin.instance(options), options, is_plugin=True)
    except BaseException as exc:  # whatever somebody else's code raises
        if is_cancellation(exc):
            raise
        log.warning("the transformer %s can't be made", link.name, exc_info=exc)
        reason = f"{plugin.file.path} can't make it: {type(exc).__name__}: {exc}"
        raise _NotMadeError(reason, why(exc, Path(plugin.file.path))) from exc
