"""The first sign-in with a password that a manager chose: before she is in, she chooses her own."""

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginStage, LoginStageController
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rundbord.people.queries import StaffAccount
from rundbord.shell.access import open_to


class FirstPassword(LoginStage):
    """Stands between the first password and the office; the account is not signed in until it is passed."""

    key = "first_password"
    urlname = "account_first_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Where to go, if anywhere, and that sign-in goes on."""
        records = get_authentication_records(self.request, self.login.user)
        typed = any(record["method"] == "password" for record in records)
        first = typed and self.login.user.last_login is None
        return (redirect(self.urlname) if first else None), True


class OwnPasswordForm(forms.Form):
    """A password of one's own."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
        error_messages={"required": _("Please fill this in.")},
    )

    def __init__(self, account: StaffAccount, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._account = account

    def clean_password(self) -> str:
        """Refuses what is easy to guess, and the one that somebody else knows."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._account)
        if self._account.check_password(password):
            raise forms.ValidationError(_("Please choose another one than you were given."))
        return password


@open_to("whoever is signing in for the first time")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Saves her own password and lets her in."""
    stage = LoginStageController.enter(request, FirstPassword.key)
    if stage is None:
        return redirect("account_login")
    form = OwnPasswordForm(stage.login.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/first_password.html", {"form": form})
    get_adapter(request).set_password(stage.login.user, form.cleaned_data["password"])
    response: HttpResponse = stage.exit()
    return response
