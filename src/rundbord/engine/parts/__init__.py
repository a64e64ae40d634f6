"""A large instance in parts that can be solved apart, by several workers, and put together again."""

from .components import Found, components, parts
from .cutting import Cut, split
from .pieces import Piece, excerpt, merge
from .planning import FEW, MOST, Plan, Task, plan

__all__ = [
    "FEW", "MOST", "Cut", "Found", "Piece", "Plan", "Task", "components", "excerpt", "merge", "parts",
    "plan", "split",
]  # fmt: skip
