"""Stories of the multiple-choice family."""

from dataclasses import replace

from generator.planted.plans import Story
from generator.planted.wordings import choice_amounts, choice_measures
from generator.planted.wordings.held_out import HELD_OUT

STORIES: tuple[Story, ...] = tuple(
    replace(story, wordings=(*story.wordings, HELD_OUT[story.id]))
    for story in (*choice_amounts.STORIES, *choice_measures.STORIES)
)
"""Stories whose answer is one of several options."""
