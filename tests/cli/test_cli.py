from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from digest.encoders import Encoder, minilm

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]

HEAD = '[publication]\ntitle = "Mine"\n'
FOLDER = HEAD + '[[source]]\nfolder = "saved"\nname = "Saved"\n'
DATED = (
    "---\ntitle: Karpenter 1.2 is out\ndate: 2025-01-28\n---\n\nKarpenter reached version 1.2.\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `digest ARGS` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738497600")  # 2025-02-02T12:00Z

    def invoke(*args: str) -> Result:
        result = CliRunner().invoke(main, args)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A publication with one saved article of 2025-W05."""
    (tmp_path / "digest.toml").write_text(FOLDER, encoding="utf-8")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "karpenter.md").write_text(DATED, encoding="utf-8")
    return tmp_path


COMMANDS = (
    "init",
    "collect",
    "build",
    "check",
    "preview",
    "stories",
    "topics",
    "explain",
    "sources",
    "templates",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    assert f"  {command} " in run("--help").stdout
    result = run(command, "--help")
    assert (0, "Usage:") == (result.exit_code, result.stdout[:6])


def test_init_then_build(run: Run, tmp_path: Path) -> None:
    assert 0 == run("init", "my-letter").exit_code
    result = run("build", "--config", "my-letter")
    assert 0 == result.exit_code, result.stderr
    page = (tmp_path / "my-letter" / "out" / "2025-W05" / "issue.html").read_text("utf-8")
    assert "My Letter" in page
    assert "Your first saved article" in page


def test_init_overwrites_nothing(run: Run) -> None:
    assert 0 == run("init").exit_code
    result = run("init")
    assert (1, True) == (result.exit_code, "is already there" in result.stderr)


def test_build_writes_one_issue_and_the_site(run: Run, publication: Path) -> None:
    result = run("build", "--week", "2025-W05")
    assert 0 == result.exit_code, result.stderr
    assert "2025-W05: Mon 27 Jan - Sun 2 Feb 2025, UTC" in result.stderr
    assert "1 collected from 1 source, 0 merged, 1 chosen" in result.stderr
    written = sorted(p.name for p in (publication / "out" / "2025-W05").iterdir())
    assert {"issue.html", "issue.md", "issue.txt", "issue.json"} <= set(written)
    assert (publication / "out" / "site" / "index.html").is_file()


@pytest.mark.parametrize("week", [["--week"], [], ["--week", "2025-01-31"], ["--week", "this"]])
def test_weeks(run: Run, publication: Path, week: list[str]) -> None:
    assert 0 == run("build", *week).exit_code
    assert (publication / "out" / "2025-W05").is_dir()


def test_a_bare_week_may_stand_before_another_option(run: Run, publication: Path) -> None:
    assert 0 == run("build", "--week", "--quiet").exit_code


def test_json_alone_is_on_stdout(run: Run, publication: Path) -> None:
    issue = json.loads(run("build", "--json").stdout)
    assert (1, "2025-W05") == (issue["schema"], issue["week"])


def test_quiet_says_nothing(run: Run, publication: Path) -> None:
    assert "" == run("build", "-q").output


def test_out(run: Run, publication: Path) -> None:
    assert 0 == run("build", "--out", "elsewhere").exit_code
    assert (publication / "elsewhere" / "2025-W05" / "issue.html").is_file()


def test_the_config_is_found_in_a_folder_above(
    run: Run, publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication / "saved")
    assert 0 == run("build").exit_code
    assert (publication / "out" / "2025-W05").is_dir()


def test_the_editors_essay_opens_the_issue(run: Run, publication: Path) -> None:
    (publication / "issues").mkdir()
    (publication / "issues" / "2025-W05.md").write_text("# Bricks\n\nMy *own* words.\n", "utf-8")
    assert 0 == run("build").exit_code
    issue = json.loads((publication / "out" / "2025-W05" / "issue.json").read_text("utf-8"))
    assert ("Bricks", "Bricks | ✉️ #1") == (issue["title"], issue["subject"])
    assert "<em>own</em>" in (publication / "out" / "2025-W05" / "issue.html").read_text("utf-8")


def test_stories_of_the_publication(run: Run, publication: Path) -> None:
    [line] = run("stories").stdout.splitlines()
    row = json.loads(line)
    assert ["id", "story", "role", "url", "title", "source"] == list(row)
    assert ("lead", "Karpenter 1.2 is out", "Saved") == (row["role"], row["title"], row["source"])


def test_stories_of_files(run: Run, tmp_path: Path) -> None:
    rows = [
        '{"id": 1, "title": "Karpenter 1.2 is out", "url": "https://a.example/k"}',
        "not json",
        '{"id": 2, "title": "Ducks return to the pond"}',
        '{"id": "3", "title": "Karpenter", "url": "https://a.example/k?utm_source=x"}',
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(rows), encoding="utf-8")
    result = run("stories", "articles.jsonl")
    assert 0 == result.exit_code
    found = {row["id"]: row["story"] for row in map(json.loads, result.stdout.splitlines())}
    assert {"1", "2", "3"} == set(found)
    assert found["1"] == found["3"] != found["2"]
    assert "articles.jsonl:2" in result.stderr


def test_explain_an_article_and_what_was_left_out(run: Run, publication: Path) -> None:
    saved = publication / "saved"
    (saved / "again.md").write_text(DATED.replace("Karpenter 1.2 is", "Version 1.2 is"), "utf-8")
    (saved / "old.md").write_text(DATED.replace("2025-01-28", "2024-01-28"), "utf-8")
    rows = [json.loads(line) for line in run("stories").stdout.splitlines()]
    text = run("explain", rows[0]["id"]).stdout
    assert "joined with" in text or "copy of" in text
    assert "score" in text
    assert "chosen" in text
    assert "  kind release\n" in text
    data = json.loads(run("explain", rows[0]["id"], "--json").stdout)
    assert rows[0]["story"] == data["story"]
    issue = json.loads(run("build", "--json").stdout)
    told = issue["sections"][0]["stories"][0]
    assert (told["id"], told["topic"], told["kind"]) == (
        data["story"],
        data["topic"]["name"],
        data["kind"],
    )
    assert (told["title"], told["retitled"]) == tuple(data["headline"].values())
    assert told["reasons"] == [*data["topic"]["reasons"], *data["reasons"]]
    assert told["score"] == data["score"]
    assert data["fate"] == "chosen: number 1 of 2 in Everything else"
    assert told["sentences"] == [
        {key: value for key, value in sentence.items() if key != "why"}
        for sentence in data["blurb"]
    ]
    assert all(sentence["why"] for sentence in data["blurb"])
    [old] = [o["id"] for o in issue["outcomes"] if o["outcome"] == "outside the window"]
    assert "outside the window: dated 2024-01-28" in run("explain", old).stdout


def test_sources(run: Run, publication: Path) -> None:
    heads, line = run("sources").stdout.splitlines()
    assert ["Source", "Entries", "Last", "success"] == heads.split()[:4]
    assert "Saved   1        on disk" in line
    assert line.endswith("not known  1 of 1 files read")
    [row] = map(json.loads, run("sources", "--json").stdout.splitlines())
    assert ("Saved", 1, "ok", None, "") == (
        row["name"],
        row["entries"],
        row["status"],
        row["used"],
        row["advice"],
    )


def test_sources_know_what_issues_used(run: Run, publication: Path) -> None:
    assert 0 == run("build").exit_code
    [row] = map(json.loads, run("sources", "--json").stdout.splitlines())
    assert 1.0 == row["used"]


def test_a_folder_whose_documents_name_their_outlets_was_used(run: Run, publication: Path) -> None:
    named = DATED.replace("---\ntitle", "---\nsource: Cluster Notes\ntitle")
    (publication / "saved" / "karpenter.md").write_text(named, encoding="utf-8")
    issue = json.loads(run("build", "--json").stdout)
    assert "Cluster Notes" == issue["sections"][0]["stories"][0]["source"]
    [row] = map(json.loads, run("sources", "--json").stdout.splitlines())
    assert ("Saved", 1.0) == (row["name"], row["used"])


def test_collect(run: Run, publication: Path) -> None:
    assert "1 entry from 1 source" in run("collect").stderr


# --- bad input: one line on stderr, a status, no traceback -----------------------------------


def refused(result: Result, status: int, *parts: str) -> None:
    assert status == result.exit_code
    assert "Traceback" not in result.output
    error = [line for line in result.stderr.splitlines() if "error:" in line.lower()]
    assert 1 == len(error), result.stderr
    for part in parts:
        assert part in error[0]


def test_no_config(run: Run) -> None:
    refused(run("build"), 1, "no digest.toml", "digest init")


def test_a_misspelt_key(run: Run, publication: Path) -> None:
    (publication / "digest.toml").write_text(HEAD + 'titel = "x"\n', encoding="utf-8")
    refused(run("build"), 1, "digest.toml:3", "'titel'", "did you mean 'title'?")


def test_no_such_week(run: Run, publication: Path) -> None:
    refused(run("build", "--week", "2025-W77"), 2, "'2025-W77'", "2025-W05")


def test_a_week_may_be_named_in_capitals(run: Run, publication: Path) -> None:
    assert 0 == run("build", "--week", "THIS").exit_code
    assert (publication / "out" / "2025-W05").is_dir()


def test_no_such_moment(run: Run, publication: Path) -> None:
    refused(run("build", "--now", "noon"), 2, "--now", "'noon'")


@pytest.mark.parametrize("epoch", ["abc", "9" * 20, "1.5"])
def test_no_such_epoch(
    run: Run, publication: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    refused(run("build", "--now", "2025-02-02"), 2, "SOURCE_DATE_EPOCH", epoch)


def test_an_empty_epoch_is_none(
    run: Run, publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert 0 == run("build", "--now", "2025-02-02").exit_code


def test_a_week_with_nothing_but_undated_repeats_names_others(run: Run, publication: Path) -> None:
    (publication / "saved" / "ducks.md").write_text("# Ducks\n\nNinety came.\n", encoding="utf-8")
    assert 0 == run("build").exit_code
    later = run("build", "--now", "2025-02-12", "--week", "this")
    refused(later, 4, "2025-W07", "no date", "weeks with material: 2025-W05")


def test_what_is_dated_after_now_waits_for_its_week(run: Run, publication: Path) -> None:
    (publication / "saved" / "ducks.md").write_text(
        "---\ndate: 2025-03-01\n---\n# Ducks\n\nNinety came.\n", encoding="utf-8"
    )
    issue = json.loads(run("build", "--json", "--now", "2025-02-02").stdout)
    fates = {
        (o["outcome"], o["reason"])
        for o in issue["outcomes"]
        if o["title"] != "Karpenter 1.2 is out"
    }
    assert {("outside the window", "dated 2025-03-01, which is still to come")} == fates


def test_a_line_that_cannot_be_read_is_told_once(run: Run, publication: Path) -> None:
    rows = '{"id": "1", "title": "Ninety ducks came to town"}\nno json\n'
    (publication / "rows.jsonl").write_text(rows, encoding="utf-8")
    text = FOLDER + '[[source]]\njsonl = "rows.jsonl"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    assert 1 == run("build", "-q").stderr.count("rows.jsonl:2")


def test_an_empty_week_names_the_weeks_that_have_material(run: Run, publication: Path) -> None:
    refused(run("build", "--week", "2024-W01"), 4, "2024-W01", "weeks with material: 2025-W05")


def test_no_such_article(run: Run, publication: Path) -> None:
    refused(run("explain", "nonsense"), 1, "'nonsense'", "digest stories")


def test_no_such_encoder(run: Run, publication: Path) -> None:
    text = FOLDER + '[stories]\nencoder = "oracle"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    refused(run("build"), 1, "'oracle'", "lexical")


@pytest.fixture
def without_minilm(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Encoder:
        raise ImportError("no module", name="onnxruntime")

    monkeypatch.setattr(minilm, "load", missing)


@pytest.mark.usefixtures("without_minilm")
@pytest.mark.parametrize("args", [("build",), ("stories",), ("topics",), ("explain", "karpenter")])
def test_without_minilm_auto_says_once_that_words_decide(
    run: Run, publication: Path, args: tuple[str, ...]
) -> None:
    assert 1 == run(*args).stderr.count("by their words alone; pip install")
    assert "words alone" not in run(*args, "--quiet").stderr
    (publication / "digest.toml").write_text(
        FOLDER + '[stories]\nencoder = "lexical"\n', encoding="utf-8"
    )
    assert "words alone" not in run(*args).stderr


@pytest.mark.usefixtures("publication", "without_minilm")
def test_an_issue_names_its_encoder(run: Run) -> None:
    assert "lexical" == json.loads(run("build", "--json").stdout)["encoder"]


@pytest.mark.usefixtures("publication", "without_minilm")
def test_a_named_encoder_that_is_not_installed_is_an_error(run: Run, publication: Path) -> None:
    text = FOLDER + '[stories]\nencoder = "minilm"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    refused(run("build"), 1, "'minilm' needs onnxruntime", "newsletter-digest[minilm]")


def test_no_such_option(run: Run) -> None:
    assert 2 == run("build", "--weak").exit_code


def test_a_missing_folder_is_named_and_fatal_when_it_was_all(run: Run, publication: Path) -> None:
    shutil.rmtree(publication / "saved")
    refused(run("build", "--week", "2025-W05"), 4, "nothing to tell", "saved: no such folder")
    assert "saved" in run("sources").stdout


def test_a_missing_file_does_not_stop_the_others(run: Run, publication: Path) -> None:
    text = FOLDER + '[[source]]\nfeed = "gone.xml"\nname = "Gone"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    result = run("build")
    assert 0 == result.exit_code
    assert "warning: Gone: " in result.stderr
    assert "gone.xml" in result.stderr
    assert 3 == run("build", "--strict").exit_code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", b"\x00\x01\x02" * 50),
        ("broken.md", b"---\ntitle: a: b\n---\nText of the document.\n"),
    ],
)
def test_documents_that_cannot_be_read(
    run: Run, publication: Path, name: str, content: bytes
) -> None:
    (publication / "saved" / name).write_bytes(content)
    result = run("build")
    assert 0 == result.exit_code
    assert name in result.stderr
    issue = json.loads((publication / "out" / "2025-W05" / "issue.json").read_text("utf-8"))
    assert ["used", "unreadable"] == [o["outcome"] for o in issue["outcomes"]]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_out_is_not_writable(run: Run, publication: Path) -> None:
    (publication / "out").mkdir()
    (publication / "out").chmod(stat.S_IRUSR | stat.S_IXUSR)
    refused(run("build"), 1, "out")


def test_out_is_a_file(run: Run, publication: Path) -> None:
    (publication / "out").write_text("in the way", encoding="utf-8")
    refused(run("build"), 1, "out")


def test_a_template_that_fails_is_named_with_its_line(run: Run, publication: Path) -> None:
    folder = publication / "templates" / "dispatch"
    folder.mkdir(parents=True)
    (folder / "issue.txt").write_text("line one\n{{ nothing.at.all }}\n", encoding="utf-8")
    refused(run("build"), 1, "issue.txt:2", "nothing")


def test_no_such_style(run: Run, publication: Path) -> None:
    text = HEAD + 'style = "baroque"\n' + FOLDER.removeprefix(HEAD)
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    refused(run("build"), 1, "baroque", "dispatch")


def test_a_draft_that_cannot_be_read(run: Run, publication: Path) -> None:
    (publication / "issues").mkdir()
    (publication / "issues" / "2025-W05.md").write_text("---\nnumber: many\n---\n", "utf-8")
    refused(run("build"), 1, "2025-W05.md:2", "'many' is no whole number")
    (publication / "issues" / "2025-W05.md").write_bytes(b"\xff\xfe")
    refused(run("build"), 1, "2025-W05.md: not UTF-8 text")


def test_what_an_issue_told_is_not_told_again(run: Run, publication: Path) -> None:
    saved = publication / "saved"
    (saved / "undated.md").write_text("# Notes on ducks\n\nNinety came.\n", encoding="utf-8")
    later = DATED.replace("2025-01-28", "2025-02-04").replace("1.2", "1.3")
    (saved / "later.md").write_text(later, encoding="utf-8")
    assert 0 == run("build", "--week", "2025-W05").exit_code
    result = run("build", "--week", "2025-W06", "--now", "2025-02-09")
    assert 0 == result.exit_code, result.stderr
    assert "1 told by earlier issues" in result.stderr
    issue = json.loads((publication / "out" / "2025-W06" / "issue.json").read_text("utf-8"))
    assert ["Karpenter 1.3 is out"] == [s["title"] for t in issue["sections"] for s in t["stories"]]
    explained = run("explain", "--week", "2025-W06", _id(issue, "Notes on ducks")).stdout
    assert explained == "Notes on ducks (Saved)\n  seen in issue: #1 (2025-W05) told it\n"
    data = run("explain", "--week", "2025-W06", "--json", _id(issue, "Notes on ducks")).stdout
    assert ["seen in issue"] == [o["outcome"] for o in json.loads(data)["outcomes"]]
    result = run("build", "--week", "2025-W07", "--now", "2025-02-16")
    assert (4, True) == (result.exit_code, "earlier issues told it all" in result.stderr)


def _id(issue: dict[str, Any], title: str) -> str:
    return next(str(o["id"]) for o in issue["outcomes"] if o["title"] == title)


def test_issues_are_counted_though_no_first_week_is_named(run: Run, publication: Path) -> None:
    (publication / "saved" / "later.md").write_text(
        DATED.replace("1.2", "1.3").replace("2025-01-28", "2025-01-21"), encoding="utf-8"
    )
    for week, number in (("2025-W04", 1), ("2025-W05", 2), ("2025-W05", 2), ("2025-W04", 1)):
        assert f"#{number} is in" in run("build", "--week", week).stderr


def test_no_command_is_cut_short_in_the_help(run: Run) -> None:
    for group in ([], ["sources"], ["templates"]):
        assert "..." not in run(*group, "--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("command", ["check", "preview"])
def test_week_of_what_was_built(run: Run, command: str) -> None:
    assert "the newest week that was built" in " ".join(run(command, "--help").stdout.split())


def test_init_says_how_to_build_from_here(run: Run) -> None:
    assert "run `digest build --config letter`" in run("init", "letter").stderr
    assert "run `digest build`" in run("init").stderr
    assert "there is no style 'x': not built in (choose " in run("init", "--style", "x").stderr
