"""Public addresses: open to anyone, the same for all, neutral in words."""

from django.urls import path

from rundbord.surfaces.public.reading import READINGS
from rundbord.surfaces.public.views import fallback, find, offices, pages, reading, welcome, wish

app_name = "public"

urlpatterns = [
    path("", pages.front, name="front"),
    path("finn/", find.find, name="find"),
    path("finn/steder.json", find.seats, name="seats"),
    path("finn/<pid:group_id>/", find.group, name="group"),
    path("finn/<pid:group_id>/avtale.ics", find.group_calendar, name="group_calendar"),
    path("onske/", wish.wish, name="wish"),
    path("onske/mottatt/", wish.received, name="received"),
    path("les/", reading.overview, name="reading"),
    path("temaer/", reading.topics, name="topics"),
    path("hjelpelinjer/", reading.help_lines, name="help_lines"),
    *(path(f"{one.path}/", reading.page, {"slug": one.slug}, name=one.name) for one in READINGS),
    path("velkommen/<str:language>/", welcome.welcome, name="welcome"),
    path("forlat/", pages.leave_page, name="leave_page"),
    path("kontaktpunkter/", offices.offices, name="offices"),
    path("kontaktpunkter/<slug:slug>/", offices.office, name="office"),
    path("dekning/", offices.coverage, name="coverage"),
    path("reserve/", fallback.page, name="fallback"),
    path("reserve/<slug:part>/", fallback.page, name="fallback_part"),
]
