"""Wordings as tables: what the items say, apart from how they are solved."""
