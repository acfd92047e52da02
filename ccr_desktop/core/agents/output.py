"""The message that one client gets, whoever writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.sinks import EventWriter, MessageFold
from ccr_desktop.core.upstream.failures import named

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.emitter import MessageEmitter
    from ccr_desktop.core.protocol.failures import Failure


class TargetWriter(EventWriter):
    """Says in an error event who failed, as the answers with a status do."""

    def __init__(self, request_id: str, target: Target) -> None:
        super().__init__(request_id)
        self.has_failed = False
        self.target = target

    def fail(self, failure: Failure) -> None:
        self.has_failed = True
        super().fail(named(failure, self.target))


@dataclass(frozen=True, slots=True)
class Output:
    """A message on its way: into `writer` for a client that streams, else into `fold`."""

    emitter: MessageEmitter
    writer: TargetWriter
    fold: MessageFold
