"""Groups short texts by their words, without a network; the same texts give the same groups.

Texts become weighted stems and pairs of stems (TF-IDF), these a few directions (latent semantic
analysis), and Ward's method joins what lies close. Deerwester et al. (1990), J. Am. Soc. Inf. Sci.
41, 391-407; Ward (1963), J. Am. Stat. Assoc. 58, 236-244; the number of groups by the silhouette,
Rousseeuw (1987), J. Comput. Appl. Math. 20, 53-65. Computed by scikit-learn.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize

from generator.taxonomy.induction.failures import Indices

VERSION = "2"
"""Raised with every change that groups the same texts otherwise."""
DIRECTIONS = 5
"""As few as that: more of them follow the topics of tasks, and are not there again in another half
of the texts (72 % of groups in common where ten directions and rarer words had 35 %)."""
MOST_COMPARED = 1_000
"""Texts that are compared each with each; more are first drawn together to so many centres."""
WORD = r"(?u)\b[^\W\d_]{2,}\b"
"""Numbers are no words: they belong to one item."""
NO_WORDS = -1
NO_GROUP = -2
COMMON = 0.05
"""Share of the texts in which a stem has to occur to count."""
SUFFIXES = ("ation", "ments", "ingly", "ment", "ings", "edly", "ing", "ies", "ed", "es", "ly", "s")
"""Endings of English words, the longer ones first."""
SHORTEST = 3
"""Letters of a stem at least."""

Matrix = npt.NDArray[np.float64]


def stems(text: str) -> list[str]:
    """Return the words of a text without their endings, so that *adds* and *added* are one."""
    return [_stem(word) for word in re.findall(WORD, text)]


def _stem(word: str) -> str:
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            return word[: -len(suffix)] + ("y" if suffix == "ies" else "")
    return word


def vectorizer() -> TfidfVectorizer:
    """Return what turns texts into weighted stems.

    Small words stay: *not*, *instead* and *before* say more about a mistake than nouns do. Stems
    of few texts go: they belong to the topic of a task, and groups by topic are not there again
    in another sample.
    """
    return TfidfVectorizer(
        ngram_range=(1, 2),
        sublinear_tf=True,
        tokenizer=stems,
        token_pattern=None,
        min_df=COMMON,
        max_features=20_000,
    )


class Grouping:
    """Groups made from some texts, in which any text can be placed."""

    def __init__(self, texts: Sequence[str], most: int, seed: int) -> None:
        """Make groups.

        Args:
            texts: Distinct texts, in an order that is theirs.
            most: Most groups.
            seed: Seed of what is drawn.
        """
        self.groups = 0
        """Number of groups; 0 where no text has a word."""
        self._words = vectorizer()
        self._plane: TruncatedSVD | None = None
        self._centres: Matrix = np.zeros((0, 0))
        self._sums: Matrix = np.zeros((0, 0))
        self._group_of: dict[str, int] = {}
        try:
            weighted = self._words.fit_transform(texts)
        except ValueError:
            return  # no words at all
        self.groups = 1
        with_words = weighted[weighted.getnnz(axis=1) > 0]
        directions = min(DIRECTIONS, min(with_words.shape) - 1)
        if directions < 1 or most < 2:  # noqa: PLR2004  one group is all there can be
            return
        # Exact up to rounding, whatever the seed: groups must not hang on it.
        plane = TruncatedSVD(directions, algorithm="arpack", random_state=seed)
        # Of texts that are all alike it says how much of no variance each direction explains.
        with np.errstate(invalid="ignore"):
            turned = plane.fit_transform(with_words)
        # Rounded, so that the last bits, which differ between machines, join nothing.
        points = np.round(normalize(turned), 6)
        centres = _centres(points, most, seed)
        if len(centres):
            self.groups, self._plane, self._centres = len(centres), plane, centres
            nearest = self._nearest(plane, weighted)
            held = [weighted[nearest == group].sum(axis=0) for group in range(self.groups)]
            self._sums = np.vstack([np.asarray(part) for part in held])
            self._group_of = dict(zip(texts, nearest.tolist(), strict=True))

    def place(self, texts: Sequence[str], frequent: npt.NDArray[np.bool_]) -> Indices:
        """Return the group of each text, ``NO_WORDS`` or ``NO_GROUP``.

        A text fits its group if it is nearer to the others in it than to all others: otherwise the
        group says no more about it than any text does.

        Args:
            texts: Texts, those that the groups were made from or others.
            frequent: Of each, whether so many failures have it that it needs no others.
        """
        if self.groups == 0 or not texts:
            return np.full(len(texts), NO_WORDS, dtype=np.int64)
        weighted = self._words.transform(texts)
        labels = np.zeros(len(texts), dtype=np.int64)
        if self._plane is not None:
            labels = self._nearest(self._plane, weighted)
            labels[~(frequent | self._fits(texts, weighted, labels))] = NO_GROUP
        labels[weighted.getnnz(axis=1) == 0] = NO_WORDS
        return labels

    def _nearest(self, plane: TruncatedSVD, weighted: Any) -> Indices:
        """Return the group whose middle is nearest to each row."""
        points = np.round(normalize(plane.transform(weighted)), 6)
        nearest: Indices = np.round(points @ self._centres.T, 6).argmax(axis=1).astype(np.int64)
        return nearest

    def _fits(self, texts: Sequence[str], weighted: Any, labels: Indices) -> npt.NDArray[np.bool_]:
        """Tell of each row whether it is nearer to its group than to all texts, itself left out."""
        own = np.array(
            [self._group_of.get(text) == label for text, label in zip(texts, labels, strict=True)]
        )
        seen = np.array([text in self._group_of for text in texts])
        whole = self._sums.sum(axis=0)
        near = _without(weighted, self._sums[labels], own)
        far = _without(weighted, np.broadcast_to(whole, (len(texts), len(whole))), seen)
        fits: npt.NDArray[np.bool_] = np.round(near, 9) > np.round(far, 9)
        return fits


def _without(weighted: Any, sums: Matrix, inside: npt.NDArray[np.bool_]) -> Matrix:
    """Return the cosine similarity of rows of unit length to sums, less the row where inside."""
    dot = np.asarray(weighted.multiply(sums).sum(axis=1)).ravel()
    # |s - x|^2 = |s|^2 - 2 s.x + 1
    lengths = (sums**2).sum(axis=1) - inside * (2 * dot - 1)
    similarity: Matrix = (dot - inside) / np.sqrt(np.maximum(lengths, 1e-12))
    return similarity


def _centres(points: Matrix, most: int, seed: int) -> Matrix:
    """Return the middle of each group, of unit length; none where all points are one."""
    if len(points) > MOST_COMPARED:
        drawn = MiniBatchKMeans(MOST_COMPARED, n_init=1, batch_size=4_096, random_state=seed)
        points = normalize(drawn.fit(points).cluster_centers_)
    distinct = len(np.unique(points, axis=0))
    if distinct < 2:  # noqa: PLR2004  nothing to tell apart
        return np.zeros((0, points.shape[1]))
    merges = AgglomerativeClustering(
        n_clusters=None, distance_threshold=0.0, linkage="ward", compute_full_tree=True
    )
    merges.fit(points)
    most = min(most, distinct)
    # The silhouette of short texts is low throughout and highest for two groups, which say little.
    fewest = max(2, most // 3)
    best, highest = _cut(merges.children_, len(points), fewest), -2.0
    for count in range(fewest, min(most, distinct - 1) + 1):
        labels = _cut(merges.children_, len(points), count)
        height = round(float(silhouette_score(points, labels)), 6)
        if height > highest:
            best, highest = labels, height
    middles = [points[best == group].mean(axis=0) for group in range(best.max() + 1)]
    unit: Matrix = normalize(np.array(middles))
    return unit


def _cut(merges: Indices, count: int, groups: int) -> Indices:
    """Return the group of each point after all merges but the last few.

    Args:
        merges: Per merge, the two that are joined; below ``count`` points, else earlier merges.
        count: Points.
        groups: Groups that are left.
    """
    owner = list(range(2 * count - 1))
    for step in range(len(merges) - 1, -1, -1):
        if step >= count - groups:
            continue
        for child in merges[step].tolist():
            owner[child] = owner[count + step]
    _, labels = np.unique(owner[:count], return_inverse=True)
    return labels.astype(np.int64)
