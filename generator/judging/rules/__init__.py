"""The rules of the embedded judge, by name."""

from generator.judging.rule import Rule
from generator.judging.rules import (
    audit,
    benchmark_fault,
    constraints,
    contradiction,
    counting,
    equations,
    form,
    identification,
    no_answer,
    omissions,
    refusal,
    replay,
    tool_calls,
)

RULES: dict[str, Rule] = {
    rule.name: rule
    for family in (
        no_answer,
        refusal,
        form,
        contradiction,
        equations,
        audit,
        omissions,
        replay,
        identification,
        counting,
        constraints,
        benchmark_fault,
        tool_calls,
    )
    for rule in family.RULES
}
