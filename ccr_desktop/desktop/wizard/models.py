"""Presenter of the fourth step. Its main button writes what the assistant has gathered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.windows import window_of
from ccr_desktop.core.setup.key_moving import store_key
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.providers.connection import Candidate, read_candidate
from ccr_desktop.desktop.pages.routes.models import model_choices, other_models
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.widgets.choices import Later
from ccr_desktop.desktop.wizard.entries import entry_of, models_to_keep, with_setup
from ccr_desktop.desktop.wizard.models_view import BACKGROUND, LONG, MAIN
from ccr_desktop.desktop.wizard.step import Primary, StepPresenter
from ccr_desktop.desktop.wizard.suggesting import suggest
from ccr_desktop.errors import CcrError, as_sentences

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.draft import Progress
    from ccr_desktop.desktop.wizard.models_view import ModelsView

_SCENARIOS = {MAIN: "default", BACKGROUND: "background", LONG: "longContext"}


class Models(StepPresenter):
    """Pre-filled from the live list; what a person picks is kept in the draft."""

    def __init__(self, view: ModelsView, desk: Desk, progress: Progress) -> None:
        super().__init__(view, desk, progress)
        self._view = view
        self._live: list[str] = []
        self._is_busy = False
        view.picked.connect(self._picked)
        progress.provider_changed.connect(self._forget)

    def enter(self) -> None:
        self._view.show_trouble("")
        self.desk.bridge.do(self._fill(), self.tr("Asking for the models"))

    def primary(self) -> Primary:
        return Primary(
            self.tr("Save and continue"), bool(self.progress.draft.main) and not self._is_busy
        )

    def forward(self) -> None:
        self._is_busy = True
        self.changed.emit()
        self.desk.bridge.do(self._save(), self.tr("Saving"))

    # -- what can be chosen ----------------------------------------------------------------

    async def _fill(self) -> None:
        draft, config = self.progress.draft, self._own_config()
        if not draft.name:
            self._show(config, None)
            return
        self._view.show_looking(self.tr("Asking {title} for its models…").format(title=draft.title))
        provider: Provider | None = None
        candidate = Candidate(entry=entry_of(draft), key=self.progress.key, template=draft.template)
        try:
            provider = (await read_candidate(candidate, self.desk)).provider
            if provider is not None and not self._live:
                self._live = await list_models(config, provider)
                self._view.show_note("")
        except CcrError as exc:
            words = self.tr("The list could not be had ({why}); these models are usual there.")
            self._view.show_note(words.format(why=in_words(exc.title)))
        finally:
            self._view.show_looking("")
        self._show(config, provider)

    def _own_config(self) -> Config:
        """Without the demo, which answers while there is nothing else."""
        config = self.desk.bridge.config
        return replace(config, providers={}) if config.is_demo else config

    def _show(self, config: Config, provider: Provider | None) -> None:
        known = list(provider.models) if provider else []
        if provider is not None:
            models = tuple(dict.fromkeys([*self._live, *known]))
            shown = replace(provider, models=models)
            config = replace(config, providers={provider.name: shown, **config.providers})
            config = replace(config, providers={**config.providers, provider.name: shown})
            self._suggest(config, shown, known)
        else:
            self._keep_present(config)
        self._view.show_looking("")
        self._view.show_choices(
            Later(lambda: model_choices(config)), lambda typed: other_models(typed, config)
        )
        self.changed.emit()

    def _suggest(self, config: Config, provider: Provider, known: list[str]) -> None:
        def window(model: str) -> int | None:
            return window_of(Route(provider.name, model), config)

        live = self._live or known
        found = suggest(live, known, self.progress.draft.title, window)
        draft = self.progress.draft
        for kind, suggestion, present in (
            (MAIN, found.main, draft.main),
            (BACKGROUND, found.background, draft.background),
            (LONG, found.long, draft.long),
        ):
            route = f"{provider.name},{suggestion.model}" if suggestion.model else ""
            reason = suggestion.reason if present in {"", route} else ""
            self._view.show_route(kind, present or route, reason)
            self.progress.change(**{kind: present or route})

    def _keep_present(self, config: Config) -> None:
        """Without a new provider: the routes as they are."""
        draft = self.progress.draft
        for kind, present in (
            (MAIN, draft.main),
            (BACKGROUND, draft.background),
            (LONG, draft.long),
        ):
            own = config.router.route(_SCENARIOS[kind])
            route = present or (str(own) if own else "")
            self._view.show_route(kind, route, self.tr("As it is in your settings.") if own else "")
            self.progress.change(**{kind: route})

    def _picked(self, kind: str, route: str) -> None:
        self.progress.change(**{kind: route})
        self._view.show_route(kind, route, "")
        self.changed.emit()

    def _forget(self) -> None:
        self._live = []

    # -- what is written -------------------------------------------------------------------

    async def _save(self) -> None:
        self._view.show_trouble("")
        try:
            await self._write()
        except CcrError as exc:
            self._view.show_trouble(in_words(as_sentences(exc)))
        else:
            self.done.emit()
        finally:
            self._is_busy = False
            self.changed.emit()

    async def _write(self) -> None:
        bridge, draft, key = self.desk.bridge, self.progress.draft, self.progress.key
        words = self.tr("Set up {title}").format(title=draft.title or self.tr("the models"))
        entry, routes, route_set = self._entry(), self._routes(), bridge.config.route_set

        def edit(raw: JsonObject) -> JsonObject:
            return with_setup(raw, entry, routes, route_set)

        def edit_with_key(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            return store_key(edit(raw), draft.name, key, store, secrets)

        if key and entry:
            await bridge.editor.change_keys(edit_with_key, self.desk.secrets, words)
        else:
            await bridge.editor.change(edit, words)

    def _entry(self) -> JsonObject:
        draft = self.progress.draft
        if not draft.name:
            return {}
        entry = entry_of(draft)
        routes = (draft.main, draft.background, draft.long)
        chosen = [model_of(route) for route in routes if provider_of(route) == draft.name]
        suggested = entry.get("models") or []
        return {**entry, "models": models_to_keep(suggested, self._live, chosen)}

    def _routes(self) -> dict[str, str]:
        """Work of a kind with the main model needs no route of its own."""
        draft = self.progress.draft
        others = {BACKGROUND: draft.background, LONG: draft.long}
        own = {kind: route for kind, route in others.items() if route != draft.main}
        return {_SCENARIOS[kind]: route for kind, route in ({MAIN: draft.main} | own).items()}
