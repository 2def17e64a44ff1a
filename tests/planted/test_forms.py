import pytest

from generator.planted.forms import FORMS, extract, last_line


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_what_a_form_writes_it_reads(form):
    assert extract(f"work\n{form.write('24')}\n", form.id, letters=False) == "24"
    assert extract(form.write("B"), form.id, letters=True) == "B"
    assert extract(form.write("24, 7"), form.id, letters=False, count=2) == "24, 7"


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_a_required_form_is_read_strictly(form):
    for line in (f"**{form.write('24')}**", form.write("twenty"), form.write("24 bags"), "24", ""):
        assert extract(line, form.id, letters=False) is None
    for other in FORMS.values():
        read = extract(other.write("24"), form.id, letters=False)
        assert read == ("24" if other is form else None)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("So the answer is 1,200 bags.", "1200"),
        ("#### 24, 7", "24, 7"),
        ("**Final answer**: 24", "24"),
        ("$\\boxed{24}$", "24"),
        ("12 + 12 = 24", None),
        ("I leave it at that.", None),
    ],
)
def test_a_free_form_is_read_where_an_answer_is_announced(line, answer):
    assert extract(line, "free", letters=False, count=2) == answer


def test_a_letter_is_read_in_a_free_form():
    assert extract("So the answer is option (C).", "free", letters=True) == "C"
    assert extract("My answer is none of them.", "free", letters=True) is None


def test_last_line_passes_over_blank_ones():
    assert last_line("a\nb\n\n  \n") == "b"
    assert last_line(" \n") == ""
