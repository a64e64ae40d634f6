"""Where allauth asks us: accounts are made by a manager, never by whoever comes by."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rundbord.config.accounts.letters import send_password_link
from rundbord.kernel import clock
from rundbord.people import queries as people
from rundbord.people.queries import StaffAccount

_log = logging.getLogger(__name__)

_DESCRIPTIONS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use the code in your app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up page: the first account is made on the first-run page, the others by a manager."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("The account is closed."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link does not work any more."),
        "too_many_login_attempts": _("Too many tries. Please wait a little and try again."),
        "rate_limited": _("Too many tries. Please wait a little and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always no."""
        return False

    def get_login_stages(self) -> list[str]:
        """Whoever signs in with a password that somebody else chose, chooses her own before she is in."""
        return [*super().get_login_stages(), "rundbord.config.accounts.first_password.FirstPassword"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to show once more that it is she, in our words."""
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": _DESCRIPTIONS[way["id"]]} for way in ways]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the ways to sign in."""
        return reverse("mfa_index")

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """The link leaves through the out-tray, like every other letter."""
        send_password_link(account=user, uid=context["uid"], key=context["key"], now=clock.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No other letter of allauth's leaves the house."""
        _log.warning("a letter was not sent: %s", template_prefix)


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and codes, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not work. Please check it."),
        "cannot_generate_recovery_codes": _("Add a passkey or an app first."),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A first name for a passkey; she may write another."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """OIDC signs in the accounts that exist, by an address the provider has checked, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Always no."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds the account. Nothing of what the provider tells is kept: no row links the two."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("account_login"))
        account = _account_of(sociallogin)
        if account is not None:
            sociallogin.user = account


def _account_of(sociallogin: SocialLogin) -> StaffAccount | None:
    addresses = [address.email for address in sociallogin.email_addresses if address.verified]
    found = (people.account_with_email(address) for address in addresses)
    return next((account for account in found if account is not None), None)
