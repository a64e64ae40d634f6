"""What a starter (or a group on its own) does at each startup meeting: titles, steps, texts.

Written for five meetings, as the practice has it; fewer meetings share the five stages,
more meetings get practice in between.
"""

from rundbord.groups.rules.guide.layout import MeetingGuide, guide, place_in_course, step_codes
from rundbord.groups.rules.guide.stages import Stage, Step

__all__ = ["MeetingGuide", "Stage", "Step", "guide", "place_in_course", "step_codes"]
