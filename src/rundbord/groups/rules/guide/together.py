"""The first meetings, with the starter in the middle: confidentiality, ground rules, the conversation.

The facts are the practice's: confidentiality first, equal time, small tasks for everybody from the start.
"""

from django.utils.translation import gettext_lazy as _

from rundbord.groups.rules.guide.parts import Stage, Step

OPENING = Step(
    "opening_round",
    _("Opening round"),
    _("Everyone says in a few sentences how they are today. Nobody comments. It is fine to say “pass”."),
    core=True,
)
CLOSING = Step(
    "closing_round",
    _("Closing round"),
    _("Everyone says one thing they take home. End on time, even if the talk is good."),
    core=True,
)

BEGIN = Stage(
    "begin",
    _("We begin"),
    _("Everyone should feel safe enough to come back next week. That is all the first meeting needs to do."),
    (
        Step(
            "welcome",
            _("Welcome"),
            _(
                "Come early, put the chairs in a circle and make coffee. Greet each one at the door. Say who "
                "you are, and that you will leave after the last startup meeting."
            ),
        ),
        Step(
            "what_this_is",
            _("What this is"),
            _(
                "Say it in your own words: we are equals, each with our own reason for being here. There is "
                "no leader and no treatment. The conversation is our tool, and each one works with their own "
                "life."
            ),
            core=True,
        ),
        Step(
            "pledge",
            _("The confidentiality pledge"),
            _(
                "Talk it through before anyone promises: what is said here stays here, and who is here stays "
                "here. What may we tell at home? What if we meet in the shop? Then each one makes the "
                "pledge."
            ),
            core=True,
        ),
        Step(
            "why_i_came",
            _("A round: why I came"),
            _(
                "Each one has the same time, about five minutes. You say as much as you like. The others "
                "listen and do not ask. You begin, short and honest, so that the others see how it is done."
            ),
            core=True,
        ),
        Step(
            "frames",
            _("The frames"),
            _(
                "The same day, the same time, two hours with a break. We begin and end on time. If you "
                "cannot come, say so in good time. One who stays away without a word makes the others worry."
            ),
            core=True,
        ),
        Step(
            "first_thoughts_on_rules",
            _("First thoughts on ground rules"),
            _("Ask: what do you need from the others to dare to speak? Write it down. You agree next time."),
        ),
    ),
)

RULES = Stage(
    "rules",
    _("Our ground rules"),
    _("The group makes its own rules, in its own words. Rules that are your own are the ones you keep."),
    (
        Step(
            "look_back",
            _("Look back on the pledge"),
            _(
                "Has anyone wondered about something since last time? Take it up now, and renew the pledge "
                "together."
            ),
        ),
        Step(
            "ground_rules",
            _("Agree on the ground rules"),
            _(
                "Five to eight short rules are enough. For example: we come on time, one speaks at a time, "
                "we speak about ourselves, we do not give advice unless asked. Write them on the group's "
                "page."
            ),
            core=True,
        ),
        Step(
            "no_secret_pairs",
            _("What we do outside the meetings"),
            _(
                "Two who talk about the others behind their backs can end a group. Agree that what belongs "
                "to the group is said in the group."
            ),
        ),
        Step(
            "shared_time",
            _("Share the time"),
            _(
                "Divide the time equally and let somebody watch the clock. One who needs more today may ask "
                "for it, and the others say yes or no."
            ),
        ),
        Step(
            "first_tasks",
            _("Share out the first tasks"),
            _(
                "Who opens the room next time, who makes coffee, who watches the time? Small tasks for all, "
                "from now on."
            ),
            core=True,
        ),
    ),
)

TALK = Stage(
    "talk",
    _("The good conversation"),
    _("The group practises its tool. You show how, and speak less than last time."),
    (
        Step(
            "tools",
            _("Four simple tools"),
            _(
                "Say “I”, not “one”. Listen to the end. Ask with open questions, if you ask at all. Share "
                "your own experience and not your advice."
            ),
            core=True,
        ),
        Step(
            "own_theme",
            _("What do I want to work with?"),
            _(
                "Each one says what they would like to be different in their own life, and one small thing "
                "to try before next time. Different lives round one table is a strength."
            ),
            core=True,
        ),
        Step(
            "silence",
            _("Let it be quiet"),
            _(
                "Silence is not a fault. Count to ten before you help. Often the one who says least speaks "
                "then."
            ),
        ),
        Step(
            "participant_opens",
            _("A participant takes the rounds"),
            _("Let one who wants to hold the closing round today, and another the opening round next time."),
        ),
        Step(
            "how_do_we_talk",
            _("How do we talk together?"),
            _(
                "Take ten minutes at the end: did everyone get time? Did anyone get advice they did not ask "
                "for?"
            ),
        ),
    ),
)
