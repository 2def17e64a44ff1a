"""What gets in as a verdict, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.judging.answer import schema, verdict_of
from generator.judging.quotes import Place, Quotable
from generator.judging.reading import Refusal
from generator.records.taxonomy import Taxonomy
from generator.records.verdict import JudgeId, Verdict
from generator.store.content import load_content
from tests.judging.factory import failure
from tests.judging.scripted_server import good_answer

JUDGE = JudgeId(name="llm", version="judge-1", prompt_hash="0" * 64, taxonomy="1.0")
WORK = "There are three bags.\nSo 3 * 6 = 20 marbles,\n  which is the answer."


@pytest.fixture(scope="module")
def taxonomy(content_root) -> Taxonomy:
    return load_content(content_root).taxonomy


@pytest.fixture(scope="module")
def check(taxonomy):
    def inner(output=WORK, *, display_full=True, text=None, **changes):
        reply = json.dumps(good_answer(output, **changes)) if text is None else text
        return verdict_of(reply, failure(output), JUDGE, taxonomy, display_full=display_full)

    return inner


def quotes(*texts):
    return {"evidence": [{"quote": text} for text in texts]}


def test_a_good_answer_is_a_verdict_with_offsets_of_ours(check):
    verdict = check(**quotes("3 * 6 = 20"), secondary=["E11", "E13", "E11", "E04", "E05"])
    assert isinstance(verdict, Verdict)
    assert (verdict.status, verdict.attribution, verdict.category) == ("verdict", "model", "E13")
    assert verdict.subcategory == "arithmetic"
    assert verdict.secondary == ("E11", "E04")
    (evidence,) = verdict.evidence
    assert WORK[evidence.start : evidence.end] == evidence.quote == "3 * 6 = 20"
    assert verdict.criteria[0].quality == 0.5
    assert verdict.confidence == 0.8


REFUSED = {
    "the category is not in the taxonomy": [
        {"category": "E99"},
        {"category": "Computation Error"},
        {"secondary": ["E99"]},
    ],
    "the subcategory is not in the taxonomy": [{"subcategory": "refusal"}],
    "the attribution is not in the taxonomy": [{"attribution": "nobody"}],
    "the status is not in the taxonomy": [{"status": "no_verdict"}],
    "the attribution_subtype is not in the taxonomy": [
        {"attribution": "harness", "attribution_subtype": "unclear-item", "category": None}
    ],
    "attribution and category contradict each other": [{"attribution": "harness"}],
    "status and category contradict each other": [
        {"status": "undetermined"},
        {"status": "undetermined", "category": None, "attribution": "harness"},
    ],
    "no category is given": [{"category": None, "subcategory": None}],
    "a quote does not stand in the output": [
        quotes("3 * 6 = 21"),
        quotes("3 * 6 = 20", "four bags of marbles"),
        quotes("3 * 6 = 20 ... which is the answer"),
        quotes("  \n"),
        quotes("3 * 6 = 20 MARBLES"),
    ],
    "a quote is too short": [quotes("6 = 20"), quotes("3 * 6 = 20", "bags")],
    "no quote is given": [quotes()],
    "no criteria are given": [{"criteria": []}],
    "the answer lacks the required form": [
        {"confidence": 1.5},
        {"confidence": "0.5"},
        {"confidence": None},
        {"title": " "},
        {"evidence": "3 * 6 = 20"},
        {"criteria": [{"criterion": "x", "present": "yes"}]},
        {"criteria": [{"criterion": "x", "present": True, "quality": 2}]},
    ],
}


@pytest.mark.parametrize(
    ("reason", "changes"), [(reason, case) for reason, cases in REFUSED.items() for case in cases]
)
def test_a_verdict_is_refused_with_its_reason(check, reason, changes):
    refusal = check(**changes)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason
    assert refusal.problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I would say E13.",
        "null",
        "[]",
        '{"criteria": [',
        "{" * 100_000,
        '{"category": "E13", "category": "E01"}',
        '{"confidence": NaN}',
        '{"confidence": ' + "9" * 5000 + "}",
    ],
)
def test_what_is_not_one_readable_object_is_refused(check, text):
    assert isinstance(check(text=text), Refusal)


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "\n {} \n",
        "Here it is.\n```json\n{}\n```\nDone.",
        "```json\n{}\n```",
        '<think>Is it {{"category": "E01"}}?</think>\n{}',
        "The verdict: {}",
    ],
)
def test_an_object_is_found_within_what_surrounds_it(check, frame):
    verdict = check(text=frame.format(json.dumps(good_answer(WORK))))
    assert isinstance(verdict, Verdict)
    assert verdict.category == "E13"


def test_a_quote_may_break_its_lines_otherwise(check):
    verdict = check(**quotes("20 marbles, which is the answer."))
    (evidence,) = verdict.evidence
    assert evidence.quote == "20 marbles,\n  which is the answer."
    assert WORK[evidence.start : evidence.end] == evidence.quote


def test_blanks_do_not_make_a_quote_longer(check):
    output = "20\n\n\n\n\n\n\n\n\nis what I get"
    assert check(output, **quotes("20\n\n\n\n\n\n\n\n\nis")).reason == "a quote is too short"


@pytest.mark.parametrize("output", ["(B)", " 20 \n", "x"])
def test_an_output_shorter_than_a_quote_may_be_quoted_whole(check, output):
    verdict = check(output, **quotes(output.strip()))
    assert verdict.evidence[0].quote == output.strip()


@pytest.mark.parametrize("output", ["", " \n\t"])
def test_a_blank_output_needs_no_quote_and_can_have_none(check, output):
    empty = {"category": "E02", "subcategory": "empty"}
    assert check(output, **empty, **quotes()).category == "E02"
    assert isinstance(check(output, **empty, **quotes("nothing at all")), Refusal)


def test_what_cannot_be_told_has_no_category_and_needs_no_quote(check):
    verdict = check("(B)", status="undetermined", category=None, subcategory=None, **quotes())
    assert verdict.status == "undetermined"
    assert verdict.attribution is None
    assert verdict.secondary == ()


def test_a_fault_of_the_harness_needs_its_quote_too(check):
    fault = {"attribution": "harness", "attribution_subtype": "extraction", "category": None}
    verdict = check(**fault, subcategory=None, secondary=["E13"], **quotes("3 * 6 = 20"))
    assert (verdict.attribution, verdict.attribution_subtype) == ("harness", "extraction")
    assert verdict.secondary == ()
    assert check(**fault, subcategory=None, **quotes()).reason == "no quote is given"


def test_of_withheld_text_nothing_is_kept_but_offsets(check):
    verdict = check(display_full=False, **quotes("3 * 6 = 20"))
    assert verdict.evidence[0].quote is None
    assert WORK[verdict.evidence[0].start : verdict.evidence[0].end] == "3 * 6 = 20"
    assert verdict.title == "Computation Error: Arithmetic"
    assert verdict.summary is None
    assert verdict.criteria == ()


def test_the_reason_of_a_refusal_repeats_nothing_of_the_answer(check):
    refusal = check(category="E13 because of the bags", **quotes("invented words"))
    assert "bags" not in refusal.reason
    assert "E13 because of the bags" in refusal.problem


def test_evidence_of_a_criterion_that_is_not_in_the_output_is_left_out(check):
    need = {"criterion": "The sum", "present": True, "evidence": "never said", "comment": None}
    verdict = check(criteria=[need, need | {"evidence": "3 * 6 = 20"}])
    assert [entry.evidence for entry in verdict.criteria] == [None, "3 * 6 = 20"]


def test_long_and_unprintable_texts_are_kept_within_bounds(check):
    title = "a\u202eb\ud800\x00 \n" + "c" * 999
    verdict = check(title=title, criteria=good_answer(WORK)["criteria"] * 40)
    assert verdict.title.startswith("ab\ufffd\ufffd c")
    assert len(verdict.title) <= 120
    assert len(verdict.criteria) == 12
    assert verdict.model_dump_json()


def test_a_quote_of_what_was_shown_otherwise_is_found(check):
    output = "So the sum is 20<|im_end|>\ud800 and no more."
    verdict = check(output, **quotes("20< |im_end|>\ufffd and"), display_full=False)
    place = verdict.evidence[0]
    assert output[place.start : place.end] == "20<|im_end|>\ud800 and"


@given(st.text(max_size=80), st.data())
def test_every_part_of_an_output_is_found_where_it_stands_or_before(output, data):
    start = data.draw(st.integers(0, len(output)))
    end = data.draw(st.integers(start, len(output)))
    place = Quotable(output).find(output[start:end])
    if not output[start:end].strip():
        assert place is None
    else:
        assert place is not None
        assert place.start <= start + len(output[start:end]) - len(output[start:end].lstrip())
        found, wanted = output[place.start : place.end], output[start:end]
        assert "".join(found.split()) == "".join(wanted.split())


def test_a_long_output_is_searched_once_for_all_quotes():
    quotable = Quotable("word " * 200_000 + "the  end")
    assert quotable.find("wordthe end") == Place(999_995, 1_000_008)
    assert quotable.find("the beginning") is None


def test_the_schema_asks_for_every_field_and_for_nothing_off_the_menu(taxonomy):
    form = schema(taxonomy)
    parts = [form]
    while parts:
        part = parts.pop()
        if part.get("type") == "object":
            assert part["required"] == [*part["properties"]]
            assert part["additionalProperties"] is False
            parts += part["properties"].values()
        if part.get("type") == "array":
            parts.append(part["items"])
    ids = [category.id for category in taxonomy.categories]
    assert form["properties"]["category"]["enum"] == [*ids, None]
    assert form["properties"]["secondary"]["items"]["enum"] == ids
    assert set(form["properties"]) == set(good_answer("x"))
    assert list(form["properties"])[:2] == ["criteria", "attribution"], "needs before blame"
