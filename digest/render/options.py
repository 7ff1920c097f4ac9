"""`[email]` of digest.toml: who sends the mail, and through which service."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from digest.render.pictures import Wanted
from digest.urls import is_web

Target = Literal["generic", "kit", "mailchimp", "buttondown", "ghost", "substack", "listmonk"]
_ADDRESS = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PRINTABLE = re.compile(r"[!-~]+")


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who sends the mail, and through which service; "" where that is not known.

    `images` says which stories show their picture: a mail without any asks no server for anything.
    """

    target: Target = "generic"
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
    images: Wanted = "none"

    def __post_init__(self) -> None:
        """Refuse what would not be a header of its own."""
        for key in ("from_address", "reply_to"):
            address = getattr(self, key)
            if address and not _ADDRESS.fullmatch(address):
                raise ValueError(f"{key} = {address!r} is no address such as ada@example.org")
        url = self.unsubscribe_url
        if url and not (_PRINTABLE.fullmatch(url) and (is_web(url) or url.startswith("mailto:"))):
            raise ValueError(f"unsubscribe_url = {url!r} is no https: or mailto: link")
