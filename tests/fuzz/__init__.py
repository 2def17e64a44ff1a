"""Hostile inputs for the readers and the validator, by the thousand."""
