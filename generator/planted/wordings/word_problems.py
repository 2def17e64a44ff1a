"""Stories of the family of word problems."""

from dataclasses import replace

from generator.planted.plans import Story
from generator.planted.wordings import amounts, formulas, measures, two_answers
from generator.planted.wordings.held_out import HELD_OUT

STORIES: tuple[Story, ...] = tuple(
    replace(story, wordings=(*story.wordings, HELD_OUT[story.id]))
    for story in (
        *amounts.STORIES,
        *formulas.STORIES,
        *measures.STORIES,
        *two_answers.STORIES,
    )
)
"""Stories whose answer is one number or two."""
