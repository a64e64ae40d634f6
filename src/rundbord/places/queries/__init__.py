"""Reads of places: found by what people type, listed, measured. Each costs a constant number of queries."""

from rundbord.places.models import Place
from rundbord.places.queries.finding import Hit, meant, resolve, search
from rundbord.places.queries.listing import counties, districts, municipalities, outlines, place
from rundbord.places.queries.measuring import distance_m, neighbours, point, points, within

__all__ = [
    "Hit",
    "Place",
    "counties",
    "distance_m",
    "districts",
    "meant",
    "municipalities",
    "neighbours",
    "outlines",
    "place",
    "point",
    "points",
    "resolve",
    "search",
    "within",
]
