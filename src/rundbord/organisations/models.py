"""The tree of offices, the areas they serve, and each one's own settings."""

from django.db import models

from rundbord.kernel.tenancy import Row, ScopedRow
from rundbord.places.models import Place


class OrganisationKind(models.Model):
    """What an office is called (contact point, LINK, …): rows, so that other countries add theirs."""

    code = models.SlugField(primary_key=True)
    rank = models.PositiveSmallIntegerField()  # 0 nearest to people; higher stands above
    names = models.JSONField()  # {"nb": …, "nn": …, "en": …}

    class Meta:
        ordering = ["rank", "code"]


class Organisation(Row):
    """One office, its own controller of what it keeps about people; 0..n levels stand above it."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.ForeignKey(OrganisationKind, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_hours = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    about = models.TextField(blank=True, max_length=2000)
    services = models.JSONField(default=list, blank=True)  # codes of rules.Service
    takes_wishes = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]


class OwnedRow(ScopedRow):
    """A row that one organisation owns: invisible outside its scope, refused when saved from another's."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class AreaServed(OwnedRow):
    """A municipality or city district an organisation serves; several may serve the same one."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "place"], name="area_once")]


class OrganisationSetting(OwnedRow):
    """A number or choice of the practice that this organisation has changed from its default."""

    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="setting_once")]
