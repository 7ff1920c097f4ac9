"""The recording that comes with an entry, by its media type: what makes an episode of it.

A blog's feed attaches each recording that a text mentions, and the text is no episode for that. So
an RSS or Atom feed is asked whether it is a show's: it knows Apple's namespace for podcasts, or
every entry has a recording. In JSON Feed nothing attaches by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from digest.collect.fields import Table, string, tables

_RECORDINGS = ("audio/", "video/")
_SHOWS = "itunes"


def of_entries(entries: Sequence[Table], spaces: Collection[str]) -> tuple[str, ...]:
    """For each entry of RSS or Atom the media type of its recording, "" for none.

    `spaces` are the prefixes of the feed's namespaces.
    """
    found = tuple(
        _first(
            string(link, "type")
            for link in tables(entry, "links")
            if string(link, "rel") == "enclosure"
        )
        for entry in entries
    )
    return found if _SHOWS in spaces or all(found) else ("",) * len(found)


def of_item(item: Table) -> str:
    """The media type of the recording of a JSON Feed's item, "" for none."""
    return _first(string(each, "mime_type") for each in tables(item, "attachments"))


def _first(given: Iterable[str]) -> str:
    types = (kind.strip().lower() for kind in given)
    return next((kind for kind in types if kind.startswith(_RECORDINGS)), "")
