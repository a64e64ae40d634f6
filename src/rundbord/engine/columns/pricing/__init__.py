"""Pricing: which group of each template is worth most beyond the prices of its people, room and starter."""

from .clash import bits, clashes
from .pricer import SCALE, Pricer, Prices, Scan
from .search import NONE

__all__ = ["NONE", "SCALE", "Pricer", "Prices", "Scan", "bits", "clashes"]
