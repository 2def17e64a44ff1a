"""The rules of the embedded judge, by name."""

from generator.judging.rule import Rule
from generator.judging.rules import contradiction, equations, form, no_answer, refusal, tool_calls

RULES: dict[str, Rule] = {
    rule.name: rule
    for family in (no_answer, refusal, form, contradiction, equations, tool_calls)
    for rule in family.RULES
}
