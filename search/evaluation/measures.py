"""Measures of a ranking against graded judgements. Pure.

ranked: ids, best first. grades: id to gain; an id without a grade is worth nothing.
"""

import math
import random
from collections.abc import Mapping, Sequence
from statistics import fmean

Grades = Mapping[str, int]


def ndcg(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Discounted gain over that of the best possible order: K. Jarvelin, J. Kekalainen, TOIS 20 (2002), pp. 422-446.

    Gains are the grades themselves, the discount is log2(rank + 1).
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(name, 0) for name in ranked[:depth]]) / best if best else 0.0


def _gain(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def reciprocal_rank(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    return next((1 / rank for rank, name in enumerate(ranked[:depth], start=1) if grades.get(name, 0) > 0), 0.0)


def recall(ranked: Sequence[str], grades: Grades, depth: int = 100) -> float:
    return len(set(ranked[:depth]) & set(grades)) / len(grades) if grades else 0.0


def interval(values: Sequence[float], rounds: int = 2000, seed: int = 2099) -> tuple[float, float]:
    """The middle 95 % of the means of resampled values: what another set of such questions might have given."""
    chance = random.Random(seed)  # noqa: S311
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(rounds))
    return means[round(rounds * 0.025)], means[round(rounds * 0.975) - 1]
