from generator.judging.context import Context
from generator.judging.judge import findings_of
from tests.judging.factory import choice, failure

ANSWER = "So it is the last. The answer is (D)."


def rules(context: Context) -> set[str]:
    return {finding.rule for finding in findings_of(choice(ANSWER, extracted="D"), context)}


def test_an_answer_that_another_file_calls_right_is_the_benchmarks_fault() -> None:
    assert "right-by-another-file" in rules(Context(references_elsewhere=("C", "D")))
    assert "right-by-another-file" not in rules(Context(references_elsewhere=("C", "A")))


def test_strong_models_must_agree_and_be_several() -> None:
    assert "strong-models-agree" in rules(Context(answers_elsewhere=("D", "D", "D", "C")))
    assert "strong-models-agree" not in rules(Context(answers_elsewhere=("D", "D")))
    assert "strong-models-agree" not in rules(Context(answers_elsewhere=("D", "D", "C", "C")))


def test_without_context_nothing_is_said_of_the_benchmark() -> None:
    findings = findings_of(choice(ANSWER, extracted="D"))
    assert not {finding.rule for finding in findings if finding.attribution == "benchmark"}


def test_a_solution_that_comes_to_the_answer_contradicts_its_reference() -> None:
    given = failure(
        "6*3=<<6*3=18>>18\nA: 18", references=("20",), solution="6*3=<<6*3=18>>18\nA: 20"
    )
    assert "solution-differs" in {finding.rule for finding in findings_of(given)}
