"""What is exported passes the checks of Every Eval Ever itself (which wants Python 3.12)."""

from generator.cli.main import Project
from tests.cli.test_main import project, run
from tests.integration.made_up import files
from tests.peers.conftest import call, need
from tests.store.tree import ITEMS, PREDICTIONS, lines, write

__all__ = ["project"]

TALK = [
    {"role": "assistant", "tool_calls": [{"name": "add", "arguments": '{"x": 1, "y": [1]}'}]},
    {"role": "tool", "content": "2"},
    {"role": "assistant", "content": "3"},
]


def test_exported_runs_are_valid(project, tmp_path):
    need("every_eval_ever")
    content = Project(project, debug=False).content
    talk = {"item_id": "q5", "output": TALK, "score": 0.0, "finish_reason": "stop", "tokens": 3}
    assert talk["item_id"] == ITEMS[-1]["item_id"]
    write(content, "predictions/sums/acme__alpha/predictions.jsonl", lines([*PREDICTIONS, talk]))
    out = tmp_path / "eee"
    status, _, messages = run(
        project, "export", "every-eval-ever", "sums", "acme__alpha", "--out", str(out)
    )
    assert status == 0, messages
    call("-m", "every_eval_ever", "validate", *sorted(files(out)), folder=out)
