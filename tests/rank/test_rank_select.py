from __future__ import annotations

import pytest
from fakes import article, ranked, section, source, story

from digest.model import Ranked, Reason, Selection, Story, Topic
from digest.rank import PENALTIES, WEIGHTS, Options, select
from digest.rank.penalties import Page
from digest.rank.subjects import COMPARED


def outlets(count: int) -> list[Story]:
    return [story(article(f"{n:02}", outlet=f"Outlet {n}")) for n in range(count)]


def test_caps_cut_the_weakest_and_say_so() -> None:
    stories = [ranked(told, score=10 - n) for n, told in enumerate(outlets(4))]
    chosen = select([section("Cloud", stories)], Options(per_section=2, thin=0))
    assert ["00", "01"] == [r.story.id for r in chosen.sections[0].stories]
    assert ["Cloud is full: 2 stories scored higher"] * 2 == [cut.reason for cut in chosen.cut]


def test_a_topics_own_cap_comes_first() -> None:
    stories = [ranked(told) for told in outlets(4)]
    chosen = select(
        [section("Cloud", stories)], Options(per_section=2, thin=0), [Topic(name="Cloud", max=3)]
    )
    assert 3 == len(chosen.sections[0].stories)


def test_no_source_fills_the_issue() -> None:
    stories = [ranked(story(article(str(n)))) for n in range(3)]
    chosen = select([section("Cloud", stories)], Options(per_source=1, thin=0))
    assert 1 == len(chosen.sections[0].stories)
    assert "Cluster Notes already leads 1 story" == chosen.cut[0].reason


def test_the_total_takes_the_best_of_all_sections() -> None:
    one, two, three = outlets(3)
    chosen = select(
        [section("A", [ranked(one, 1.0)]), section("B", [ranked(two, 3.0), ranked(three, 2.0)])],
        Options(total=2),
    )
    assert ["B"] == [s.name for s in chosen.sections]
    assert ["the issue is full: 2 stories scored higher"] == [cut.reason for cut in chosen.cut]


def test_own_work_has_its_own_cap_and_takes_no_room() -> None:
    stories = [ranked(story(article(str(n)))) for n in range(3)]
    own = section("Shared", stories, own=True)
    other = section("A", [ranked(story(article("x", outlet="X")))])
    chosen = select([own, other], Options(total=1, own=2, per_source=1))
    assert [2, 1] == [len(s.stories) for s in chosen.sections]


def test_a_thin_issue_has_room_beyond_the_caps() -> None:
    stories = [ranked(story(article(f"{n:02}")), score=20 - n) for n in range(20)]
    chosen = select([section("A", stories)], Options(per_section=2, per_source=1, thin=5))
    assert [f"{n:02}" for n in range(5)] == [r.story.id for r in chosen.sections[0].stories]
    assert ["A is full: 5 stories scored higher"] * 15 == [cut.reason for cut in chosen.cut]


def test_a_topics_cap_holds_in_a_thin_issue_too() -> None:
    stories = [ranked(told) for told in outlets(4)]
    chosen = select([section("Cloud", stories)], Options(thin=9), [Topic(name="Cloud", max=3)])
    assert 3 == len(chosen.sections[0].stories)


def test_zero_means_no_cap() -> None:
    stories = [ranked(story(article(str(n)))) for n in range(50)]
    chosen = select([section("A", stories)], Options(total=0, per_section=0, per_source=0))
    assert 50 == len(chosen.sections[0].stories)
    assert () == chosen.cut


def ids(chosen: Selection) -> list[str]:
    return [r.story.id for s in chosen.sections for r in s.stories]


def told(identifier: str, title: str, text: str = "", **fields: str) -> Story:
    return story(article(identifier, title, text, outlet=f"Outlet {identifier}", **fields))


def test_no_publisher_fills_the_issue_by_many_feeds() -> None:
    feeds = [("a", "https://news.bbc.co.uk/1"), ("b", "https://www.bbc.com/2")]
    stories = [ranked(told(i, "", url=url), 3.0) for i, url in feeds]
    chosen = select([section("A", stories)], Options(per_domain=1, thin=0))
    assert ["a"] == ids(chosen)
    assert "BBC already leads 1 story" == chosen.cut[0].reason


def test_accounts_of_a_platform_are_publishers_of_their_own() -> None:
    stories = [ranked(told(i, "", url=f"https://github.com/{i}/fan")) for i in "abc"]
    assert ["a", "b", "c"] == ids(select([section("A", stories)], Options(per_domain=1, thin=0)))


SAGA = [
    ("a", "Ridgeport flood: Ridgeport dam fails", "Water took Ridgeport after the Ridge dam fell."),
    ("b", "Ridgeport dam inquiry opens", "Judges asked in Ridgeport who built the Ridge dam."),
    ("c", "Ridgeport mayor resigns over dam", "The mayor of Ridgeport left over the Ridge dam."),
]
OTHERS = [
    (letter, f"Minister visits {name}", f"The visit to {name} took a day.")
    for letter, name in zip(
        "defghijk",
        ("Oslo", "Lima", "Quito", "Turin", "Perth", "Dakar", "Hanoi", "Minsk"),
        strict=True,
    )
]


def week() -> list[Ranked]:
    scores = {"a": 5.0, "b": 4.0, "c": 3.5}
    return [weighed(told(*row), scores.get(row[0], 2.5)) for row in (*SAGA, *OTHERS)]


def weighed(one: Story, score: float) -> Ranked:
    reasons = (Reason(name="sources", value=score, text="so many sources"),)
    return Ranked(placed=ranked(one).placed, score=score, reasons=reasons)


def test_what_repeats_is_worth_less_with_each_story_of_its_subject() -> None:
    chosen = select([section("A", week())], Options(total=0, per_section=0))
    order = ids(chosen)
    assert ["a", "b", "d"] == order[:3]
    assert "c" == order[-1]  # though it scored higher than all but two
    found = {
        r.story.id: tuple(x for x in r.reasons[1:] if x.name != "talk")
        for s in chosen.sections
        for r in s.stories
    }
    [one], [two] = found["b"], found["c"]
    assert "another story on Ridgeport, Ridge was already chosen" == one.text
    assert "2 stories on Ridgeport, Ridge were already chosen" == two.text
    assert "repeats" == one.name == two.name
    assert WEIGHTS["repeats"].points <= one.value < 0
    assert two.value < one.value
    assert all(() == found[letter] for letter in "adefghijk")


def test_a_cut_says_what_it_would_have_repeated() -> None:
    chosen = select([section("A", week())], Options(total=6, per_section=0))
    assert "abdefg" == "".join(ids(chosen))
    [reason] = [cut.reason for cut in chosen.cut if cut.ranked.story.id == "c"]
    assert (
        "the issue is full: 6 stories scored higher; "
        "2 stories on Ridgeport, Ridge were already chosen" == reason
    )


def test_a_name_that_heads_many_chosen_stories_is_enough_at_last() -> None:
    """The name of a week is too common to make two stories one subject; the fourth is too much."""
    titles = ["sells cars", "hires in spring", "loses a case", "opens a mine"]
    big = [
        weighed(told(f"n{i}", f"Norland {t}", f"Now Norland {t}."), 3.0 - i)
        for i, t in enumerate(titles)
    ]
    rest = [weighed(told(*row), 0.1) for row in OTHERS]
    chosen = select([section("A", [*big, *rest])], Options(per_section=0))
    found = {r.story.id: r.reasons[1:] for s in chosen.sections for r in s.stories}
    assert () == found["n0"] == found["n1"]
    [two], [three] = found["n2"], found["n3"]
    assert "2 stories on Norland were already chosen" == two.text
    assert "3 stories on Norland were already chosen" == three.text
    assert three.value < two.value < 0


def test_a_saga_is_told_where_there_is_room() -> None:
    stubs = [weighed(told(*row), 0.5) for row in SAGA]
    assert ["a", "b", "c"] == ids(select([section("A", stubs)], Options(thin=0)))


def test_every_score_is_the_sum_of_its_reasons_still() -> None:
    chosen = select([section("A", week())], Options(total=9))
    for r in [r for s in chosen.sections for r in s.stories] + [c.ranked for c in chosen.cut]:
        assert round(sum(reason.value for reason in r.reasons), 3) == r.score


def test_sections_are_in_the_order_of_what_is_left_of_a_score() -> None:
    chosen = select([section("A", week())], Options(total=0, per_section=0))
    scores = [r.score for r in chosen.sections[0].stories]
    assert sorted(scores, reverse=True) == scores


def test_own_work_repeats_nothing() -> None:
    own = section("Shared", [ranked(told(*SAGA[0]), 9.0)], own=True)
    chosen = select([own, section("A", week()[1:2])])
    assert ["a", "b"] == ids(chosen)
    assert [4.0] == [r.score for r in chosen.sections[1].stories]


def test_beyond_the_near_nothing_is_compared() -> None:
    many = [ranked(told(f"{n:03}", f"Fan {n}"), 9.0) for n in range(COMPARED)]
    last = [ranked(told("x", *SAGA[0][1:]), 1.0), ranked(told("y", *SAGA[0][1:]), 1.0)]
    chosen = select([section("A", [*many, *last])], Options(total=0, per_section=0))
    assert ["x", "y"] == ids(chosen)[-2:]


def test_a_small_topic_keeps_its_place() -> None:
    big = [ranked(one, 9.0, "Big") for one in outlets(3)]
    small = [ranked(told("s", "Fan"), 0.5, "Small"), ranked(told("t", "Fan"), 0.4, "Small")]
    chosen = select(
        [section("Big", big), section("Small", small)],
        Options(total=3),
        [Topic(name="Big"), Topic(name="Small")],
    )
    assert ["00", "01", "s"] == ids(chosen)
    assert [("floor", 0.0, "Small keeps 1 of the places")] == [
        (r.name, r.value, r.text) for r in chosen.sections[1].stories[0].reasons
    ]
    reasons = [cut.reason for cut in chosen.cut]
    assert "the issue is full: 2 stories scored higher, 1 kept the place of its topic" == reasons[0]
    assert "the issue is full: 3 stories scored higher" == reasons[1]


@pytest.mark.parametrize(
    ("floor", "name", "score"), [(0, "Small", 0.5), (1, "Found", 0.5), (1, "Small", -0.5)]
)
def test_no_place_is_kept_for(floor: int, name: str, score: float) -> None:
    """No place without a floor, for a topic nobody configured, or for what nothing speaks for."""
    big = section("Big", [ranked(one, 9.0) for one in outlets(3)])
    small = section(name, [ranked(told("s", "Fan"), score)])
    topics = [Topic(name="Big"), Topic(name="Small")]
    assert ["00", "01", "02"] == ids(select([big, small], Options(total=3, floor=floor), topics))


@pytest.mark.parametrize("against", ["personal", "gallery"])
def test_no_place_is_kept_for_what_is_no_news(against: str) -> None:
    reasons = (
        Reason(name="substance", value=0.6, text="long"),
        Reason(name=against, value=-0.1, text="no news"),
    )
    diary = Ranked(placed=ranked(told("s", "Fan")).placed, score=0.5, reasons=reasons)
    report = ranked(told("t", "Fan"), 0.4)
    big = section("Big", [ranked(one, 9.0) for one in outlets(3)])
    topics, room = [Topic(name="Small")], Options(total=3)
    assert ["00", "01", "t"] == ids(select([big, section("Small", [diary, report])], room, topics))
    assert ["00", "01", "02"] == ids(select([big, section("Small", [diary])], room, topics))


def test_the_topic_of_a_source_is_configured_too() -> None:
    big = section("Big", [ranked(one, 9.0) for one in outlets(3)])
    own_topic = article("s", source=source("S", topic="Small"))
    small = section("Small", [ranked(story(own_topic), 0.5)])
    assert ["00", "01", "s"] == ids(select([big, small], Options(total=3)))


def fault(page: Page, base: float) -> Ranked:
    points = PENALTIES[page].points
    reasons = (
        Reason(name="substance", value=base, text="words"),
        Reason(name=page, value=points, text=f"a {page}"),
    )
    return Ranked(placed=ranked(told(page, page)).placed, score=base + points, reasons=reasons)


def test_what_is_no_news_is_not_chosen_while_there_is_news() -> None:
    news = [ranked(one) for one in outlets(3)]
    chosen = select([section("A", [*news, fault("round-up", 1.0)])], Options(thin=3))
    assert ["00", "01", "02"] == ids(chosen)
    assert ["more speaks against it than for it; a round-up"] == [c.reason for c in chosen.cut]


def test_a_thin_issue_takes_round_ups_but_no_advertisement() -> None:
    pages = [fault(page, 1.0) for page in PENALTIES]
    chosen = select([section("A", pages)], Options(per_section=0))
    assert ["gallery", "house", "round-up", "standing"] == sorted(ids(chosen))


def test_a_source_of_little_weight_is_no_fault() -> None:
    reasons = (Reason(name="weight", value=-1.2, text="weight 0.2"),)
    small = Ranked(placed=ranked(told("s", "Fan")).placed, score=-1.2, reasons=reasons)
    assert ["s"] == ids(select([section("A", [small])], Options(thin=0)))
