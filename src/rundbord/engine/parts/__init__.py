"""A large instance in parts that can be solved apart, by several workers, and put together again."""

from .components import Found, components, parts
from .cutting import EMPTY, Cut, split
from .pieces import Piece, excerpt, merge
from .planning import FEW, MOST, ROUNDS, Plan, Task, plan

__all__ = [
    "EMPTY", "FEW", "MOST", "ROUNDS", "Cut", "Found", "Piece", "Plan", "Task", "components", "excerpt",
    "merge", "parts", "plan", "split",
]  # fmt: skip
