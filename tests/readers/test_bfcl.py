"""BFCL's results and scores as pinned files: each quirk, on small ones of the same shape."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.bfcl import read_calls
from generator.readers.bfcl_rows import NO_CALL, indented, place_of
from generator.readers.rows import RowError
from generator.records.keys import output_text

COUNT = {"name": "count", "parameters": {"type": "dict", "properties": {"what": {}}}}


def asked(number, category="simple", question="Count the plums."):
    return {"id": f"{category}_{number}", "question": question, "function": COUNT}


def failed(number, category="simple", **changes):
    """A row of the scores, which are numbered from 1."""
    fields = {
        "id": number + 1,
        "test_category": category,
        "error_type": "value_error:string",
        "prompt": asked(number, category),
        "model_result_decoded": [{"count": {"what": "pears"}}],
        "possible_answer": {"count": {"what": ["plums"]}},
    }
    return fields | changes


def result(number, output="[count(what='pears')]", category="simple", **more):
    return {"id": f"{category}_{number}", "result": output} | more


def scores(total, *rows):
    return [{"correct_count": total - len(rows), "total_count": total}, *rows]


@pytest.fixture
def rows(tmp_path):
    def read(files, select="alpha", **heard):
        paths = {}
        for name, lines in files.items():
            paths[name] = tmp_path / f"{name}.json"
            text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
            paths[name].write_text(text + "\n", encoding="utf-8")
        return list(read_calls(paths, select, **heard))

    return read


def run(results, total=None, *wrong, name="alpha", category="simple"):
    return {
        f"{name}_{category}_result": results,
        f"{name}_{category}_score": scores(len(results) if total is None else total, *wrong),
    }


def test_the_reader_is_registered():
    assert READERS["bfcl_results"] is read_calls


def test_a_failed_row_has_its_item_from_its_own_scores(rows):
    (row,) = rows(run([result(0)], None, failed(0)))
    assert row.item.item_id == row.prediction.item_id == "simple_0"
    assert row.item.input.startswith('Count the plums.\n\nAvailable functions:\n{\n "name"')
    assert row.item.references == ('{"count": {"what": ["plums"]}}',)
    assert row.item.tags == {"test category": "simple"}
    assert row.prediction.score == 0.0
    assert row.prediction.extracted == '[{"count": {"what": "pears"}}]'


def test_a_passed_row_has_its_item_from_the_scores_of_a_model_that_failed_it(rows):
    others = {"beta_simple_score": scores(2, failed(1, model_result_decoded=["other"]))}
    first, second = rows(run([result(0), result(1)], None, failed(0)) | others)
    assert (first.prediction.score, second.prediction.score) == (0.0, 1.0)
    assert second.item.references == first.item.references
    assert second.prediction.extracted is None  # what another model put out is not its own


def test_of_two_wordings_the_model_s_own_counts(rows):
    other = failed(0, prompt=asked(0, question="Count the pears."))
    (row,) = rows({"beta_simple_score": scores(1, other)} | run([result(0)], None, failed(0)))
    assert row.item.input.startswith("Count the plums.")


def test_questions_that_no_score_has_come_from_the_makers_under_their_newer_name(rows):
    makers = {"relevance_questions": [asked(0, "irrelevance"), asked(1, "irrelevance")]}
    called = failed(0, "relevance", prompt=None, possible_answer=None)
    called["decoded_result"] = called.pop("model_result_decoded")
    results = [result(0, category="relevance"), result(1, "No.", category="relevance")]
    first, second = rows(run(results, None, called, category="relevance") | makers)
    assert first.item.references == second.item.references == (NO_CALL,)
    assert first.item.tags == {"test category": "irrelevance"}
    assert (first.prediction.score, second.prediction.score) == (0.0, 1.0)
    assert first.prediction.extracted == '[{"count": {"what": "pears"}}]'


def test_words_of_a_score_count_before_those_of_the_makers(rows):
    makers = {"simple_questions": [asked(0, question="Count all the plums.")]}
    (row,) = rows(run([result(0)], None, failed(0)) | makers)
    assert row.item.input.startswith("Count the plums.")


def test_calls_of_an_interface_are_told_as_calls(rows):
    (row,) = rows(run([result(0, [{"count": '{"what": "pears"}'}])], None, failed(0)))
    assert output_text(row.prediction) == '[{"count": {"what": "pears"}}]'


def test_another_model_s_results_are_not_read(rows):
    files = run([result(0)], None, failed(0)) | run([result(0)], None, failed(0), name="alpha-2")
    assert len(rows(files)) == len(rows(files, "alpha-2")) == 1


@pytest.mark.parametrize("select", [None, "beta", "simple"])
def test_a_model_that_is_not_there_is_refused(rows, select):
    with pytest.raises(InputError, match=r"select: .*: name <model>_<category>_result"):
        rows(run([result(0)], None, failed(0)), select)


def test_results_without_scores_are_refused(rows):
    with pytest.raises(InputError, match="name <model>_<category>_result and <model>_<category>"):
        rows({"alpha_simple_result": [result(0)]})


def test_scores_that_were_cut_short_are_refused(rows):
    files = run([result(0)], None, failed(0))
    files["alpha_simple_score"][0]["correct_count"] = 0
    assert len(rows(files)) == 1
    files["alpha_simple_score"].pop()
    with pytest.raises(InputError, match="0 rows below a header that says otherwise"):
        rows(files)


def test_an_item_that_no_file_holds_is_named(rows):
    with pytest.raises(RowError, match=r"row 2: id: 'simple_1': no file of the run says what"):
        rows(run([result(0), result(1)], None, failed(0)))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"id": 5}, "id: 5: text expected"),
        ({"id": "simple"}, "id: 'simple': <category>_<number> expected"),
        ({"result": None}, "result: None: a text or a list of calls expected"),
        ({"result": ["x"]}, "a text or a list of calls expected"),
    ],
)
def test_a_field_of_another_kind_is_named_and_the_rest_is_read(rows, changes, wrong):
    heard = []
    files = run([result(0, **changes), result(0)], None, failed(0))
    with pytest.raises(RowError, match=wrong):
        rows(files)
    assert len(rows(files, on_bad=heard.append)) == 1
    assert len(heard) == 1


@pytest.mark.parametrize("line", ["{", "[]", '"x"'])
def test_a_line_that_is_no_object_is_named(rows, line):
    with pytest.raises(RowError, match=r"row 1: -: "):
        rows(run([line], 1, failed(0)))


def test_a_score_that_names_no_row_is_named(rows):
    with pytest.raises(RowError, match=r"row 2: id: 0: a number from 1 expected"):
        rows(run([result(0)], None, failed(0, id=0)))


def test_a_number_that_no_row_can_have_names_no_place():
    assert place_of("simple_" + "9" * 5_000) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_functions_are_indented_as_json_does_it(value):
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)
