"""The last meetings: practice, stepping back, and a departure that is kept as planned."""

from django.utils.translation import gettext_lazy as _

from rundbord.groups.rules.guide.parts import Stage, Step

PRACTICE = Stage(
    "practice",
    _("We practise"),
    _("An ordinary meeting. The participants hold it, and you are there."),
    (
        Step(
            "participant_holds",
            _("A participant holds the meeting"),
            _("One watches the time, one takes the rounds. You take your turn like the others and no more."),
            core=True,
        ),
        Step(
            "small_steps",
            _("What have I tried?"),
            _(
                "Each one tells how the small thing from last time went. It counts also when nothing came of "
                "it."
            ),
        ),
        Step(
            "rules_alive",
            _("Do our rules work?"),
            _("Read the ground rules aloud. Change one if it does not fit."),
        ),
    ),
)

STEP_BACK = Stage(
    "step_back",
    _("You step back"),
    _("The group leads itself today, while you are still in the room."),
    (
        Step(
            "sit_back",
            _("Sit back"),
            _(
                "Say at the start that you only speak in the rounds. Move your chair a little out. If they "
                "look at you, look at the group."
            ),
            core=True,
        ),
        Step(
            "group_holds",
            _("The participants hold the whole meeting"),
            _(
                "They open, share the time, take the break and close. Let it be different from how you would "
                "do it."
            ),
            core=True,
        ),
        Step(
            "when_it_is_hard",
            _("When it gets hard"),
            _(
                "Talk about it before it happens: what do we do when someone stays away, when we disagree, "
                "when somebody is very unwell? The help lines are on the group's page. The contact point can "
                "be rung."
            ),
            core=True,
        ),
        Step(
            "review_rules",
            _("Look at the ground rules again"),
            _("Read them aloud. Are they kept? Change, add or strike out, and write the new date."),
        ),
        Step(
            "next_is_last",
            _("Remind them that the next meeting is your last"),
            _("Ask each one to think: what do we need to have in place when you go?"),
        ),
    ),
)

LEAVE = Stage(
    "leave",
    _("You hand over"),
    _("You leave as planned, also if they ask you to stay. That is how they see that they manage."),
    (
        Step(
            "practical",
            _("The practical things"),
            _(
                "Keys or code, who to ring about the room, the phone of the contact point, the group's page. "
                "Two of the participants take them over from you, for a while at a time."
            ),
            core=True,
        ),
        Step(
            "rota",
            _("Agree on the rota"),
            _(
                "Room, coffee, time, opening and closing round: names on tasks for the next weeks. The tasks "
                "go round, so that nobody becomes the leader."
            ),
            core=True,
        ),
        Step(
            "twelve_weeks",
            _("How long, how often, and new people"),
            _(
                "Twelve weeks is a good first promise. Will you meet every week or every second? The group "
                "is closed until all of you decide to let new people in."
            ),
        ),
        Step(
            "return_visit",
            _("The date of the return visit"),
            _(
                "Agree on a day six to eight weeks from now when you come by, if the group wants it. Write "
                "it down."
            ),
            core=True,
        ),
        Step(
            "goodbye_round",
            _("A round of goodbye"),
            _(
                "Each one says what these meetings have given. You too. Then you thank them and let the "
                "group close."
            ),
        ),
    ),
)
