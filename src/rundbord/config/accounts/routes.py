"""The addresses of sign-in: those that staff need. Sign-up and the like do not exist."""

from allauth.account import views as account
from allauth.socialaccount.views import login_cancelled
from django.urls import include, path, re_path

from rundbord.config.accounts import outside
from rundbord.config.accounts.first_password import choose_password

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/first/", choose_password, name="account_first_password"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("login/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<slug:provider_id>/login/", outside.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", outside.callback, name="openid_connect_callback"),
]
