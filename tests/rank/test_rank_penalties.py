from __future__ import annotations

from typing import Any

import pytest
from fakes import article, pick, story

from digest.model import Article
from digest.rank.penalties import PENALTIES, RULES, Rule, faults, page_of


def page(place: str, text: str) -> Article:
    """An article that says something in one place and nothing elsewhere."""
    fields: dict[str, dict[str, Any]] = {
        "title": {"title": text},
        "path": {"url": f"https://press.example{text}"},
        "tag": {"tags": ("Europe", text)},
        "opening": {"text": text},
    }
    return article("a", **fields[place])


# One row for each rule: what it finds, and its nearest neighbours that are news.
ROWS: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {
    ("sponsored", "title", "marked at its beginning"): (
        ["Sponsored: A mattress for night shifts", "[Anzeige] Der neue Kühlschrank"],
        ["Sponsored athletes ask for a share", "State-sponsored group steals keys"],
    ),
    ("sponsored", "title", "marked at its end"): (
        ["A mattress for night shifts (sponsored)", "Ten reasons to lease – Advertorial"],
        ["Who pays when a stadium is sponsored"],
    ),
    ("sponsored", "path", "its address"): (
        ["/sponsored/mattress", "/2026/brandvoice/lease", "/partner-content/x"],
        ["/sponsored-elections-inquiry", "/news/brand-new-phone"],
    ),
    ("sponsored", "tag", "its tag"): (
        ["Sponsored", "partner content"],
        ["sponsored research", "advertising"],
    ),
    ("sponsored", "opening", "its first words"): (
        ["This post is sponsored by Acme, who make fans.", "Sponsored content by Acme. Fans spin."],
        ["The bill was sponsored by two senators.", "This post is about sponsored walks."],
    ),
    ("deal", "title", "a code to save with"): (
        ["Acme promo codes for February", "A voucher code for every fan"],
        ["Coup leaders promote their codes of conduct"],
    ),
    ("deal", "title", "deals of a day"): (
        ["The best early phone deals", "Deals of the day: fans", "Prime Day TV deals to watch"],
        ["Ministers hail the best trade deal in years", "Top court deals a blow to the union"],
    ),
    ("deal", "title", "a price cut"): (
        ["Save $40 on a desk fan", "This fan is 30% off today", "Get £20 off!"],
        ["Shares are 30% off their peak", "Plant to save 400 jobs", "10% off-grid by 2030"],
    ),
    ("deal", "title", "what to buy for a sum"): (
        ["Best fans under $50", "The 7 best desk lamps below €30"],
        ["Best quarter yet as losses fall under pressure"],
    ),
    ("deal", "title", "things to buy"): (
        ["Gift guide: fans", "Off to work: 9 well-made fans and products for a desk",
         "6 stunning homes by a lake"],
        ["Recall of 9 products sold in May", "6 homes lost to the fire", "Guide for new tenants"],
    ),
    ("deal", "path", "its address"): (
        ["/deals/fan", "/tech/coupons/fan"],
        ["/markets/deals/acme-buys-fan-maker", "/business/deals/merger", "/ideals/"],
    ),
    ("deal", "tag", "its tag"): (["Deals"], ["trade deals", "New Deal"]),
    ("deal", "opening", "its first words"): (
        ["When you buy using links on our site, we earn a commission. Fans spin.",
         "Acme may earn an affiliate commission. Fans spin."],
        ["When you buy a house, the law has a word to say.",
         "The bank may earn a fee. A commission asks why."],
    ),
    ("puzzle", "title", "help with a game"): (
        ["Wordle hints for puzzle 1,500", "Today's clue and answer for the Crossword"],
        ["Why Wordle was sold", "Wordlessly, the answer came"],
    ),
    ("puzzle", "title", "a crossword"): (
        ["Cryptic crossword by Owl", "Crossword #204"],
        ["The man who set crosswords in a war"],
    ),
    ("puzzle", "title", "a quiz"): (
        ["Quiz: how well do you know fans?", "The weekly quiz", "Take our budget quiz"],
        ["Senators quiz the chief of Acme", "A quizmaster retires"],
    ),
    ("puzzle", "title", "a horoscope"): (
        ["Your horoscope for Friday", "Horoscope today: be bold"],
        ["Paper drops its horoscopes after a century"],
    ),
    ("puzzle", "title", "a draw"): (
        ["Winning lottery numbers for Saturday", "Powerball numbers drawn"],
        ["Green card lottery is stopped", "Draft lottery goes to the north"],
    ),
    ("puzzle", "path", "its address"): (
        ["/puzzles/212", "/games/crossword/x", "/horoscope"],
        ["/news/puzzled-bees", "/business/quizlet-ipo"],
    ),
    ("puzzle", "tag", "its tag"): (["Crosswords", "quiz"], ["puzzle makers", "quiz shows"]),
    ("standing", "title", "a live page"): (
        ["Storm Edna: live updates", "Match live: north v south", "Budget vote – live"],
        ["They live to update old maps", "How we live now", "Live music returns"],
    ),
    ("standing", "title", "updates under a standing head"): (
        ["The latest: storm makes landfall", "Border war updates: talks stall",
         "Norway news: fans meet"],
        ["Fox News: the host leaves", "Bad news: fans are loud in Oslo, as a study finds",
         "Package updates: two libraries renamed", "The latest phones compared"],
    ),
    ("standing", "title", "a medal table"): (
        ["Medal table after day six", "Which country has the most medals?"],
        [
            "Norway wins the most medals ever",
            "Skier shrugs off a fall and adds to the medal count",
        ],
    ),
    ("standing", "title", "a tracker"): (
        ["Election tracker: who leads", "Layoffs tracker"],
        ["Writing a price tracker in forty lines", "Fitness tracker recalled"],
    ),
    ("standing", "title", "a schedule"): (
        ["Full schedule of the winter games", "See the games schedule",
         "Cup schedule, results and times"],
        ["The scheduler that starved a thread", "Talks ahead of schedule"],
    ),
    ("standing", "title", "how to watch it"): (
        ["How to watch the final tonight", "What time does the debate start?"],
        ["How to watch for phishing", "How to watch a filesystem for changes"],
    ),
    ("standing", "title", "prices of a day"): (
        ["Gold price today in ten cities", "Stock markets today"],
        ["Gold prices fall on rate fears", "Share your prices today"],
    ),
    ("standing", "path", "its address"): (
        ["/news/live/c123", "/world/live/2026/feb/10/storm", "/storm-live-updates-edna",
         "/fans/live-75966415"],
        ["/live-music-returns", "/blog/live/fanconf", "/news/how-we-live"],
    ),
    ("standing", "tag", "its tag"): (["Live blog"], ["live music"]),
    ("gallery", "title", "pictures of a time"): (
        ["Photos of the week", "The year so far in pictures"],
        ["Photos of the crash contradict police"],
    ),
    ("gallery", "title", "a row of pictures"): (
        ["In pictures: the flood", "Carnival in photos"],
        ["Monads in pictures", "Photos leak a new fan"],
    ),
    ("gallery", "path", "its address"): (
        ["/photo-gallery/flood", "/photos/flood"],
        ["/photosynthesis", "/gallery-of-the-north-reopens"],
    ),
    ("gallery", "tag", "its tag"): (["Photo gallery"], ["galleries", "photography"]),
    ("round-up", "title", "a time in review"): (
        ["The week in review", "Sunday reads", "Fan Weekly Digest", "Weekly update on fans"],
        ["A year in review boards", "Weekly claims fall", "Court to review week-long ban"],
    ),
    ("round-up", "title", "a round-up"): (
        ["Link round-up", "Security roundup for May", "Roundup: fans"],
        ["Jury hears Roundup weedkiller case", "Police round up looters"],
    ),
    ("round-up", "title", "a list of links"): (
        ["Links for 12 February", "What I read this month", "Interesting links of the week"],
        ["Links between sleep and memory found", "What I read into the verdict"],
    ),
    ("round-up", "title", "a numbered letter"): (
        ["Fan Newsletter #12", "Fan Weekly 200", "Issue 31: autumn"],
        ["My newsletter grew to thousands", "Issue 31 closed by a two-line fix"],
    ),
    ("round-up", "title", "this week in something"): (
        ["This week in Fans 583", "This month in fan science: May"],
        ["This week in Berlin, ministers agreed on fans at last"],
    ),
    ("round-up", "title", "news in brief"): (
        ["News in brief from the north", "Northern news briefs"],
        ["Court hears why news of a brief was late", "In briefs and hats: a swim"],
    ),
    ("round-up", "title", "a day's edition"): (
        ["All of the North Today - February 3, 2026", "Headlines – 3 February 2026",
         "12/18: Northern Evening News"],
        ["Postmortem of the outage - February 3, 2026", "Letter to a friend – May 3, 2015"],
    ),
    ("round-up", "path", "its address"): (
        ["/roundups/fans", "/blog/week-in-review"],
        ["/roundup-weedkiller-verdict", "/newsletters/an-essay"],
    ),
    ("round-up", "tag", "its tag"): (["Link roundup", "links"], ["golf links", "Roundup killer"]),
    ("house", "title", "the site itself"): (
        ["On the Blog", "Some Site Goings-On", "Comments Are Back On", "Notes on this site"],
        ["On the blog that toppled a minister", "Fire at site: news",
         "Comments are free, facts are sacred"],
    ),
    ("jobs", "title", "who is hiring"): (
        ["Who is hiring? (March)", "Acme (YC W24) is hiring engineers"],
        ["Why nobody is hiring juniors"],
    ),
    ("jobs", "title", "a vacancy"): (
        ["Job: fan engineer", "We're hiring a writer"],
        ["Job openings fall again", "Why we are hiring juniors", "Jobs report beats forecasts"],
    ),
    ("jobs", "path", "its address"): (
        ["/jobs/fan-engineer", "/vacancies/12"],
        ["/economy/jobs/report", "/jobs-report"],
    ),
    ("jobs", "tag", "its tag"): (["Hiring", "vacancy"], ["hiring freeze", "labour market"]),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.page}-{r.place}-{r.name}")
def test_each_rule_finds_its_page_and_spares_its_neighbours(rule: Rule) -> None:
    found, spared = ROWS[rule.page, rule.place, rule.name]
    assert found == [text for text in found if rule.fits(page(rule.place, text))]
    assert [] == [text for text in spared if page_of(page(rule.place, text))]


def test_every_row_has_its_rule() -> None:
    assert [*ROWS] == [(rule.page, rule.place, rule.name) for rule in RULES]
    assert {*PENALTIES} == {rule.page for rule in RULES}
    assert all(p.points < 0 and p.what and p.why for p in PENALTIES.values())


def test_obituaries_are_news() -> None:
    assert page_of(article("a", "Ada Example, who drew maps, dies at 91")) is None


def test_half_falls_on_the_lead_and_half_on_the_share() -> None:
    live, report = article("a", "Storm live: roofs fly"), article("b", "Storm takes roofs")
    assert [1.0] == [f.share for f in faults(story(live))]
    assert [0.75] == [f.share for f in faults(story(live, report))]
    assert [0.25] == [f.share for f in faults(story(report, live))]


def test_a_newsletters_line_about_a_page_is_not_the_page() -> None:
    assert () == faults(
        story(article("a", "Storm hits"), pick("p", "Weekly", title="The weekly quiz"))
    )


def test_what_a_publication_welcomes_costs_nothing() -> None:
    puzzle = story(article("a", "Cryptic crossword by Owl"))
    assert ["puzzle"] == [f.page for f in faults(puzzle)]
    assert () == faults(puzzle, welcome=("puzzle",))


def test_a_fault_says_what_it_saw() -> None:
    [fault] = faults(
        story(article("a", "Cryptic crossword by Owl"), article("b", "Owl is honoured"))
    )
    assert "a puzzle (title: a crossword), 1 of 2 articles" == fault.text
