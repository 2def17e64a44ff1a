"""What tells the texts of one part from those of its neighbours: terms, names, nearness."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from generator.taxonomy.induction.failures import Corpus, Indices
from generator.taxonomy.induction.grouping import WORD

MOST_TERMS = 6
IN_A_NAME = 3


class Words:
    """The words of all entries of a corpus."""

    def __init__(self, corpus: Corpus, others: Sequence[str] = ()) -> None:
        """Weigh the words.

        Args:
            corpus: The failures.
            others: Further texts to be compared with, such as definitions.
        """
        texts = [entry.text for entry in corpus.entries]
        words = TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            stop_words="english",
            token_pattern=WORD,
            max_features=50_000,
        )
        try:
            weighted = words.fit_transform([*texts, *others])
            self._terms = words.get_feature_names_out()
        except ValueError:
            weighted, self._terms = np.zeros((len(texts) + len(others), 1)), np.array([""])
        self._entries = weighted[: len(texts)]
        self._others = weighted[len(texts) :]
        self._weights = corpus.weights.astype(float)

    def middle(self, members: Indices) -> npt.NDArray[np.float64]:
        """Return the mean of some entries, each as often as it occurs."""
        weights = self._weights[members]
        total = np.asarray(self._entries[members].T @ weights).ravel()
        mean: npt.NDArray[np.float64] = total / max(1.0, float(weights.sum()))
        return mean

    def terms(self, members: Indices, rest: Indices) -> tuple[str, ...]:
        """Return the terms that members have and the rest has not, most distinctive first."""
        surplus = np.round(self.middle(members) - self.middle(rest), 9)
        found: list[str] = []
        # Ties go by the alphabet, which is the order of the terms.
        for place in np.argsort(-surplus, kind="stable"):
            term = str(self._terms[place])
            if surplus[place] <= 0 or len(found) == MOST_TERMS:
                break
            if not any(set(term.split()) & set(other.split()) for other in found):
                found.append(term)
        return tuple(found)

    def near_middle(self, members: Indices) -> list[int]:
        """Return members, the nearest to their middle first."""
        nearness = np.round(np.asarray(self._entries[members] @ self.middle(members)).ravel(), 9)
        return [int(members[place]) for place in np.argsort(-nearness, kind="stable")]

    def similarity(self, first: Indices, second: Indices) -> float:
        """Return the cosine similarity of the middles of two parts, in [0, 1]."""
        return _cosine(self.middle(first), self.middle(second))

    def similarity_to_other(self, members: Indices, other: int) -> float:
        """Return the cosine similarity of a part to one of the further texts, in [0, 1]."""
        row = self._others[other]
        dense = row.toarray() if hasattr(row, "toarray") else row
        return _cosine(self.middle(members), np.asarray(dense).ravel())


def names_of(terms: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a name for each part from its terms; no two are alike."""
    names: list[str] = []
    for place, own in enumerate(terms, start=1):
        name = ", ".join(own[:IN_A_NAME]) or f"Group {place}"
        if name in names:
            name = f"{name} ({place})"
        names.append(name)
    return names


def _cosine(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    pair = normalize(np.vstack([first, second]))
    return round(min(1.0, max(0.0, float(pair[0] @ pair[1]))), 3)
