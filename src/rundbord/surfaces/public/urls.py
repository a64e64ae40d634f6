"""Public addresses: open to anyone, the same for all, neutral in words."""

from django.urls import path

from rundbord.surfaces.public.reading import READINGS
from rundbord.surfaces.public.views import find, offices, pages, reading, welcome, wish

app_name = "public"

urlpatterns = [
    path("", pages.front, name="front"),
    path("finn/", find.find, name="find"),
    path("finn/<pid:group_id>/", find.group, name="group"),
    path("onske/", wish.wish, name="wish"),
    path("onske/mottatt/", wish.received, name="received"),
    path("les/", reading.overview, name="reading"),
    path("temaer/", reading.topics, name="topics"),
    path("hjelpelinjer/", reading.help_lines, name="help_lines"),
    path("kjoreregler/", pages.page, {"name": "ground_rules"}, name="ground_rules"),
    path("personvern/", pages.page, {"name": "privacy"}, name="privacy"),
    path("tilgjengelighet/", pages.page, {"name": "accessibility"}, name="accessibility"),
    *(path(f"{one.path}/", reading.page, {"slug": one.slug}, name=one.name) for one in READINGS),
    path("velkommen/<str:language>/", welcome.welcome, name="welcome"),
    path("forlat/", pages.page, {"name": "leave_page"}, name="leave_page"),
    path("kontaktpunkter/", offices.offices, name="offices"),
    path("kontaktpunkter/<slug:slug>/", offices.office, name="office"),
    path("dekning/", offices.coverage, name="coverage"),
]
