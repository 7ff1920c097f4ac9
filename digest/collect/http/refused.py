"""Why a fetch failed, in words for people."""

from __future__ import annotations

LATER = "nothing to do: it is tried again next time"


class RefusedError(Exception):
    """One fetch failed; the text completes "URL: ...".

    `again` says that it is worth another try, `after` how many seconds the server asks us to wait.
    """

    def __init__(
        self,
        reason: str,
        hint: str = LATER,
        *,
        again: bool = False,
        after: float | None = None,
        gone: bool = False,
    ) -> None:
        super().__init__(reason)
        self.hint = hint
        self.again = again
        self.after = after
        self.gone = gone
