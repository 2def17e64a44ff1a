"""The CSV of the reference implementation."""

import pytest

from generator.errors import InputError
from generator.readers.logs.error_map import read_error_map
from tests.readers.logs.reading import read

HEAD = "example_id,model,input_text,output_text,score,correct_answer\n"


def table(tmp_path, text):
    path = tmp_path / "errors.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_its_columns_are_known(tmp_path):
    path = table(tmp_path, "0,ada,Is 1 > 2?,Yes.,0.0,No\n")
    (entry,) = read(read_error_map, path).entries
    assert (entry.item.item_id, entry.item.input, entry.item.references) == (
        "0",
        "Is 1 > 2?",
        ("No",),
    )
    assert (entry.prediction.output, entry.prediction.score) == ("Yes.", 0.0)


def test_one_model_of_several_is_chosen(tmp_path):
    path = table(tmp_path, "0,ada,q,o,0.0,r\n0,bob,q,p,1,r\n")
    with pytest.raises(InputError, match="more than one model"):
        read(read_error_map, path)
    assert read(read_error_map, path, log_model="bob").predictions[0].output == "p"


def test_other_columns_are_refused(tmp_path):
    path = tmp_path / "errors.csv"
    path.write_text("id,text\n1,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="--map item=example_id: no such column"):
        read(read_error_map, path)
