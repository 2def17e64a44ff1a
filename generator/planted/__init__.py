"""Planted faults: a benchmark and six programs whose causes of failure are known.

Everything here is a pure function of a seed and a number of items. Nothing here is a language
model, and nothing of the planted cause reaches an item or a prediction: it goes to the labels.
"""
