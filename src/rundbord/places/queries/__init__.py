"""Reads of places: found by what people type, listed, measured. Each costs a constant number of queries."""

from rundbord.places.models import Place
from rundbord.places.queries.finding import Hit, meant, resolve, search
from rundbord.places.queries.listing import (
    Polygons,
    by_name,
    counties,
    districts,
    municipalities,
    outlines,
    place,
)
from rundbord.places.queries.mapping import county_places, outline_fingerprints, seat_points, seats
from rundbord.places.queries.measuring import distance_m, neighbours, point, points, within
from rundbord.places.rules.plane import Point

__all__ = [
    "Hit",
    "Place",
    "Point",
    "Polygons",
    "by_name",
    "counties",
    "county_places",
    "distance_m",
    "districts",
    "meant",
    "municipalities",
    "neighbours",
    "outline_fingerprints",
    "outlines",
    "place",
    "point",
    "points",
    "resolve",
    "search",
    "seat_points",
    "seats",
    "within",
]
