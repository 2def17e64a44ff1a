"""Stories of the multiple-choice family."""

from generator.planted.plans import Story
from generator.planted.wordings import choice_amounts, choice_measures

STORIES: tuple[Story, ...] = (*choice_amounts.STORIES, *choice_measures.STORIES)
"""Stories whose answer is one of several options."""
