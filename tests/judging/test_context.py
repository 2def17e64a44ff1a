"""What other files and models say of an item, and what the rules make of it."""

from generator.judging.context import Context
from generator.judging.judge import findings_of
from generator.records.benchmark import Item
from generator.records.keys import answer_hash, item_hash
from tests.judging.factory import choice, failure

ANSWER = "So it is the last. The answer is (D)."


def rules(context: Context) -> set[str]:
    return {finding.rule for finding in findings_of(choice(ANSWER, extracted="D"), context)}


def wording(*references: str, text: str | None = None) -> bytes:
    """Return the hash of the item with other references or another text."""
    given = choice(ANSWER, extracted="D")
    item = Item(
        item_id="q1", input=text or given.input, choices=given.choices, references=references
    )
    return bytes.fromhex(item_hash(given.benchmark, item))


def answers(*letters: str) -> Context:
    return Context(answers=tuple(filter(None, map(answer_hash, letters))))


def test_an_answer_that_another_file_calls_right_is_the_benchmarks_fault() -> None:
    own = wording(*choice(ANSWER).references)
    assert "right-by-another-file" in rules(Context(frozenset({own, wording("D")})))
    assert "right-by-another-file" not in rules(Context(frozenset({own, wording("A")})))


def test_a_file_with_another_question_says_nothing_of_this_one() -> None:
    other = wording("D", text="What else?")
    assert "right-by-another-file" not in rules(Context(frozenset({other})))


def test_strong_models_must_agree_and_be_several() -> None:
    assert "strong-models-agree" in rules(answers(*"DDDDDDDDDC"))
    assert "strong-models-agree" not in rules(answers(*"DDDD"))
    assert "strong-models-agree" not in rules(answers(*"DDDDDDDDCC"))


def test_without_context_nothing_is_said_of_the_benchmark() -> None:
    findings = findings_of(choice(ANSWER, extracted="D"))
    assert not {finding.rule for finding in findings if finding.attribution == "benchmark"}


def test_a_solution_that_comes_to_the_answer_contradicts_its_reference() -> None:
    given = failure(
        "6*3=<<6*3=18>>18\nA: 18", references=("20",), solution="6*3=<<6*3=18>>18\nA: 20"
    )
    assert "solution-differs" in {finding.rule for finding in findings_of(given)}
