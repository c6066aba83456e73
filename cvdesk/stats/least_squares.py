"""Weighted least squares with a few columns: what the before-and-after comparisons are made of (METHOD 3.6)."""

import math
from collections.abc import Sequence

_SINGULAR = 1e-10


def weighted(
    rows: Sequence[Sequence[float]], y: Sequence[float], weights: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    """Coefficients of y on the columns of `rows`, and the inverse of X'WX (their variances for a spread of 1).

    ValueError where the columns do not tell the coefficients apart.
    """
    size = len(rows[0]) if rows else 0
    normal = [
        [math.fsum(w * row[i] * row[j] for row, w in zip(rows, weights, strict=True)) for j in range(size)]
        for i in range(size)
    ]
    right = [math.fsum(w * row[i] * value for row, value, w in zip(rows, y, weights, strict=True)) for i in range(size)]
    inverse = _inverse(normal)
    return [math.fsum(a * b for a, b in zip(line, right, strict=True)) for line in inverse], inverse


def _inverse(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Inverse of a small positive matrix (Gauss and Jordan, largest pivot first, on columns scaled to 1)."""
    size = len(matrix)
    scale = [1 / math.sqrt(matrix[i][i]) if matrix[i][i] > 0 else 0.0 for i in range(size)]
    rows = [
        [matrix[i][j] * scale[i] * scale[j] for j in range(size)] + [float(i == j) for j in range(size)]
        for i in range(size)
    ]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < _SINGULAR:
            raise ValueError("these columns do not tell the coefficients apart")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [[rows[i][size + j] * scale[i] * scale[j] for j in range(size)] for i in range(size)]
