"""The pair model: boosted trees as plain data, read from JSON, run by numpy.

The score of a pair is a sum over trees, its probability the logistic of that. A tree has at most
16 leaves and is answered without walking it: every question strikes out the leaves that its answer
rules out, a bit mask for all pairs at once, and the leftmost leaf that remains is the one. Walked
once for a single pair, each step says what its question added: the reasons of `contributions`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Masks = NDArray[np.uint16]

ALL = 0xFFFF
BLOCK = 65_536
# For each mask its lowest set bit, the leftmost leaf that is not struck out.
LOWEST = np.array([(m & -m).bit_length() - 1 if m else 0 for m in range(ALL + 1)], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Split:
    """A question to one signal; values above the threshold go right."""

    feature: int
    threshold: float
    left: Node
    right: Node
    value: float  # mean log odds of what lies below


@dataclass(frozen=True, slots=True)
class Leaf:
    """An answer, in log odds."""

    value: float


Node = Split | Leaf


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree, and the same as questions and leaves in a row."""

    root: Node
    questions: tuple[tuple[int, float, np.uint16], ...]  # feature, threshold, leaves kept if above
    leaves: Floats


@dataclass(frozen=True, slots=True)
class PairModel:
    """Probability that two articles tell the same story."""

    features: tuple[str, ...]
    trees: tuple[Tree, ...]

    @property
    def base(self) -> float:
        """Log odds of a pair of which nothing is known."""
        return sum(tree.root.value for tree in self.trees)

    def probability(self, features: Floats) -> Floats:
        """One probability a row of features, columns as in `self.features`."""
        score = np.empty(len(features))
        for start in range(0, len(features), BLOCK):
            columns = np.ascontiguousarray(features[start : start + BLOCK].T)
            score[start : start + BLOCK] = sum(_answers(tree, columns) for tree in self.trees)
        return np.asarray(1.0 / (1.0 + np.exp(-score)))

    def contributions(self, row: Floats) -> dict[str, float]:
        """Log odds that each signal of one pair added; with `base` they sum to its score."""
        added = dict.fromkeys(self.features, 0.0)
        for tree in self.trees:
            node = tree.root
            while isinstance(node, Split):
                after = node.right if row[node.feature] > node.threshold else node.left
                added[self.features[node.feature]] += after.value - node.value
                node = after
        return added


def _answers(tree: Tree, columns: Floats) -> Floats:
    """The leaf value of every pair."""
    open_leaves = np.full(columns.shape[1], ALL, dtype=np.uint16)
    for feature, threshold, kept in tree.questions:
        open_leaves &= np.where(columns[feature] > threshold, kept, np.uint16(ALL))
    return tree.leaves[LOWEST[open_leaves]]


def load(path: Path) -> PairModel:
    """Read a model: a leaf is a number, a split is [feature, threshold, value, left, right]."""
    raw = json.loads(path.read_text("utf-8"))
    return PairModel(tuple(raw["features"]), tuple(_tree(_node(tree)) for tree in raw["trees"]))


def _node(raw: float | list[object]) -> Node:
    if not isinstance(raw, list):
        return Leaf(float(raw))
    feature, threshold, value, left, right = raw
    return Split(int(feature), float(threshold), _node(left), _node(right), float(value))  # type: ignore[arg-type, call-overload]


def _tree(root: Node) -> Tree:
    leaves: list[float] = []
    questions: list[tuple[int, float, np.uint16]] = []

    def visit(node: Node) -> int:
        """Number the leaves from the left; return the mask of those below `node`."""
        if isinstance(node, Leaf):
            leaves.append(node.value)
            return 1 << (len(leaves) - 1)
        left = visit(node.left)
        questions.append((node.feature, node.threshold, np.uint16(ALL & ~left)))
        return left | visit(node.right)

    visit(root)
    return Tree(root, tuple(questions), np.array(leaves))
