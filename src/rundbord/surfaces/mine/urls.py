"""Private addresses: neutral words, and nothing shows before the door is opened."""

from django.urls import path

from rundbord.surfaces.mine.views import doors

app_name = "mine"

urlpatterns = [
    path("inn/<str:token>/", doors.by_link, name="enter"),
    path("kode/", doors.by_code, name="code"),
    path("igjen/", doors.again, name="again"),
    path("ut/", doors.out, name="out"),
    path("ut/overalt/", doors.out_everywhere, name="out_everywhere"),
    path("ikke-meg/<str:token>/", doors.not_me, name="not_me"),
]
