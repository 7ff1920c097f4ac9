"""The tools that judge the story engine, and whether the documented results are of this engine."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest

from story_evals import stamp
from story_evals.dev_sets import DevSets
from story_evals.pools import allsides, boilerplate
from story_evals.rows import Row, day_of, in_training
from story_evals.scores import score
from story_evals.trials import Trial, run
from story_evals.vectors import DiskCache
from tune_stories import FOLDS, Fold, fold_of


def test_documented_results_are_of_this_engine() -> None:
    assert stamp.engine_hash() == stamp.documented_hash(), (
        "docs/stories.md is stale: python tools/eval_stories.py --encoder lexical minilm --table"
    )


def test_models_say_what_they_were_trained_on() -> None:
    for path in (stamp.ENGINE / "data").glob("*_*.json"):
        about = json.loads(path.read_text("utf-8"))["about"]
        assert {"trained", "data", "held-out B-cubed F1 of both models"} <= set(about), path.name


def test_engine_hash_follows_content_and_names(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    first = stamp.engine_hash(tmp_path)
    (tmp_path / "note.txt").write_text("not of the engine")
    assert first == stamp.engine_hash(tmp_path)
    (tmp_path / "a.py").write_text("x = 2\n")
    second = stamp.engine_hash(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert 3 == len({first, second, stamp.engine_hash(tmp_path)})


def test_results_are_written_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{stamp.BEGIN}\nold\n{stamp.END}\nafter\n")
    assert "" == stamp.documented_hash(page)
    stamp.write_results("with the engine `0123456789ab`", page)
    assert "0123456789ab" == stamp.documented_hash(page)
    assert page.read_text().startswith("before\n")
    assert page.read_text().endswith("\nafter\n")
    assert "old" not in page.read_text()


# {a b c}{d e} against {a b}{c d}{e}: only a-b is a shared pair.
def test_scores_of_a_case_worked_out_by_hand() -> None:
    found = score("XXXYY", [1, 1, 2, 2, 3])
    assert (4 / 5, 8 / 15) == pytest.approx((found.b3_precision, found.b3_recall))
    assert (1 / 2, 1 / 4) == pytest.approx((found.pair_precision, found.pair_recall))
    assert 1 / 11 == pytest.approx(found.ari)
    assert 0.64 == pytest.approx(found.b3)
    assert (1, 3, 0, 2) == (found.wrong, found.missed, found.whole, found.stories)


@pytest.mark.parametrize("labels", ["abc", "aab", "aaa"])
def test_the_same_partition_is_perfect(labels: str) -> None:
    found = score(labels, [ord(label) for label in labels])
    assert (1.0, 1.0, 1.0, 0, 0) == (found.b3, found.pair, found.ari, found.wrong, found.missed)
    assert found.whole == found.stories


def test_scores_need_one_label_an_article() -> None:
    with pytest.raises(ValueError, match="2 gold labels, 1 predicted"):
        score("ab", [1])
    with pytest.raises(ValueError, match="nothing"):
        score("", [])


@pytest.fixture
def sets(tmp_path: Path) -> DevSets:
    """Two hundred events of three articles, in the shape of the dev set."""
    rows = [
        {"id": f"e{event}-{n}", "event_id": f"e{event}", "title": f"Event {event}", "text": "Lead."}
        for event in range(200)
        for n in range(3)
    ]
    content = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "allsides_articles.jsonl.gz").write_bytes(gzip.compress(content.encode()))
    return DevSets(tmp_path)


def test_an_event_is_wholly_in_one_half(sets: DevSets) -> None:
    train = {row.event for row in sets.half("allsides", train=True)}
    held = {row.event for row in sets.half("allsides", train=False)}
    assert not train & held
    assert 200 == len(train | held)
    assert all(in_training(event.removeprefix("as")) for event in train)


def test_pools_are_mostly_singletons_and_the_same_each_time(sets: DevSets) -> None:
    pool = allsides(sets, 1, train=False, size=60)
    assert pool == allsides(sets, 1, train=False, size=60)
    assert pool != allsides(sets, 2, train=False, size=60)
    sizes = sorted(np.unique([row.event for row in pool], return_counts=True)[1].tolist())
    assert [1] * 48 + [3] * 4 == sizes


def test_boilerplate_titles_are_stories_of_their_own() -> None:
    rows = boilerplate(random.Random(1))
    assert len(rows) == len({row.event for row in rows}) > len({row.title for row in rows})


def test_days() -> None:
    assert 20_000 == day_of("2024-10-04")
    assert 20_000.5 == day_of("2024-10-04T12:00:00Z")
    assert np.isnan(day_of("last week"))
    assert np.isnan(day_of(None))


def test_ambiguous_articles_are_judged_and_not_scored() -> None:
    strike = "Harbour pilots of Rotterdam strike over pensions"
    rows = [
        Row(set="t", id="1", event="a", title=strike, text="Pilots walked out at dawn."),
        Row(set="t", id="2", event="b", title="A new library opens in Ghent"),
        Row(set="t", id="3", event="c", title=strike, ambiguous=True),
    ]
    result = run(Trial("two", (rows,), wrong=0))
    assert (2, 0, "yes") == (result.scores[0].articles, result.scores[0].wrong, result.met)
    assert "0 wrong, all whole" == result.trial.target


def test_vectors_are_kept_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    DiskCache(path).keep_vectors("e", {"a": b"1"})
    assert {"a": b"1"} == DiskCache(path).vectors("e", ["a", "b"])
    assert {} == DiskCache(path).vectors("other", ["a"])


def test_folds_split_the_training_half_and_keep_events_whole(tmp_path: Path) -> None:
    rows = [
        Row(set="ecbplus", id=f"{n}{half}", event=f"ecb{n // 2}_{half}", title="", train=n % 4 < 3)
        for n in range(40)
        for half in ("ecb", "ecbplus")
    ]
    held_out: list[list[str]] = []
    for number in FOLDS:
        sets = Fold(number, tmp_path)
        sets._read["ecbplus"] = list(rows)
        kept, held = sets.half("ecbplus", train=True), sets.half("ecbplus", train=False)
        assert {row.id for row in rows if row.train} == {row.id for row in kept + held}
        assert {row.event.partition("_")[0] for row in kept}.isdisjoint(
            row.event.partition("_")[0] for row in held
        )
        assert {number} == {fold_of(row) for row in held}
        held_out.append([row.id for row in held])
    assert set(held_out[0]).isdisjoint(held_out[1])
