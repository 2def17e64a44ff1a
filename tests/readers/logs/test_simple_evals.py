"""simple-evals."""

import html

import pytest

from generator.errors import InputError
from generator.readers.logs import simple_evals
from generator.readers.logs.simple_evals import read_simple_evals
from tests.readers.logs.reading import read, write_json

NAME = "plums_acme-alpha_20260102_030405_allresults.json"


def report(correct="3", extracted="2", score="0.0"):
    said = [html.escape(text) for text in (correct, extracted, score)]
    return (
        "<h3>Sampled message</h3><p>Score: 9</p>\n<h3>Results</h3>\n"
        f"<p>Correct Answer: {said[0]}</p>\n<p>Extracted Answer: {said[1]}</p>\n"
        f"<p>Score: {said[2]}</p>\n"
    )


def talk(*texts):
    roles = ("user", "assistant") * len(texts)
    return [{"role": role, "content": text} for role, text in zip(roles, texts, strict=False)]


@pytest.fixture
def log(tmp_path):
    def run(*examples, name=NAME, **chosen):
        talks, reports = zip(*examples, strict=True)
        value = {"score": 0.5, "convos": list(talks), "htmls": list(reports)}
        write_json(tmp_path / name, value)
        return read(read_simple_evals, tmp_path, **chosen)

    return run


def test_the_report_has_the_answers_and_the_score(log):
    found = log((talk("How many?", "Answer: 2"), report()), (talk("q", "a"), report(score="True")))
    (entry, other) = found.entries
    assert (entry.item.item_id, entry.item.input, entry.item.references) == (
        "0",
        "How many?",
        ("3",),
    )
    prediction = entry.prediction
    assert (prediction.output, prediction.extracted, prediction.score) == ("Answer: 2", "2", 0.0)
    assert (other.item.item_id, other.prediction.score) == ("1", 1.0)


def test_signs_in_answers_are_unescaped(log):
    (entry,) = log((talk("q", "a"), report(correct="x < 3 & y", extracted='"x"'))).entries
    assert entry.item.references == ("x < 3 & y",)
    assert entry.prediction.extracted == '"x"'


def test_no_extracted_answer_is_none(log):
    assert log((talk("q", "a"), report(extracted="None"))).predictions[0].extracted is None


def test_turns_before_the_last_are_worked_examples(log):
    (entry,) = log((talk("1?", "1", "2?", "3"), report())).entries
    assert entry.prediction.output == "3"


def test_the_name_of_the_file_says_what_was_run(log):
    facts = log((talk("q", "a"), report())).account.facts
    assert (facts["task"], facts["model"], facts["date"]) == ("plums", "acme-alpha", "2026-01-02")


def test_a_silent_model_and_bad_reports_are_told(log):
    found = log(
        (talk("q"), report()),
        (talk("q", "a"), "<p>nothing</p>"),
        (talk("q", "a"), report(score="high")),
        (talk("q", "a"), report()),
    )
    assert found.ids == ["3"]
    assert found.account.dropped == {simple_evals.SILENT: 1}
    assert [problem.line for problem in found.account.problems] == [2, 3]


def test_one_file_of_several_is_named(log):
    log((talk("q", "a"), report()), name="pears_" + NAME)
    with pytest.raises(InputError, match="2 files fit: name one"):
        log((talk("q", "a"), report()))
    assert len(log((talk("q", "a"), report()), select="plums").entries) == 1


def test_another_document_is_refused(tmp_path):
    with pytest.raises(InputError, match="convos and htmls of the same length"):
        read(read_simple_evals, write_json(tmp_path / "a.json", {"score": 1}))
