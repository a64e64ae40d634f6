"""One-tap entrances, in demonstration mode only."""

from django.urls import path

from rundbord.config.demonstration import views

app_name = "demo"

urlpatterns = [
    path("", views.entrances, name="entrances"),
    path("inn/<slug:role>/", views.enter_as, name="enter"),
    path("outbox/", views.outbox, name="outbox"),
]
