"""What each kind of notice looks like: the words that a real one would have, of a made-up case."""

from __future__ import annotations

from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded, ProviderPaused
from ccr_desktop.desktop.happenings import ServiceStopped, UpdateReady
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.desktop.notice_words import NoticeWords, Text


def example(kind: Kind, words: NoticeWords, main: str, backup: str) -> Text:
    """*main* and *backup* are routes, `provider,model`: a person's own say most."""
    slow, refused = _failed(main, 504), _failed(main, 401)
    match kind:
        case Kind.BACK_TO_NORMAL:
            return words.back(main)
        case Kind.PROVIDER_PAUSED:
            provider = main.partition(",")[0]
            return words.paused(ProviderPaused(provider=provider, until_s=0.0, failures=3))
        case Kind.NO_MODEL_LEFT:
            return words.no_model(_ended(main, _failed(main, 529), status=529), 1)
        case Kind.KEY_PROBLEM:
            return words.key(refused)
        case Kind.SERVICE_STOPPED:
            return words.stopped(ServiceStopped(""))
        case Kind.UPDATE_READY:
            return words.update(UpdateReady("9.9"))
        case Kind.ROUTE_USED:
            return words.routes({main: 3, backup: 1})
        case _:
            return words.moved(_ended(backup, slow, status=200))


def _failed(route: str, status: int) -> AttemptFailed:
    return AttemptFailed(request_id="", route=route, status=status, reason="")


def _ended(route: str, failed: AttemptFailed, *, status: int) -> ExchangeEnded:
    last = None if status < 400 else failed
    return ExchangeEnded(
        request_id="",
        session_id="",
        model="",
        route=route,
        scenario="default",
        reason="",
        status=status,
        is_stream=True,
        duration_s=0.0,
        first_s=None,
        usage={},
        attempts=() if last else (failed,),
        last_failure=last,
    )
