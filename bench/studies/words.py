"""What the page of the studies says round its numbers."""

HEAD = """# Policy studies

Made by `./dev bench studies`; do not edit by hand. {years} simulated years for each policy, seed {seed}.

## The model, in a few sentences
An invented county: {people} people wait on the first day and {arrivals:.0f} come each week; {starters}
starters take one group each at a time; there are {rooms} rooms. The engine proposes groups, offers go
out, people say no by chance, the next in line is asked. A group starts when {enough} have said yes; the
starter stays {startup} weeks and rests for {rest}. People leave their group, groups end, places that open
are filled, and who waits too long gives up.

All policies meet the *same* people with the same patience and the same answers, so a difference is the
policy's. Waiting times count those who still wait for as long as they were seen (Kaplan and Meier). Every
assumed rate has a name and a source in `src/rundbord/engine/simulate/rates.py`. Ranges are 95 per cent
confidence intervals.
"""

RHYTHMS = """## How often should an office look for groups?

![Share with a first meeting by weeks of waiting, one line for each rhythm](waiting.svg)

{table}
{differences}

Not shown: the work of looking, and that people plan their weeks ahead.
"""

DECLINED = """## What do declines cost, and which sizes bear them?

![Share placed by how many say no, one colour for each size window](declines.svg)

{table}
“Start at 6” is the usual window without the permission to start with five. Not shown: that people who
were let down once may say no more easily the next time; here their answers do not change.
"""

STARTED = """## What does one more starter give?

![People with a first meeting in a year, by the number of starters](starters.svg)

{table}
“By the last one” is the step from the line above; where the steps grow small, something else than
starters is lacking: people who share a time, a place and a wish. Not shown: what it takes to train a
starter.
"""

OTHER = {
    "one-more-room": "one more room",
    "no-self-start": "no group without a starter",
    "mixed-first": "who takes both is offered mixed first",
    "topic-first": "who takes both is offered her topic first",
}

WHAT_NOT = """## What none of this shows

The county is invented and its rates are assumed: read directions, not digits. Nobody here asks about
times before proposing, no starter says no, everybody's patience is alike, and what makes a group good to
be in is no number. `python -m rundbord.engine simulate` plays the same on an instance of your own; an
office asks on its own numbers under “What would one more starter give us?”.
"""
