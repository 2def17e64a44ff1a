"""What a pull request would change, and the one comment that says so."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.errors import InputError, OutsideError
from generator.pages.reviews import LONGEST, MARK, review_text
from generator.records.review import (
    Interval,
    Review,
    ReviewedCause,
    ReviewedCount,
    ReviewedFile,
    ReviewedRun,
    ReviewedShare,
    ReviewedShift,
)
from generator.sources.pull_requests import Place, comment, place_of
from tests.cli.test_main import run
from tests.cli.test_validate import git
from tests.store.tree import MODEL, PREDICTIONS, RUN, lines, sound, write

HEAD = "a" * 40
PLACE = Place("https://api.example.org", "atlas/atlas", HEAD)
HOSTILE = "@everyone ![x](https://example.org/x.png) <img src=x onerror=alert(1)> | ``` #1 \n# Big"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose branch adds a model to what main has."""
    content = sound(tmp_path / "content")
    monkeypatch.setenv("ERRORATLAS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ERRORATLAS_WORKERS", "1")
    write(tmp_path, ".gitignore", "cache\nbuild\n")
    run(tmp_path, "judge", "--workers", "1")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "before")
    git(tmp_path, "switch", "-q", "-c", "mine")
    write(content, "models/acme__beta.yml", MODEL.replace("lpha", "eta").replace("alpha", "beta"))
    write(content, "predictions/sums/acme__beta/run.yml", RUN)
    rows = [{**row, "output": ""} if row["score"] == 0 else row for row in PREDICTIONS]
    write(content, "predictions/sums/acme__beta/predictions.jsonl", lines(rows))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "after")
    run(tmp_path, "judge", "--workers", "1")
    return tmp_path


def written(project: Path) -> tuple[Review, str]:
    """Return the review as data and as Markdown."""
    folder = project / "build/review"
    review = Review.model_validate_json((folder / "review.json").read_bytes(), strict=True)
    return review, (folder / "summary.md").read_text(encoding="utf-8")


def test_a_new_model_is_shown_beside_the_others(project: Path) -> None:
    write(project, "build/review/acme__beta-light.png", "")
    status, _, messages = run(
        project, "review", "write", "--changed-since", "main", "--pull-request", "7"
    )
    assert (status, messages) == (0, "")
    review, text = written(project)
    assert review.pull_request == 7
    assert [(file.path, file.change) for file in review.files] == [
        ("models/acme__beta.yml", "added"),
        ("predictions/sums/acme__beta/predictions.jsonl", "added"),
        ("predictions/sums/acme__beta/run.yml", "added"),
    ]
    (beta,) = review.runs
    assert (beta.model, beta.attempted, beta.failed) == ("acme__beta", 4, 3)
    assert beta.shares[0].category == "E02 No Final Answer"
    assert beta.shares[0].own.share == 1.0
    assert beta.shares[0].pool is not None
    assert beta.pool == 2
    assert {one.what: (one.before, one.after) for one in review.counts} == {
        "models": (1, 2),
        "benchmarks": (1, 1),
        "runs": (1, 2),
        "predictions": (4, 8),
        "failures": (3, 6),
        "failures with a verdict": (2, 5),
    }
    moved = {shift.category: (shift.before, shift.after) for shift in review.shifts}
    assert moved["E02 No Final Answer"] == (0.5, 0.8)
    assert "<code>sums/acme&#95;&#95;beta</code>" in text
    assert "Nothing stands in the way" in text
    assert "acme__beta-light.png" in review.screenshots


def test_the_same_change_gives_the_same_bytes(project: Path) -> None:
    run(project, "review", "write", "--changed-since", "main")
    before = [
        (project / "build/review" / name).read_bytes() for name in ("review.json", "summary.md")
    ]
    run(project, "review", "write", "--changed-since", "main")
    after = [
        (project / "build/review" / name).read_bytes() for name in ("review.json", "summary.md")
    ]
    assert before == after


def test_problems_are_told_without_numbers_where_nothing_can_be_read(project: Path) -> None:
    write(project / "content", "models/acme__beta.yml", "developer: 3\n")
    git(project, "commit", "-q", "-a", "-m", "broken")
    status, _, _ = run(project, "review", "write", "--changed-since", "main")
    assert status == 1
    review, text = written(project)
    assert not review.counted
    assert {cause.level for cause in review.causes} == {"error"}
    assert "2 problems to mend" in text
    assert "no numbers yet" in text


def test_a_removed_file_is_named(project: Path) -> None:
    git(project, "rm", "-q", "content/predictions/sums/acme__beta/run.yml")
    git(project, "rm", "-q", "content/predictions/sums/acme__beta/predictions.jsonl")
    git(project, "rm", "-q", "-r", "content/predictions/sums/acme__alpha")
    git(project, "commit", "-q", "-m", "less")
    run(project, "review", "write", "--changed-since", "main")
    review, _ = written(project)
    assert ("predictions/sums/acme__alpha/run.yml", "removed") in [
        (file.path, file.change) for file in review.files
    ]


def test_an_unknown_branch_is_one_message(project: Path) -> None:
    status, _, messages = run(project, "review", "write", "--changed-since", "no-such")
    assert status == 1
    assert "fetch it first" in messages
    assert "Traceback" not in messages


def hostile_review(length: int = 1) -> Review:
    """Return a review whose every text attacks whoever shows it."""
    text = (HOSTILE * length)[:190]
    share = Interval(share=0.5, low=0.4, high=0.6)
    return Review(
        version=text,
        base=HEAD,
        pull_request=7,
        files=tuple(ReviewedFile(path=text, change="added", bytes=1) for _ in range(100)),
        files_in_all=1_000,
        causes=tuple(
            ReviewedCause(
                level="error", cause=f"{n} {text}", total=50, shown=((HOSTILE * length)[:690],) * 20
            )
            for n in range(40)
        ),
        counted=True,
        runs=tuple(
            ReviewedRun(
                benchmark=text,
                model=text,
                attempted=10,
                failed=5,
                accuracy=share,
                looked_at=5,
                classified=4,
                pool=3,
                shares=(ReviewedShare(category=text, own=share, pool=share),) * 5,
            )
            for _ in range(20)
        ),
        runs_in_all=30,
        counts=(ReviewedCount(what=text, before=1, after=2),),
        shifts=tuple(
            ReviewedShift(
                benchmark=text, category=text, before=0.1, after=0.2, n_before=1, n_after=2
            )
            for _ in range(20)
        ),
        screenshots=(text,) * 40,
    )


@pytest.mark.parametrize("length", [1, 50])
def test_a_hostile_review_does_nothing_and_is_bounded(length: int) -> None:
    text = review_text(hostile_review(length))
    assert len(text) <= LONGEST
    assert text.startswith(MARK)
    for sign in ("<img", "![", "](", "onerror=", "```"):
        assert sign not in text
    # Within code, and there alone, stands what somebody else wrote: nobody is called by it.
    outside = text
    while "<code>" in outside:
        before, _, rest = outside.partition("<code>")
        outside = before + rest.partition("</code>")[2]
    assert "everyone" not in outside


class GitHub:
    """Answers as GitHub would, and keeps what was asked."""

    def __init__(
        self, comments: list[dict[str, Any]], head: str = HEAD, state: str = "open"
    ) -> None:
        self.comments, self.head, self.state = comments, head, state
        self.asked: list[tuple[str, str]] = []
        self.written: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.method, request.url.path))
        assert request.headers["Authorization"] == "Bearer t0ken"
        if request.url.path.endswith("/pulls/7"):
            return httpx.Response(200, json={"state": self.state, "head": {"sha": self.head}})
        if request.method == "GET":
            first = 100 * (int(request.url.params["page"]) - 1)
            return httpx.Response(200, json=self.comments[first : first + 100])
        self.written.append(json.loads(request.content)["body"])
        return httpx.Response(201, json={"html_url": "https://example.org/c"})


def said(by: str, body: str, number: int) -> dict[str, Any]:
    """Return a comment as GitHub lists it."""
    return {"id": number, "body": body, "user": {"type": by}}


def post(github: GitHub, text: str = f"{MARK}\nnew") -> str:
    """Comment on pull request 7."""
    transport = httpx.MockTransport(github)
    return comment(PLACE, 7, text, MARK, token="t0ken", transport=transport)  # noqa: S106


def test_the_first_comment_is_written_and_later_ones_take_its_place() -> None:
    github = GitHub([said("User", f"{MARK}\nnot ours", 3), said("Bot", "another bot", 4)])
    assert post(github) == "https://example.org/c"
    assert github.asked[-1] == ("POST", "/repos/atlas/atlas/issues/7/comments")
    many = [said("User", "chat", number) for number in range(150)]
    github = GitHub([*many, said("Bot", f"{MARK}\nold", 999)])
    post(github)
    assert github.asked[-1] == ("PATCH", "/repos/atlas/atlas/issues/comments/999")
    assert github.written == [f"{MARK}\nnew"]


@pytest.mark.parametrize(("head", "state"), [("b" * 40, "open"), (HEAD, "closed")])
def test_another_pull_request_is_not_written_to(head: str, state: str) -> None:
    github = GitHub([], head, state)
    with pytest.raises(InputError, match="does not end in the commit"):
        post(github)
    assert github.written == []


def test_a_refusal_of_github_is_one_message_without_the_token() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(403, text="t0ken")

    with pytest.raises(OutsideError) as caught:
        comment(PLACE, 7, "x", MARK, token="t0ken", transport=httpx.MockTransport(refuse))  # noqa: S106
    assert "403" in str(caught.value)
    assert "t0ken" not in str(caught.value)


def event(folder: Path, **changes: Any) -> Path:
    """Write the event of a finished workflow, as recorded, with changes."""
    ran = {
        "event": "pull_request",
        "head_sha": HEAD,
        "head_branch": "$(touch stolen);`id`",
        "display_title": HOSTILE,
        **changes,
    }
    value = {"workflow_run": ran, "repository": {"full_name": "atlas/atlas"}}
    return write(folder, "event.json", json.dumps(value))


def test_the_event_says_where_the_workflow_ran(tmp_path: Path) -> None:
    assert place_of(event(tmp_path), "https://api.example.org/") == PLACE
    with pytest.raises(InputError, match="did not run for a pull request"):
        place_of(event(tmp_path, event="push"), "")
    for text in ("{", "[]", "{}", "null", '{"workflow_run": 3}', "[" * 100_000):
        with pytest.raises(InputError, match="not the event"):
            place_of(write(tmp_path, "other.json", text), "")


def test_a_review_from_elsewhere_is_read_within_bounds(project: Path) -> None:
    told = event(project)
    good = hostile_review()
    path = write(project, "artifact/review.json", good.model_dump_json())
    status, out, _ = run(project, "review", "comment", str(path), "--event", str(told), "--dry-run")
    assert status == 0
    assert out.startswith(MARK)
    assert not (project / "stolen").exists()
    bad = {
        "a number that is none": good.model_dump(mode="json") | {"pull_request": "7; rm"},
        "a share above one": good.model_dump(mode="json")
        | {"counts": [{"what": "x", "before": -1, "after": 2}]},
        "too many runs": good.model_dump(mode="json")
        | {"runs_in_all": 1, "screenshots": ["x"] * 99},
        "a field too many": good.model_dump(mode="json") | {"html": "<b>"},
    }
    for name, value in bad.items():
        path = write(project, "artifact/bad.json", json.dumps(value))
        status, _, messages = run(project, "review", "comment", str(path), "--event", str(told))
        assert (status, "Traceback" in messages) == (1, False), name
    write(project, "artifact/bad.json", "x" * 2_000_001)
    assert run(project, "review", "comment", str(path), "--event", str(told))[0] == 1
    link = project / "artifact/link.json"
    link.symlink_to("/etc/passwd")
    status, _, messages = run(project, "review", "comment", str(link), "--event", str(told))
    assert status == 1
    assert "symbolic link" in messages


def test_without_a_right_or_a_number_nothing_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    told = event(project)
    path = write(project, "artifact/review.json", hostile_review().model_dump_json())
    status, _, messages = run(project, "review", "comment", str(path), "--event", str(told))
    assert status == 1
    assert "GITHUB_TOKEN is not set" in messages
    monkeypatch.setenv("GITHUB_TOKEN", "t0ken")
    nameless = hostile_review().model_copy(update={"pull_request": None})
    path = write(project, "artifact/review.json", nameless.model_dump_json())
    status, _, messages = run(project, "review", "comment", str(path), "--event", str(told))
    assert status == 1
    assert "names no pull request" in messages
