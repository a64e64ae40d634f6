"""How staff sign in: accounts are made by a manager, never by whoever comes by."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up page: the first account is made on the first-run page, the others by a manager."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always no."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """OIDC signs in the accounts that exist (same e-mail), and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Always no."""
        return False
