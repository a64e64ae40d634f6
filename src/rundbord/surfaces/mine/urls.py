"""Private addresses: neutral words, and nothing shows before the door is opened."""

from django.urls import path

from rundbord.shell.access import unlisted
from rundbord.surfaces.mine.views import answers, doors, page, starts, table

app_name = "mine"

urlpatterns = [
    path("inn/<str:token>/", doors.by_link, name="enter"),
    path("kode/", doors.by_code, name="code"),
    path("igjen/", unlisted(doors.again), name="again"),
    path("ut/", doors.out, name="out"),
    path("inne/", doors.stay, name="stay"),
    path("ut/overalt/", doors.out_everywhere, name="out_everywhere"),
    path("ikke-meg/<str:token>/", doors.not_me, name="not_me"),
    path("", page.page, name="page"),
    path("endre/", page.change, name="change"),
    path("pause/", page.pause, name="pause"),
    path("videre/", page.resume, name="resume"),
    path("fortsatt/", page.still_waiting, name="still_waiting"),
    path("prat/", page.ask_for_talk, name="ask_for_talk"),
    path("slutt/", page.withdraw, name="withdraw"),
    path("kopi/", page.data, name="data"),
    path("kopi/fil/", page.download, name="download"),
    path("kopi/tekst/", page.read_copy, name="read_copy"),
    path("kopi/slett/", page.erase, name="erase"),
    path("svar/<pid:offer_id>/", answers.offer, name="offer"),
    path("svar/<pid:offer_id>/ja/", answers.say_yes, name="say_yes"),
    path("svar/<pid:offer_id>/nei/", answers.say_no, name="say_no"),
    path("moter/", table.table, name="table"),
    path("moter/<pid:meeting_id>/kommer-ikke/", table.absent, name="absent"),
    path("moter/lofte/", table.pledge, name="pledge"),
    path("moter/beskjed/", table.notice, name="notice"),
    path("moter/lenke/", table.link, name="link"),
    path("moter/avtalt/", table.rules, name="rules"),
    path("moter/nye/", table.newcomers, name="newcomers"),
    path("moter/hvile/", table.rest, name="rest"),
    path("moter/slutt/", table.end, name="end"),
    path("moter/ga/", table.leave, name="leave"),
    path("start/", starts.starts, name="starts"),
    path("start/sporsmal/<pid:request_id>/", starts.answer, name="answer"),
    path("start/<pid:group_id>/", starts.start, name="start"),
    path("start/<pid:group_id>/ringt/<pid:participation_id>/", starts.called, name="called"),
    path("start/<pid:group_id>/avtalt/", starts.rules, name="start_rules"),
    path("start/<pid:group_id>/beskjed/", starts.notice, name="start_notice"),
    path("start/<pid:group_id>/lenke/", starts.link, name="start_link"),
    path("start/<pid:group_id>/overlevert/", starts.hand_over, name="hand_over"),
    path("start/<pid:group_id>/<pid:meeting_id>/", starts.meeting, name="meeting"),
    path("start/<pid:group_id>/<pid:meeting_id>/holdt/", starts.settle, name="settle"),
    path("start/<pid:group_id>/<pid:meeting_id>/flytt/", starts.move, name="move"),
]
