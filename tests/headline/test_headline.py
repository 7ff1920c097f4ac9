"""Which title a story is printed with."""

from __future__ import annotations

from fakes import article, placed, section, story
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.headline import headline, headlines
from digest.model import Article, Headline, Ranked
from digest.text import one_line

PLAIN = "Pond council bans plastic ducks from March"
TEXT = "The pond council of Elmford bans plastic ducks from March on, after years of complaints."


def of(lead: Article, *others: Article) -> Headline:
    return headline(placed(story(lead, *others)))


def test_a_plain_title_stays() -> None:
    lead = article("a", PLAIN, TEXT)
    found = of(lead, article("b", "Council of Elmford bans plastic ducks", TEXT))
    assert found == Headline(
        title=PLAIN, article="a", coverage=("Council of Elmford bans plastic ducks",)
    )


def test_clickbait_gives_way_to_a_plain_title() -> None:
    lead = article("a", "You won't believe what this council did to its ducks", TEXT)
    found = of(lead, article("b", PLAIN, "Some words.", outlet="Daily Uptime"))
    assert (PLAIN, "b") == (found.title, found.article)
    assert lead.title == found.original
    assert "the title of Daily Uptime: the lead's withholds what happened" == found.why


def test_a_cut_title_gives_way_to_a_whole_one() -> None:
    lead = article("a", "Pond council bans plastic…", TEXT)
    assert PLAIN == of(lead, article("b", PLAIN)).title


def test_the_clearest_of_several_is_taken_and_the_first_of_equals() -> None:
    lead = article("a", "Why ponds?", TEXT)
    question = article("b", "Has the council banned plastic ducks?")
    first, second = article("c", PLAIN), article("d", "Council bans plastic ducks in Elmford")
    assert "c" == of(lead, question, first, second).article
    assert "d" == of(lead, question, second, first).article


def test_a_title_that_the_lead_does_not_back_is_never_taken() -> None:
    lead = article("a", "Why ponds?", TEXT)
    for other in (
        article("b", "Pond council bans 12 plastic ducks"),  # a number of its own
        article("b", "Council bans ducks in Elmford and Oakford", "In Oakford, ducks swim."),
        article("b", "Ministers quarrel over swans in parliament"),  # another subject
        article("b", PLAIN, language="de"),
        article("b", PLAIN, title_derived=True),
    ):
        assert lead.title == of(lead, other).title


def test_an_opinion_is_never_announced_as_the_news() -> None:
    told = story(article("a", "Why ponds?", TEXT), article("b", PLAIN))
    assert "Why ponds?" == headline(replace(placed(told), kind="opinion")).title


def test_an_accent_is_no_other_name() -> None:
    lead = article("a", "Why ducks?", "Mayor Jose Jeri of Elmford bans ducks from the pond.")
    other = article("b", "Mayor José Jerí bans ducks", "Today Mayor José Jerí spoke.")
    assert other.title == of(lead, other).title


def test_what_was_published_is_kept() -> None:
    lead = article("a", PLAIN, given=f"{PLAIN} | Cluster Notes")
    found = of(lead)
    assert (PLAIN, f"{PLAIN} | Cluster Notes") == (found.title, found.original)
    assert "without the name of its site" in found.why
    mended = of(article("a", f"BREAKING: {PLAIN}", given=f"BREAKING: {PLAIN} | Cluster Notes"))
    assert (PLAIN, 2) == (mended.title, len(mended.why.split("; ")))


def test_coverage_is_mended_too() -> None:
    found = of(article("a", PLAIN), article("b", "Breaking: Ducks leave the pond"))
    assert ("Ducks leave the pond",) == found.coverage


def test_every_story_of_every_section() -> None:
    one, two = (Ranked(placed=placed(story(article(i, PLAIN))), score=1.0) for i in "ab")
    assert {"a", "b"} == set(headlines([section("X", [one]), section("Y", [two])]))


TITLES = st.text(min_size=1, max_size=80).map(one_line).filter(bool)


@given(st.lists(TITLES, min_size=1, max_size=4), st.text(max_size=200))
def test_a_headline_is_never_empty_and_comes_from_its_article(titles: list[str], text: str) -> None:
    articles = [article(str(n), title, text) for n, title in enumerate(titles)]
    found = of(*articles)
    assert found.title
    assert found.article in {a.id for a in articles}
    assert found == of(*articles)
