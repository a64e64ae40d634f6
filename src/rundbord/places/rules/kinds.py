"""What kinds of place there are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    """A district lies in a municipality, its parent."""

    MUNICIPALITY = "municipality", _("Municipality")
    DISTRICT = "district", _("City district")
