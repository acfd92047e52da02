"""From the bytes of a request to the decision which route serves it.

The decision itself is pure (`routing/`); here is what it needs from the world: files of the user's,
the time, his own router, and what was learnt from earlier requests.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.exchange import Exchange, SessionMemory, SessionPlaces
from ccr_desktop.core.protocol.checks import check_request
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.routing.asked import asked_of
from ccr_desktop.core.routing.changes import changed
from ccr_desktop.core.routing.conditions import folder_patterns
from ccr_desktop.core.routing.counting import RequestCounter, encoding_for, encoding_of
from ccr_desktop.core.routing.custom import CustomRouter, RouterRequest
from ccr_desktop.core.routing.folders import SessionFolders, Whereabouts, named_folders
from ccr_desktop.core.routing.projects import ProjectRoutes, credited
from ccr_desktop.core.routing.prompts import TextFiles, agent_prompts, rewritten
from ccr_desktop.core.routing.real_paths import RealPaths
from ccr_desktop.core.routing.router import decide, forbids_by_size, may_exceed, needs_count
from ccr_desktop.core.routing.rules import is_small_claude
from ccr_desktop.core.routing.subagents import (
    AGENT_HEADER,
    MARK,
    NO_TAG,
    agent_name,
    is_subagent,
    take_tag,
)
from ccr_desktop.core.routing.turn import RequestFacts, folder_of, session_id, told_folder
from ccr_desktop.core.routing.unknown import Fact
from ccr_desktop.core.sidecar import Sidecar
from ccr_desktop.errors import RuleRefusal

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision, Verdict
    from ccr_desktop.core.routing.pause import Pause
    from ccr_desktop.core.routing.rests import Rests
    from ccr_desktop.core.routing.subagents import Tag


@dataclass(frozen=True, slots=True)
class _Needs:
    """What of the world the rules of a configuration ask for."""

    folder: bool
    agent: bool
    time: bool

    @classmethod
    def of(cls, config: Config) -> _Needs:
        router = config.router
        asked = {name for rule in router.rules for name in rule.when}
        return cls(
            folder="folder" in asked or bool(config.custom_router_path),
            agent="agent" in asked or bool(router.agents),
            time="time" in asked,
        )


class Planner:
    """Decides for requests; remembers what sessions and repeated texts teach it."""

    def __init__(
        self,
        config: Config,
        sidecar: Sidecar | None = None,
        pause: Pause | None = None,
        rests: Rests | None = None,
    ) -> None:
        self._sidecar = sidecar or Sidecar()
        self._pause = pause
        self._rests = rests
        self._sessions = SessionMemory()
        self._places = SessionPlaces()
        self._counter = RequestCounter()
        self._projects = ProjectRoutes()
        self._files = TextFiles()
        self._folders = SessionFolders()
        self._real_paths = RealPaths()
        self._prompt_issue: Issue | None = None
        self.use(config)

    def use(self, config: Config) -> None:
        """Decide by *config* from now on."""
        self.config = config
        if self._rests:
            self._rests.use(config.failover)
        path = config.custom_router_path
        self._custom = CustomRouter(path, self._sidecar) if path else None

    @property
    def custom_router(self) -> CustomRouter | None:
        """The user's own router, when he has one."""
        return self._custom

    @property
    def issues(self) -> list[Issue]:
        """What is wrong with the files that routing needs, beyond what the configuration says."""
        told = {issue.where for issue in self.config.issues}
        found = (self._custom.issue if self._custom else None, self._prompt_issue)
        return [issue for issue in found if issue and issue.where not in told]

    async def look(self) -> None:
        """Load the user's own router when its file changed, so that its issues are known."""
        if self._custom:
            await self._custom.look()

    async def plan(self, exchange: Exchange) -> Decision:
        """Read the body and decide; both are kept in *exchange*."""
        exchange.body = parse_body(exchange.raw)
        check_request(exchange.body)
        exchange.session_id = session_id(exchange.body, exchange.headers)
        config, original = self.config, exchange.raw
        tag = self._prepare(exchange, config)
        facts = RequestFacts(
            exchange.body,
            exchange.headers,
            last_prompt=self._sessions.last_prompt(_conversation(exchange)),
            tag=tag,
            unknown=exchange.unknown,
            paused_s=self._pause.left_s if self._pause else None,
        )
        config, facts, project = await self._situated(exchange, config, facts, original)
        exchange.folder = self._place(exchange, facts)
        try:
            facts = await self._sized(exchange, facts, config)
            decision = await self._decided(exchange, facts, config)
        except RuleRefusal as exc:
            exchange.refused_by = exc.rule
            raise
        exchange.asked = asked_of(facts)
        if decision.changes:
            exchange.body = changed(exchange.body, decision.changes)
            exchange.raw = dumps_safe(exchange.body)
        if project:
            decision = credited(decision, project)
        if self._rests:
            decision = self._rests.without(decision)
        exchange.decision = decision
        return decision

    async def _sized(self, exchange: Exchange, facts: RequestFacts, config: Config) -> RequestFacts:
        """*facts* with the tokens counted, where a rule could depend on them."""
        if not needs_count(config, exchange.raw, facts.last_prompt):
            return facts
        exactly = forbids_by_size(config, exchange.raw)
        return await self._counted(facts, config, exactly=exactly)

    async def _decided(self, exchange: Exchange, facts: RequestFacts, config: Config) -> Decision:
        """The decision; for a model whose window could be too small tokens are counted, too."""
        decision = decide(facts, config)
        if facts.tokens is None:
            routes = (decision.route, *decision.fallbacks)
            if may_exceed(routes, config, exchange.raw, exchange.body):
                decision = decide(await self._counted(facts, config), config)
        return decision

    def _place(self, exchange: Exchange, facts: RequestFacts) -> str:
        """The folder as rules saw it, or as the session is known to have."""
        folder = facts.folder or told_folder(exchange.headers)
        return str(folder) if folder else self._places.of(exchange.session_id, exchange.body)

    def learn(self, exchange: Exchange, tokens: int) -> None:
        """The provider counted so many *tokens* in the prompt of *exchange*.

        What Claude Code asks its small model in passing is no part of the conversation.
        """
        body = exchange.body
        if body.get("tools") or not is_small_claude(str(body.get("model"))):
            self._sessions.note(_conversation(exchange), tokens)

    async def count(
        self, body: JsonObject, *, exactly: bool = False, route: Route | None = None
    ) -> tuple[int, bool]:
        """The tokens of a request, and whether they are an estimate.

        Its model counts, when it names one of ours, or that of *route*.
        """
        config = self.config
        asked = encoding_for(str(body.get("model")), config)
        encoding = encoding_of(route, config) if route else asked
        enough = config.router.long_context_threshold
        return await self._counter.count(body, encoding, enough, exactly=exactly)

    async def _counted(
        self, facts: RequestFacts, config: Config, *, exactly: bool = False
    ) -> RequestFacts:
        counts = await self._counter.count_all(facts.body, config, exactly=exactly)
        return replace(facts, **counts._asdict())

    def _prepare(self, exchange: Exchange, config: Config) -> Tag:
        """Take out what is only meant for the router, and put in what the user wants instead."""
        tag, body = NO_TAG, exchange.body
        if MARK in exchange.raw:
            body, tag = take_tag(body)
        if config.rewrite_system_prompt:
            body = self._rewritten(body, config.rewrite_system_prompt)
        if body is not exchange.body:
            exchange.body = body
            exchange.raw = dumps_safe(body)
        return tag

    def _rewritten(self, body: JsonObject, path: str) -> JsonObject:
        try:
            text = self._files.read(paths.expanded(path))
        except OSError as exc:
            hint = "Until it can be read, Claude Code's own prompt is sent."
            problem = f"{path}: {exc.strerror or exc}."
            self._prompt_issue = Issue("REWRITE_SYSTEM_PROMPT", problem, hint, "warning")
            return body
        self._prompt_issue = None
        return rewritten(body, text)

    async def _situated(
        self, exchange: Exchange, config: Config, facts: RequestFacts, original: bytes
    ) -> tuple[Config, RequestFacts, Verdict | None]:
        """The configuration that holds where the request comes from, and what rules ask for."""
        project: Verdict | None = None
        is_concerned = self._projects.is_concerned(config)
        where = await self._where(exchange, config) if is_concerned else None
        if where:
            session = exchange.session_id
            if facts.paused_s is None:
                config, project = self._projects.apply(config, session, where.folder, where.real)
            config = self._projects.forbidding(config, session, where.all, where.real)
        needs = _Needs.of(config)
        if where or needs.folder or needs.agent:
            where = await self._where(exchange, config)
            facts = replace(facts, folder=where.folder, where=where)
        if needs.agent and is_subagent(facts.body, facts.headers):
            prompts = agent_prompts(self._files, Path.home(), facts.folder)
            facts = replace(facts, agent=agent_name(facts.body, prompts))
        if needs.time:
            at_s = time.time() if exchange.asked_at_s is None else exchange.asked_at_s
            facts = replace(facts, now=datetime.fromtimestamp(at_s, UTC).astimezone().time())
        if self._custom and facts.paused_s is None:
            facts = await self._asked(self._custom, exchange, config, facts, original)
        return config, facts, project

    async def _asked(
        self,
        custom: CustomRouter,
        exchange: Exchange,
        config: Config,
        facts: RequestFacts,
        original: bytes,
    ) -> RequestFacts:
        """What the user's own router says; one in JavaScript may change the request, too."""
        if Fact.TEXT in facts.unknown:
            return facts  # it would judge by what nobody said
        described = self._described(exchange, facts, original)
        verdict = await custom.verdict(described, config)
        if described.changed_body is not None:
            exchange.body = described.changed_body
            exchange.raw = dumps_safe(exchange.body)
            check_request(exchange.body)
            tag = self._prepare(exchange, config)
            facts = replace(facts, body=exchange.body, tag=tag)
        return replace(facts, custom=verdict)

    async def _where(self, exchange: Exchange, config: Config) -> Whereabouts:
        """Where the client works, and where that and the folders of *config* really are."""
        where = self._named(exchange)
        asked = (*folder_patterns(config.router.rules), *config.projects)
        real = await self._real_paths.of(where.all, asked)
        if real is None:
            return replace(where, is_sure=False)
        return replace(where, real=real)

    def _named(self, exchange: Exchange) -> Whereabouts:
        """Where the client works: as it says, said earlier, or wrote into its transcript.

        Its newest folder chooses. What only stands in a user's text is not remembered.
        """
        session = exchange.session_id
        named, known = named_folders(exchange.body), self._folders.of(session)
        if not known and (written := self._projects.folder(session)):
            known = [written]
        told = told_folder(exchange.headers)
        newest = [*([told] if told else ()), *(named or ())]
        self._folders.note(session, [*known, *reversed(newest)])
        found = list(dict.fromkeys([*newest, *reversed(known)]))
        if not found:
            return Whereabouts(folder_of(exchange.body))
        return Whereabouts(found[0], tuple(found[1:]), is_sure=named is not None)

    def _described(self, exchange: Exchange, facts: RequestFacts, original: bytes) -> RouterRequest:
        """The request for the user's own router as it came; he may do with it what he likes."""
        return RouterRequest(
            parse_body(original),
            dict(exchange.headers),
            exchange.session_id,
            str(facts.folder) if facts.folder else None,
            lambda: self._counter.count_now(facts.body, self.config),
        )


def _conversation(exchange: Exchange) -> str:
    """The session; each of its sub-agents has a conversation of its own."""
    agent = exchange.headers.get(AGENT_HEADER)
    return (
        f"{exchange.session_id} {agent}" if agent and exchange.session_id else exchange.session_id
    )
