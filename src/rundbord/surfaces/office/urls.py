"""The coordinator's desk: every address here asks for a signed-in account."""

from django.urls import path

from rundbord.surfaces.office.views import (
    forecast,
    groups,
    numbers,
    person,
    proposal,
    proposals,
    rooms,
    settings,
    setup,
    staff,
    starters,
    today,
    waiting,
)

app_name = "office"

urlpatterns = [
    path("", today.today, name="today"),
    path("ringe/", today.calls, name="calls"),
    path("beskjeder/", today.letters, name="letters"),
    path("beskjeder/<pid:letter_id>/", today.send_again, name="letter_again"),
    path("velg/", setup.choose_desk, name="choose"),
    path("forste/", setup.first_run, name="first_run"),
    path("venter/", waiting.waiting, name="waiting"),
    path("venter/<pid:signup_id>/", person.person, name="person"),
    path("venter/<pid:signup_id>/<slug:verb>/", person.act, name="person_act"),
    path("ny/", waiting.register, name="register"),
    path("forslag/", proposals.board, name="proposals"),
    path("forslag/let/", proposals.run, name="run"),
    path("forslag/let/<pid:run_id>/", proposals.run_progress, name="run_progress"),
    path("forslag/<pid:proposal_id>/", proposal.proposal, name="proposal"),
    path("forslag/<pid:proposal_id>/<slug:verb>/", proposal.act, name="proposal_act"),
    path("grupper/", groups.groups, name="groups"),
    path("grupper/<pid:group_id>/", groups.group, name="group"),
    path("grupper/<pid:group_id>/<slug:verb>/", groups.act, name="group_act"),
    path("igangsettere/", starters.starters, name="starters"),
    path("igangsettere/ny/", starters.add, name="starter_add"),
    path("igangsettere/<pid:starter_id>/", starters.starter, name="starter"),
    path("igangsettere/<pid:starter_id>/aktiv/", starters.set_active, name="starter_active"),
    path("lokaler/", rooms.rooms, name="rooms"),
    path("lokaler/nytt/", rooms.add_venue, name="venue_add"),
    path("lokaler/<pid:venue_id>/", rooms.venue, name="venue"),
    path("lokaler/<pid:venue_id>/rom/", rooms.add_room, name="room_add"),
    path("rom/<pid:room_id>/", rooms.room, name="room"),
    path("tall/", numbers.numbers, name="numbers"),
    path("hva-om/", forecast.forecast, name="forecast"),
    path("hva-om/<pid:forecast_id>/", forecast.answer, name="forecast_answer"),
    path("innstillinger/", settings.settings, name="settings"),
    path("innstillinger/kontoret/", settings.facts, name="facts"),
    path("ansatte/", staff.staff_list, name="staff"),
    path("ansatte/<pid:role_id>/fjern/", staff.take_role, name="role_take"),
]
