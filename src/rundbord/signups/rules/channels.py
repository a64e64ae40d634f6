"""How enquiries come in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EnquiryChannel(TextChoices):
    """How somebody asked."""

    PHONE = "phone", _("Phone")
    VISIT = "visit", _("Visit")
    MAIL = "mail", _("E-mail")
    PROFESSIONAL = "professional", _("Through a professional")
