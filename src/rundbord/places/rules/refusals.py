"""How an import says no to a file. Nothing has been changed when one of these is raised."""

from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused


class FileNotUnderstood(Refused):
    """None of the formats that `places import` reads."""

    sentence = _(
        "This file is in no format that can be read here: the postal register (tabs or JSON), "
        "GeoNames, Bolstad's list or GeoJSON outlines. Nothing was changed."
    )


class FileIsEmpty(Refused):
    sentence = _("This file is empty. Nothing was changed.")


class FileIsTooLarge(Refused):
    sentence = _("This file is larger than %(limit)s megabytes. Nothing was changed.")


class NothingUsable(Refused):
    """The format was known, but not one record in it could be used: most likely the wrong file."""

    sentence = _(
        "Not one of the %(read)s records in this file could be used (%(reason)s). Nothing was changed."
    )
