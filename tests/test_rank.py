from __future__ import annotations

from fakes import WINDOW, article, pick, placed, ranked, section, source, story

from digest.model import Placed, Section, Story, Topic
from digest.rank import WEIGHTS, Options, publishers, rank, select

LONG = "The cluster had 3 nodes, 40 pods, 5 disks, 6 fans and 8 fuses on day 7. " * 40


def scored(told: Story) -> dict[str, float]:
    sections = rank([Section[Placed](name="Cloud", stories=(placed(told),))], WINDOW)
    return {reason.name: reason.value for reason in sections[0].stories[0].reasons}


def test_the_score_is_the_sum_of_its_reasons() -> None:
    told = story(article("a", text=LONG), article("b", outlet="Other"), pick("c", "Weekly"))
    [only] = rank([Section[Placed](name="Cloud", stories=(placed(told),))], WINDOW)
    [first] = only.stories
    assert round(sum(reason.value for reason in first.reasons), 3) == first.score
    assert all(reason.text for reason in first.reasons)


def test_each_kind_of_evidence_counts() -> None:
    plain = story(article("a", day=0))
    assert {} == scored(plain)
    assert {"sources": WEIGHTS["sources"].points} == scored(
        story(
            article("a", url="https://a.example/1", day=0),
            article("b", url="https://b.example/1", day=0),
        )
    )
    assert {"picks": WEIGHTS["picks"].points} == scored(
        story(article("a", day=0), pick("p", "Weekly", day=0))
    )
    trusted = article("a", source=source(weight=3.0), day=0)
    assert {"weight": 2 * WEIGHTS["weight"].points} == scored(story(trusted))
    assert {"substance": WEIGHTS["substance"].points} == scored(
        story(article("a", text=LONG, day=0))
    )


def test_fresh_beats_stale_by_less_than_a_source() -> None:
    early, late = scored(story(article("a", day=27))), scored(story(article("a", day=31)))
    assert 0 <= early.get("freshness", 0) < late["freshness"] < WEIGHTS["sources"].points


def test_a_newsletters_own_work_is_no_vote() -> None:
    assert "picks" not in scored(story(article("a"), pick("p", "Weekly", own_work=True)))


def test_publishers_are_independent() -> None:
    lead = article("a", url="https://one.example/a")
    sister = article("b", url="https://one.example/b")
    vote = pick("p", "Weekly", url="https://one.example/a")
    assert {"one.example"} == publishers(story(lead, sister, vote))
    copy = article("c", url="https://mirror.example/a")
    assert {"one.example"} == publishers(story(lead, copy, relation="copy"))


def test_documents_of_one_folder_are_publishers_of_their_own() -> None:
    folder = source("Saved", kind="folder")
    named = article("b", source=folder, outlet="The Long Rack")
    assert {"a", "The Long Rack"} == publishers(story(article("a", source=folder), named))


def test_ties_are_ordered_by_id() -> None:
    stories = tuple(placed(story(article(i, day=0))) for i in "cab")
    [only] = rank([Section[Placed](name="Cloud", stories=stories)], WINDOW)
    assert ["a", "b", "c"] == [r.story.id for r in only.stories]


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
    assert "Cluster Notes already leads 1 stories" in chosen.cut[0].reason


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
    assert 15 == len(chosen.cut)


def test_a_topics_cap_holds_in_a_thin_issue_too() -> None:
    stories = [ranked(told) for told in outlets(4)]
    chosen = select([section("Cloud", stories)], Options(thin=9), [Topic(name="Cloud", max=3)])
    assert 3 == len(chosen.sections[0].stories)


def test_zero_means_no_cap() -> None:
    stories = [ranked(story(article(str(n)))) for n in range(50)]
    chosen = select([section("A", stories)], Options(total=0, per_section=0, per_source=0))
    assert 50 == len(chosen.sections[0].stories)
    assert () == chosen.cut
