import json
import zipfile

import pytest

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.mmlu_pro import holds_answer, read_outputs
from generator.records.benchmark import Item
from generator.records.prediction import Prediction


def entry(output=" Blue is first. The answer is (A).", *, field="generated_text", **changes):
    """One entry of the same shape as upstream's, about colours."""
    fields = {
        "question_id": 70,
        "question": "Which is a colour?",
        "options": ["blue", "seven", "soon"],
        "answer": "A",
        "answer_index": 0,
        "cot_content": "",
        "category": "other",
        "src": "made-up",
        "pred": "A",
        field: output,
    }
    return fields | changes


@pytest.fixture
def rows(tmp_path):
    def read(*entries, indent=None, select=None, on_drop=None):
        path = tmp_path / "outputs.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("outputs.json", json.dumps(entries, indent=indent))
        return list(read_outputs({"outputs": path}, select, on_drop))

    return read


def test_the_reader_is_registered():
    assert READERS["mmlu_pro_outputs"] is read_outputs


@pytest.mark.parametrize("indent", [None, 2])
def test_the_array_may_be_on_one_line_or_indented(rows, indent):
    (row,) = rows(entry(), indent=indent)
    assert row.item == Item(
        item_id="70",
        input="Which is a colour?",
        choices=("blue", "seven", "soon"),
        references=("A",),
        tags={"subject": "other"},
    )
    assert row.prediction == Prediction(
        item_id="70",
        output=" Blue is first. The answer is (A).",
        score=1.0,
        extracted="A",
    )


@pytest.mark.parametrize("field", ["generated_text", "model_outputs"])
def test_the_output_is_in_either_of_two_fields(rows, field):
    (row,) = rows(entry("The answer is (A).", field=field))
    assert row.prediction.output == "The answer is (A)."


def test_an_output_in_both_fields_or_none_is_refused(rows):
    with pytest.raises(InputError, match="exactly one of the two expected"):
        rows(entry(model_outputs="A"))
    with pytest.raises(InputError, match="exactly one of the two expected"):
        rows(entry(field="text"))


def test_bare_strings_among_the_rows_are_passed_over_and_told(rows):
    dropped = []
    found = rows("total", entry(), "chemistry", on_drop=dropped.append)
    assert [row.item.item_id for row in found] == ["70"]
    assert dropped == ["a bare string among the rows"] * 2
    assert len(rows("total", entry())) == 1


def test_rows_keep_the_order_of_the_file(rows):
    found = rows(entry(question_id=9), entry(question_id=2), entry(question_id=0))
    assert [row.item.item_id for row in found] == ["9", "2", "0"]


def test_there_is_no_field_for_correctness_so_the_letters_are_compared(rows):
    right, wrong = rows(entry(), entry(question_id=71, pred="B"))
    assert (right.prediction.score, wrong.prediction.score) == (1.0, 0.0)
    assert wrong.prediction.extracted == "B"


def test_null_means_that_no_answer_was_taken(rows):
    (row,) = rows(entry("It must be option B", pred=None))
    assert (row.prediction.extracted, row.prediction.score) == (None, 0.0)


@pytest.mark.parametrize("answer", ["G", "A"])
def test_a_letter_that_stands_for_nothing_is_no_answer_even_where_it_is_right(rows, answer):
    (row,) = rows(entry(" one two one two", pred="G", answer=answer))
    assert (row.prediction.extracted, row.prediction.score) == (None, 0.0)


def test_the_same_letter_is_an_answer_where_the_output_gives_one(rows):
    (row,) = rows(entry("The answer is (G).", pred="G", answer="G"))
    assert (row.prediction.extracted, row.prediction.score) == ("G", 1.0)


def test_a_letter_that_is_no_option_is_kept_and_wrong(rows):
    (row,) = rows(entry("The answer is (J).", pred="J"))
    assert (row.prediction.extracted, row.prediction.score) == ("J", 0.0)


@pytest.mark.parametrize("count", [1, 2, 10])
def test_items_have_one_to_ten_options(rows, count):
    (row,) = rows(entry(options=[f"colour {n}" for n in range(count)]))
    assert len(row.item.choices) == count


def test_the_answer_counts_where_its_index_says_otherwise(rows):
    (row,) = rows(entry("The answer is (C).", answer="C", answer_index=1, pred="C"))
    assert row.item.references == ("C",)
    assert row.prediction.score == 1.0


def test_files_may_disagree_on_the_reference_and_each_is_scored_by_its_own(rows):
    (older,) = rows(entry(answer="A"))
    (newer,) = rows(entry(answer="B"))
    assert older.item.item_id == newer.item.item_id
    assert (older.item.references, older.prediction.score) == (("A",), 1.0)
    assert (newer.item.references, newer.prediction.score) == (("B",), 0.0)


def test_files_may_hold_several_variants_of_an_item(rows):
    variants = [
        {},
        {"question": "Which one is a colour?"},
        {"options": ["blue", "seven"]},
        {"options": ["blue", "seven", "N/A"]},
        {"answer": "B"},
    ]
    items = [rows(entry(**changes))[0].item for changes in variants]
    assert len({item.model_dump_json() for item in items}) == 5
    assert {item.item_id for item in items} == {"70"}


def test_two_items_with_the_same_text_stay_two(rows):
    first, second = rows(entry(), entry(question_id=71))
    assert (first.item.item_id, second.item.item_id) == ("70", "71")


def test_a_second_row_for_an_item_is_refused(rows):
    with pytest.raises(InputError, match="row 3: question_id: '70': a second row for this item"):
        rows(entry(), "total", entry())


def test_control_characters_and_the_leading_space_stay(rows):
    text = " a\x07\x08\x0b\x0c\x80\x9d\ufeff\u202e\u2028b. The answer is (A).\n\n"
    (row,) = rows(entry(text, question=text))
    assert (row.item.input, row.prediction.output) == (text, text)


def test_an_empty_output_is_a_failure(rows):
    (row,) = rows(entry("", pred="A"))
    assert (row.prediction.output, row.prediction.extracted, row.prediction.score) == ("", None, 0)


@pytest.mark.parametrize(
    ("output", "held"),
    [
        ("The answer is (C).", True),
        ("The answer is C", True),
        ("the answer is (Cobalt)", True),
        ("Answer: C", True),
        ("answer:\n\n  Cobalt", True),
        ("(C)", True),
        ("so it is C.", True),
        ("I think so", True),
        ("The answer is (K).", False),
        ("The answer is (c).", False),
        ("Cobalt and Dust", False),
        ("AB CD", False),
        ("so it is 7", False),
        ("", False),
    ],
)
def test_where_an_answer_can_be_taken(output, held):
    assert holds_answer(output) is held


@pytest.mark.parametrize(
    "text",
    ["answer: " * 200_000, "answer:" + " " * 1_000_000, "answer is (" * 100_000, "x" * 10**6],
)
def test_long_outputs_without_an_answer_are_read_in_linear_time(text):
    """With the original patterns, whose time grows with the square, this would not end."""
    assert not holds_answer(text)


def test_rows_hold_what_the_records_ask_for(rows):
    """Rows are built without validation; validating them changes nothing."""
    (row,) = rows(entry())
    assert Item.model_validate(row.item.model_dump()) == row.item
    assert Prediction.model_validate(row.prediction.model_dump()) == row.prediction


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"question_id": "70"}, "row 1: question_id: '70': a whole number from 0 expected"),
        ({"question_id": True}, "row 1: question_id: True: a whole number from 0 expected"),
        ({"question_id": -1}, "row 1: question_id: -1: a whole number from 0 expected"),
        ({"question": 7}, "row 1: question: 7: text expected"),
        ({"options": []}, r"row 1: options: \[\]: a list of options expected"),
        ({"options": "ab"}, "row 1: options: 'ab': a list of options expected"),
        ({"options": ["a", 7]}, "row 1: options: 7: each option must be text"),
        ({"answer": "K"}, "row 1: answer: 'K': a letter from A to J expected"),
        ({"answer": ["A"]}, r"row 1: answer: \['A'\]: a letter from A to J expected"),
        ({"pred": "AB"}, "row 1: pred: 'AB': a letter from A to J or null expected"),
        ({"pred": 1}, "row 1: pred: 1: a letter from A to J or null expected"),
        ({"category": ""}, "row 1: category: '': text expected, not nothing"),
        ({"generated_text": None}, "row 1: generated_text: None: text expected"),
    ],
)
def test_a_row_of_another_shape_is_refused_by_name(rows, changes, wrong):
    with pytest.raises(InputError, match=wrong):
        rows(entry(**changes))


def test_a_row_without_prediction_is_refused(rows):
    fields = entry()
    del fields["pred"]
    with pytest.raises(InputError, match="row 1: pred: None: the field is missing"):
        rows(fields)


def test_a_value_is_shown_short_and_printable(rows):
    with pytest.raises(InputError) as caught:
        rows(entry(answer="\x1b[31m" + "x" * 500))
    assert "answer: '\\x1b[31m" in str(caught.value)
    assert len(str(caught.value)) < 300


def test_an_entry_that_is_neither_row_nor_string_is_refused(rows):
    with pytest.raises(InputError, match="row 1: -: 7: an object expected"):
        rows(7)


def test_select_makes_no_sense_for_a_file_of_one_model(rows):
    with pytest.raises(InputError, match=r"leave select out of run\.yml"):
        rows(entry(), select="a")


@pytest.mark.parametrize(
    ("content", "wrong"), [("{}", "an array of rows expected, got dict"), ("[1,", "not JSON")]
)
def test_a_member_that_is_no_array_is_refused(tmp_path, content, wrong):
    path = tmp_path / "outputs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("outputs.json", content)
    with pytest.raises(InputError, match=wrong):
        list(read_outputs({"outputs": path}, None))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("model", "counts"),
    [
        ("Meta-Llama-3_1-70B-Instruct", (12032, 7559 - 20, 188, 0)),
        ("Meta-Llama-3_1-70B", (12032, 6313 - 22, 214, 0)),
        ("Meta-Llama-3_1-8B-Instruct", (12032, 5317 - 73, 694, 0)),
        ("Meta-Llama-3_1-8B", (12032, 4391 - 51, 614, 0)),
        ("mathstral-7B", (12032, 5053 - 29, 243, 0)),
        ("DeepSeek-Coder-V2", (10351, 6586 - 1, 11 + 52, 43)),
        ("Llama-2-7b-hf", (12032, 2207, 2061, 0)),
        ("gemini-1.5-pro-002", (12020, 8444, 8, 0)),
    ],
)
def test_the_real_files_give_the_known_counts(shared_data, model, counts):
    """Rows, right answers (without those right by luck), rows without an answer, strings."""
    (path,) = (shared_data / "mirror").rglob(f"model_outputs_{model}_5shots.zip")
    drops = []
    rows = list(read_outputs({"outputs": path}, None, drops.append))
    right = sum(row.prediction.score for row in rows)
    without_answer = sum(row.prediction.extracted is None for row in rows)
    assert (len(rows), right, without_answer, len(drops)) == counts
