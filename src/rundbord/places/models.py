"""Municipalities, city districts, postal codes and outlines: reference data, nothing about persons."""

from django.db import models

from rundbord.places.rules.kinds import PlaceKind
from rundbord.places.rules.plane import Point

# Between a place's other names, as in "Gáivuotna / Kaivuono".
BETWEEN_NAMES = " / "


class Place(models.Model):
    """A municipality (code "3107") or a city district (its municipality's code and two digits).

    lat/lon are degrees of the seat, or of the district's middle; x/y the same in metres on the plane
    (rules/plane.py).
    """

    code = models.CharField(max_length=6, primary_key=True)
    kind = models.CharField(max_length=12, choices=PlaceKind.choices)
    name = models.CharField(max_length=60)
    label = models.CharField(max_length=120)  # told apart: "Våler (Østfold)", "Grünerløkka, Oslo"
    also_named = models.CharField(max_length=120, blank=True)
    county_code = models.CharField(max_length=2, db_index=True)
    county_name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="districts")
    seat = models.CharField(max_length=60, blank=True)
    lat = models.DecimalField(max_digits=5, decimal_places=2)
    lon = models.DecimalField(max_digits=5, decimal_places=2)
    x = models.IntegerField()
    y = models.IntegerField()
    search = models.CharField(max_length=300, db_index=True)  # rules/names.py: search_column

    class Meta:
        ordering = ["name", "code"]
        indexes = [models.Index(fields=["x", "y"], name="places_on_plane")]

    def __str__(self) -> str:
        return self.label

    @property
    def other_names(self) -> list[str]:
        """Its other names, official or in use: Sámi, Kven, Norwegian."""
        return self.also_named.split(BETWEEN_NAMES) if self.also_named else []

    @property
    def point(self) -> Point:
        """(x, y) in metres on the plane."""
        return self.x, self.y


class PostalCode(models.Model):
    """A postal code and the municipality it lies in. Without a position its municipality's seat stands in."""

    code = models.CharField(max_length=4, primary_key=True)
    town = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, related_name="postal_codes")
    lat = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    lon = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    x = models.IntegerField(null=True, blank=True)
    y = models.IntegerField(null=True, blank=True)
    search = models.CharField(max_length=80, db_index=True)  # rules/names.py: search_column of the town

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.town}"

    @property
    def point(self) -> Point | None:
        """(x, y) in metres on the plane, or None where no file has told."""
        return None if self.x is None or self.y is None else (self.x, self.y)


class Outline(models.Model):
    """The border of a county (code of two digits) or a municipality (four), simplified for drawing.

    polygons is a list of polygons, each a list of rings, each a list of [x, y] in metres on the plane.
    A table of its own, so that a list of rows with their places never carries borders along.
    """

    code = models.CharField(max_length=4, primary_key=True)
    polygons = models.JSONField()
    fingerprint = models.CharField(max_length=16, blank=True)  # rules/outlines.py; "" when not taken

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
