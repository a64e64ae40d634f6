"""Reads: which offices there are, and which receives a wish from a place."""

from uuid import UUID

from django.utils.translation import get_language

from rundbord.kernel import tenancy
from rundbord.organisations.models import AreaServed, Organisation, OrganisationKind
from rundbord.places.models import Place
from rundbord.places.queries import by_name


def by_slug(slug: str) -> Organisation | None:
    """The active organisation of that slug."""
    return Organisation.objects.select_related("kind").filter(slug=slug, active=True).first()


def get(organisation_id: UUID) -> Organisation:
    """The organisation. Raises Organisation.DoesNotExist."""
    return Organisation.objects.select_related("kind").get(id=organisation_id)


def any_exists() -> bool:
    """Whether somebody has founded an organisation here yet."""
    return Organisation.objects.exists()


def all_active() -> list[Organisation]:
    """Every active organisation, by name. One query."""
    return list(Organisation.objects.select_related("kind").filter(active=True))


def serving(place_code: str) -> list[Organisation]:
    """Who takes wishes from a place, nearest kind first; a district also through its municipality."""
    codes = [place_code, place_code[:4]]
    with tenancy.everywhere("anybody may ask who serves a place"):
        ids = AreaServed.objects.filter(place__in=codes).values_list("organisation_id", flat=True)
        return list(
            Organisation.objects.select_related("kind")
            .filter(id__in=list(ids), active=True, takes_wishes=True)
            .order_by("kind__rank", "name", "id")
        )


def fallback() -> Organisation | None:
    """Who takes a wish from a place that nobody serves: the highest office that takes wishes."""
    return (
        Organisation.objects.select_related("kind")
        .filter(active=True, takes_wishes=True)
        .order_by("-kind__rank", "created_at")
        .first()
    )


def for_wish(place_code: str) -> Organisation | None:
    """Who receives a wish from this place: the nearest office that serves it, else the highest."""
    near = serving(place_code)
    return near[0] if near else fallback()


def areas(organisation_id: UUID) -> list[str]:
    """Place codes an organisation serves."""
    with tenancy.scope(organisation_id):
        return list(AreaServed.objects.order_by("place_id").values_list("place_id", flat=True))


def places_served(organisation_id: UUID) -> list[Place]:
    """Municipalities and districts an organisation serves, by name. One query."""
    with tenancy.scope(organisation_id):
        return by_name(row.place for row in AreaServed.objects.select_related("place"))


def kinds() -> list[OrganisationKind]:
    """Kinds of organisation, those nearest to people first."""
    return list(OrganisationKind.objects.all())


def kind_name(kind: OrganisationKind) -> str:
    """What the kind is called in the active language."""
    return kind.names.get(get_language() or "nb") or kind.names.get("nb") or kind.code


def below(organisation_id: UUID) -> list[Organisation]:
    """The organisation and all below it in the tree, level by level (one query a level)."""
    found, level = [get(organisation_id)], [organisation_id]
    while level:
        children = list(Organisation.objects.select_related("kind").filter(parent__in=level))
        found += children
        level = [child.id for child in children]
    return found
