"""Every fault of a content file has one message that says where, what, and how to mend it."""

from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.documents import MAX_BYTES
from tests.store.tree import BENCHMARK, ITEMS, MODEL, PREDICTIONS, RUN, lines, sound, write

AT_MOST = "give a number of at most"
OUTPUTS = "predictions/sums/acme__alpha/predictions.jsonl"
ITEM_FILE = "benchmarks/sums/items.jsonl"
RUN_FILE = "predictions/sums/acme__alpha/run.yml"


def messages(root: Path) -> list[str]:
    """Return every message on a content folder."""
    try:
        content = load_content(root)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in check_content(content)]


def prediction(**fields: object) -> str:
    """Return the predictions with the last one changed."""
    return lines([*PREDICTIONS[:-1], {**PREDICTIONS[-1], **fields}])


FAULTS = {
    "bad JSON": (
        OUTPUTS,
        lines(PREDICTIONS[:1]) + "{oops\n",
        [
            (
                f"{OUTPUTS}:2: -: {{oops: not JSON: key must be a string at line 1 column 2: "
                "write one JSON object on the line"
            )
        ],
    ),
    "wrong type": (
        OUTPUTS,
        prediction(score="0"),
        [f"{OUTPUTS}:4: score: 0: a number is expected: give a number without quotes"],
    ),
    "no score": (
        OUTPUTS,
        prediction(score=None),
        [f"{OUTPUTS}:4: score: null: a number is expected: give a number without quotes"],
    ),
    "neither text nor messages": (
        OUTPUTS,
        prediction(output=5),
        [
            f"{OUTPUTS}:4: output: 5: a text is expected: give a text, in quotes",
            f"{OUTPUTS}:4: output: 5: a list is expected: give a list",
        ],
    ),
    "a turn of nobody": (
        OUTPUTS,
        prediction(output=[{"role": "assistant", "content": "1"}, {"role": "bot"}]),
        [
            (
                f"{OUTPUTS}:4: output.1.role: bot: not an allowed value: "
                "use 'system', 'user', 'assistant' or 'tool'"
            )
        ],
    ),
    "turns that are no conversation": (
        OUTPUTS,
        prediction(output=[{"role": "user", "content": "1"}]),
        [
            (
                f"{OUTPUTS}:4: output: [{{'role': 'user', 'content': '1'}}]: the first turn is "
                "not the assistant's: what the model was given is the input: correct the values "
                "named"
            )
        ],
    ),
    "unknown field": (
        OUTPUTS,
        prediction(colour="red"),
        [
            (
                f"{OUTPUTS}:4: colour: red: unknown field: remove it or correct its name (fields: "
                "item_id, output, score, extracted, finish_reason, tokens)"
            )
        ],
    ),
    "missing field": (
        OUTPUTS,
        lines([{"item_id": "q1", "score": 0.0}]),
        [f"{OUTPUTS}:1: output: : the field is missing: add it"],
    ),
    "NaN score": (
        OUTPUTS,
        prediction(score=float("nan")),
        [f"{OUTPUTS}:4: score: nan: not a finite number: give a number; leave out what has none"],
    ),
    "score out of range": (
        OUTPUTS,
        prediction(score=1.5),
        [
            (
                f"{OUTPUTS}:4: score: 1.5: outside the benchmark's score range 0 to 1: "
                "correct the score or score_range"
            )
        ],
    ),
    "duplicate prediction": (
        OUTPUTS,
        prediction(item_id="q1"),
        [
            (
                f"{OUTPUTS}:4: item_id: q1: the item was answered already on line 1: "
                "keep one prediction per item"
            )
        ],
    ),
    "unknown item": (
        OUTPUTS,
        prediction(item_id="q99"),
        [
            (
                f"{OUTPUTS}:4: item_id: q99: the benchmark has no such item: "
                f"correct the id or add the item to {ITEM_FILE}"
            )
        ],
    ),
    "duplicate item id": (
        ITEM_FILE,
        lines([*ITEMS, ITEMS[0]]),
        [
            (
                f"{ITEM_FILE}:6: item_id: q1: the item id stands already on line 1: "
                "give every item an id of its own"
            )
        ],
    ),
    "unknown model": (
        "predictions/sums/acme__beta/run.yml",
        RUN,
        [
            (
                "predictions/sums/acme__beta:0: -: acme__beta: unknown model: "
                "add models/acme__beta.yml or correct the name"
            )
        ],
    ),
    "unknown benchmark": (
        "predictions/products/acme__alpha/run.yml",
        RUN,
        [
            (
                "predictions/products:0: -: products: unknown benchmark: "
                "add benchmarks/products/benchmark.yml or correct the name"
            )
        ],
    ),
    "wrong slug": (
        "models/Acme Beta.yml",
        MODEL,
        [
            (
                "models/Acme Beta.yml:0: -: Acme Beta: not a valid name: name it "
                "<developer>__<model> in lower-case letters, digits, - and ."
            )
        ],
    ),
    "path traversal": (
        RUN_FILE,
        RUN + "source: {files: [../../etc/passwd]}\n",
        [
            (
                f"{RUN_FILE}:9: source.files.0: ../../etc/passwd: not of the required form: "
                "write it so that it matches ^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
            )
        ],
    ),
    "wrong type in YAML": (
        "models/acme__alpha.yml",
        MODEL + "parameters: many\n",
        [
            (
                "models/acme__alpha.yml:4: parameters: many: a whole number is expected: "
                "give a number without quotes or decimals"
            )
        ],
    ),
    "more parameters than anybody has": (
        "models/acme__alpha.yml",
        MODEL + "parameters: 1000000000000001\n",
        [f"models/acme__alpha.yml:4: parameters: {10**15 + 1}: too large: {AT_MOST} {10**15}"],
    ),
    "field given twice": (
        "models/acme__alpha.yml",
        MODEL + "name: Beta\n",
        ["models/acme__alpha.yml:4: -: name: the field is given twice: remove one"],
    ),
    "not YAML": (
        "models/acme__alpha.yml",
        "name: [\n",
        [
            (
                "models/acme__alpha.yml:2: -: : not YAML: expected the node content, but found "
                "'<stream end>': correct the YAML; quote texts that hold : # or quotes"
            )
        ],
    ),
    "threshold outside the range": (
        "benchmarks/sums/benchmark.yml",
        BENCHMARK.replace("success_threshold: 1.0", "success_threshold: 2.0"),
        None,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_exact_message(tmp_path: Path, fault: str) -> None:
    name, text, expected = FAULTS[fault]
    root = sound(tmp_path)
    write(root, name, text)
    if expected is None:
        assert len(messages(root)) == 1
        assert "success_threshold must lie within score_range" in messages(root)[0]
    else:
        assert messages(root) == expected


def test_sound_content_has_no_message(tmp_path: Path) -> None:
    assert messages(sound(tmp_path)) == []


def test_all_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "models/acme__alpha.yml", "developer: 3\ncolour: red\n")
    write(root, "benchmarks/sums/benchmark.yml", BENCHMARK + "shape: round\n")
    found = messages(root)
    assert [message.split(":", 2)[:2] for message in found] == [
        ["models/acme__alpha.yml", "1"],
        ["models/acme__alpha.yml", "1"],
        ["models/acme__alpha.yml", "2"],
        ["benchmarks/sums/benchmark.yml", "9"],
    ]


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    root = sound(tmp_path)
    (root / OUTPUTS).write_bytes(lines(PREDICTIONS[:1]).encode() + b'{"item_id": "\xff"}\n')
    (root / "models/acme__alpha.yml").write_bytes(b"name: A\ndeveloper: \xe9\n")
    assert messages(root) == [
        "models/acme__alpha.yml:2: -: byte 0xe9: not UTF-8: save the file as UTF-8"
    ]
    write(root, "models/acme__alpha.yml", MODEL)
    assert messages(root) == [f"{OUTPUTS}:2: -: byte 0xff: not UTF-8: save the file as UTF-8"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    root = sound(tmp_path)
    with (root / OUTPUTS).open("ab") as file:
        file.truncate(MAX_BYTES + 1)
    assert messages(root) == [
        (
            f"{OUTPUTS}:0: -: 10,000,001 bytes: the file is larger than 10,000,000 bytes: "
            "split or shorten it"
        )
    ]


def test_a_link_out_of_the_content_is_refused(tmp_path: Path) -> None:
    root = sound(tmp_path / "content")
    secret = write(tmp_path, "secret.yml", MODEL)
    (root / "models/acme__link.yml").symlink_to(secret)
    assert (
        "models/acme__link.yml:0: -: : a symbolic link: put the file itself in its place"
        in messages(root)
    )


def test_control_characters_are_shown_visibly_in_a_message(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, OUTPUTS, prediction(score="\x1b[31m\u202e\f"))
    assert messages(root) == [
        (
            rf"{OUTPUTS}:4: score: \x1b[31m\u202e\x0c: a number is expected: "
            "give a number without quotes"
        )
    ]


def test_yaml_anchors_are_refused_before_they_unfold(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "models/acme__alpha.yml", "name: &a x\ndeveloper: *a\n")
    assert messages(root) == [
        "models/acme__alpha.yml:1: -: : anchors and aliases are not allowed: write the value out"
    ]
