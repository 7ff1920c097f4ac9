"""Fit `digest/topics/reference.npz` from the training halves of the labelled sets.

    python tools/train_reference.py FOLDER --encoder module:function

FOLDER holds lobsters_topic, ag_news and allsides_articles; the news are the subject "other". The
same texts, vectors and code give the same bytes on one machine, whatever the hash seed; `SHIPPED`
is the table that the tool gave when it last changed, and a test says when another one lies there.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from pathlib import Path

from digest.model import Story
from digest.topics import reference
from digest.topics.reference_training import train
from digest.topics.terms import terms
from digest.topics.vectors import means
from topic_sets import encoder, items_of

SHIPPED = "ee8aaa1851139342ecc21742a525252d20eb572104b6409e4925ed8f9c223ee4"
NEWS = 1500  # of each news set: enough to know what is no computing


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", required=True)
    options = parser.parse_args()
    found: list[tuple[str, Story]] = []
    for name in ("lobsters_topic", "ag_news", "allsides_articles"):
        kept = [
            item for item in items_of(options.folder, name) if item.train and item.story.lead.title
        ]
        subject = name == "lobsters_topic"
        found += [
            (item.label if subject else reference.OTHER, item.story)
            for item in (kept if subject else kept[:NEWS])
        ]
    random.Random(5).shuffle(found)  # landmarks are taken evenly
    titles = [story.lead.title for _, story in found]
    encode = encoder(options.encoder)
    assert encode is not None
    trained = train(
        [terms(title) for title in titles],
        means([[title] for title in titles], encode),
        [label for label, _ in found],
    )
    target = Path(reference.__file__).with_name("reference.npz")
    reference.save(trained, target)
    made = hashlib.sha256(target.read_bytes()).hexdigest()
    print(len(found), "titles,", len(trained.subjects), "subjects,", target.stat().st_size, "bytes")
    print("the table that ships" if made == SHIPPED else f"another table: SHIPPED is now {made}")


if __name__ == "__main__":
    main()
