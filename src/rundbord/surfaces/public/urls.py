"""Public addresses: open to anyone, the same for all, neutral in words."""

from django.urls import path

from rundbord.shell.access import unlisted
from rundbord.surfaces.public.reading import READINGS
from rundbord.surfaces.public.views import fallback, find, machines, offices, pages, reading, welcome, wish

app_name = "public"

urlpatterns = [
    path("", pages.front, name="front"),
    path("finn/", find.find, name="find"),
    path("finn/steder.json", unlisted(find.seats), name="seats"),
    path("finn/<pid:group_id>/", unlisted(find.group), name="group"),
    path("finn/<pid:group_id>/avtale.ics", unlisted(find.group_calendar), name="group_calendar"),
    path("onske/", wish.wish, name="wish"),
    path("onske/mottatt/", unlisted(wish.received), name="received"),
    path("under-18/", wish.young, name="young"),
    path("for-en-annen/", wish.for_another, name="for_another"),
    path("les/", reading.overview, name="reading"),
    path("temaer/", reading.topics, name="topics"),
    path("hjelpelinjer/", reading.help_lines, name="help_lines"),
    *(path(f"{one.path}/", reading.page, {"slug": one.slug}, name=one.name) for one in READINGS),
    path("velkommen/<str:language>/", welcome.welcome, name="welcome"),
    path("forlat/", pages.leave_page, name="leave_page"),
    path("kontaktpunkter/", offices.offices, name="offices"),
    path("kontaktpunkter/<slug:slug>/", offices.office, name="office"),
    path("dekning/", offices.coverage, name="coverage"),
    path("reserve/", unlisted(fallback.page), name="fallback"),
    path("reserve/<slug:part>/", unlisted(fallback.page), name="fallback_part"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]
