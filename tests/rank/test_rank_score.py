from __future__ import annotations

from fakes import WINDOW, article, pick, placed, source, story

from digest.model import Placed, Section, Story, Topic
from digest.rank import WEIGHTS, Options, publishers, rank

LONG = (
    "On day 7 Oslo lost 3 nodes, then Lima lost 40 pods, and Quito lost 5 disks. Soon Turin had 6 "
    "fans less, later Perth had 8 fuses less, and at last Dakar, then Hanoi, then Minsk went out. "
) * 20


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


def test_a_diary_is_worth_less_than_a_report() -> None:
    told = "{} walked around the pond with Hanna, and {} dog met ninety ducks near the gate. "
    diary, report = (told.format(*who) * 5 for who in (("I", "my"), ("Rangers", "their")))
    assert WEIGHTS["personal"].points == scored(story(article("a", text=diary)))["personal"]
    assert "personal" not in scored(story(article("a", text=report), article("b", text=diary)))


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


def test_two_domains_of_a_house_are_one_source() -> None:
    told = story(
        article("a", url="https://www.bbc.co.uk/1"), article("b", url="https://news.bbc.com/2")
    )
    assert {"BBC"} == publishers(told)
    assert "sources" not in scored(told)


def test_one_telling_name_on_two_sites_is_one_source() -> None:
    site = article("a", url="https://clusternotes.example/1", outlet="Cluster Notes")
    letter = article("b", url="https://cluster-notes.substack.com/p/1", outlet="Cluster Notes")
    paper = article("c", source=source("Saved", kind="folder"), outlet="The Cluster Notes")
    assert {"cluster-notes.substack.com"} == publishers(story(site, letter))
    assert 1 == len(publishers(story(site, letter, paper)))


def test_a_collection_of_links_is_many_sources() -> None:
    links = [article(i, url=f"https://{i}.example/1", outlet="Link Collection") for i in "ab"]
    assert {"a.example", "b.example"} == publishers(story(*links))


def test_accounts_of_a_platform_are_many_sources() -> None:
    links = [article(i, url=f"https://medium.com/@{i}/x") for i in "ab"]
    assert {"medium.com/@a", "medium.com/@b"} == publishers(story(*links))


def test_the_makers_own_word_counts() -> None:
    own = article("a", "A quieter blade", url="https://blog.acmefans.com/1", day=0, outlet="Acme")
    press = article("b", "Acmefans makes it quiet", url="https://fannews.example/1", day=0)
    assert "official" not in scored(story(press))
    [section] = rank([Section[Placed](name="Fans", stories=(placed(story(press, own)),))], WINDOW)
    [reason] = [r for r in section.stories[0].reasons if r.name == "official"]
    assert WEIGHTS["official"].points == reason.value
    assert "Acme tells it first hand: a page of those whom the story is about" == reason.text


def test_weight_names_the_source_that_has_it() -> None:
    small = article("a", source=source("Small"))
    trusted = article("b", source=source("Trusted", weight=1.2))
    [section] = rank(
        [Section[Placed](name="Fans", stories=(placed(story(small, trusted)),))], WINDOW
    )
    assert "Trusted has weight 1.2" in [r.text for r in section.stories[0].reasons]


def test_a_page_that_is_no_news_costs() -> None:
    quiz = story(article("a", "The weekly quiz", day=0))
    assert {"puzzle": -4.0} == scored(quiz)
    [section] = rank(
        [Section[Placed](name="Games", stories=(placed(quiz),))],
        WINDOW,
        Options(welcome=("puzzle",)),
    )
    assert 0.0 == section.stories[0].score


def test_what_fits_no_topic_is_worth_less_where_there_are_topics() -> None:
    told = placed(story(article("a", day=0)), "Found")
    fixed = placed(story(article("b", day=0, source=source("Pinned", topic="Found"))), "Found")
    found = Section[Placed](name="Found", stories=(told, fixed))
    asked = [Topic(name="Asked", keywords=("x",))]
    [section] = rank([found], WINDOW, topics=asked)
    points = WEIGHTS["unasked"].points
    assert {"a": points, "b": 0.0} == {r.story.id: r.score for r in section.stories}
    own = Section[Placed](name="What We've Shared", own=True, stories=(told,))
    for sections, topics in (
        (found, []),
        (found, [Topic(name="Found", keywords=("x",))]),
        (own, asked),
    ):
        [section] = rank([sections], WINDOW, topics=topics)
        assert {0.0} == {r.score for r in section.stories}


def test_every_weight_has_its_reason() -> None:
    assert all(w.points and w.unit and w.why for w in WEIGHTS.values())
