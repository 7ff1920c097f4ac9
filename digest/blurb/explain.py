"""Why the sentences of a blurb were chosen, in a few words each."""

from __future__ import annotations

from collections.abc import Iterator

from digest.blurb.weights import terms, weigh
from digest.model import Sentence, Told
from digest.text import STOPWORDS, counted, names, numbers, sentences, stem, words


def grounds(told: Told) -> Iterator[tuple[Sentence, str]]:
    """Each sentence of a blurb with its place, what it adds, and what others tell too."""
    story = told.story
    texts = {article.id: article for article in story.articles}
    central = weigh(story).one
    said = set(terms(story.lead.title).one)
    for sentence in told.blurb:
        article = texts[sentence.article]
        own = terms(sentence.text).one
        shared = {t for t in own if t in central}
        facts = len(names(sentence.text)), len(numbers(sentence.text))
        new = {w for w in words(sentence.text) if w not in STOPWORDS and stem(w) not in said}
        found = [
            _place(article.text, article.language, sentence),
            f"adds {counted(len(new), 'word')} to what was said",
            *(counted(n, noun) for n, noun in zip(facts, ("name", "number"), strict=True) if n),
            f"{counted(len(shared), 'word')} of what the story is about",
        ]
        yield sentence, ", ".join(found)
        said |= own


def _place(text: str, language: str, sentence: Sentence) -> str:
    # A dateline before its first word is part of a sentence.
    before = sum(found.end <= sentence.start for found in sentences(text, language))
    return f"sentence {before + 1} of its text" if before else "opens its text"
