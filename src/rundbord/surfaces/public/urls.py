"""Public addresses: open to anyone, the same for all, neutral in words."""

from django.urls import path

from rundbord.surfaces.public.views import find, pages, wish

app_name = "public"

urlpatterns = [
    path("", pages.front, name="front"),
    path("finn/", find.find, name="find"),
    path("finn/<pid:group_id>/", find.group, name="group"),
    path("onske/", wish.wish, name="wish"),
    path("onske/mottatt/", wish.received, name="received"),
    path("hva-er-det/", pages.page, {"name": "what_is_it"}, name="what_is_it"),
    path("kjoreregler/", pages.page, {"name": "ground_rules"}, name="ground_rules"),
    path("hjelpelinjer/", pages.page, {"name": "help_lines"}, name="help_lines"),
    path("personvern/", pages.page, {"name": "privacy"}, name="privacy"),
    path("tilgjengelighet/", pages.page, {"name": "accessibility"}, name="accessibility"),
    path("forlat/", pages.page, {"name": "leave_page"}, name="leave_page"),
    path("kontaktpunkter/", pages.offices, name="offices"),
]
