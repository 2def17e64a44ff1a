"""Stories of the family of word problems."""

from generator.planted.plans import Story
from generator.planted.wordings import amounts, measures, two_answers

STORIES: tuple[Story, ...] = (*amounts.STORIES, *measures.STORIES, *two_answers.STORIES)
"""Stories whose answer is one number or two."""
