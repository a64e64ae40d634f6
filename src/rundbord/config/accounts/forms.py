"""The forms of sign-in: allauth's, with our sentences beside the fields, and ready for whatever is posted."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as code
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rundbord.shell.forms import NOT_AN_ADDRESS, REQUIRED, TOO_LONG, CleanCharField

_SENTENCES = {"required": REQUIRED, "max_length": TOO_LONG}
_NOT_USED = _("The passkey was not used. Try again, or choose another way.")
_LONGEST_ANSWER = 100_000  # signs; a passkey's answer with its certificates has some thousands


class _Plain:
    """The fields say what is wrong as all our pages do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.error_messages |= _SENTENCES
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NOT_AN_ADDRESS


class _Twice(_Plain):
    """A new password, typed two times."""

    # allauth's sentence; named here so that the catalogues have it in both Norwegian languages.
    different = _("You must type the same password each time.")


class LoginForm(_Plain, account.LoginForm):
    """Address and password."""


class ReauthenticateForm(_Plain, account.ReauthenticateForm):
    """The password once more."""


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    """The address of a forgotten password."""


class ResetPasswordKeyForm(_Twice, account.ResetPasswordKeyForm):
    """A new password by a link."""


class ChangePasswordForm(_Twice, account.ChangePasswordForm):
    """The old password and a new one."""


class SetPasswordForm(_Twice, account.SetPasswordForm):
    """A password where there was none."""


class CodeForm(_Plain, code.AuthenticateForm):
    """The code at sign-in."""


class CodeAgainForm(_Plain, code.ReauthenticateForm):
    """The code once more."""


class ActivateAppForm(_Plain, totp.ActivateTOTPForm):
    """The first code of an app."""


class CredentialField(forms.JSONField):
    """What a passkey answers. Cleaned value: a dict that `read` could read and a database can keep.

    Whatever else was posted, the person is told the same: that the passkey was not used.
    """

    widget = forms.HiddenInput

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def clean(self, value: Any) -> Any:
        """The answer as JSON."""
        if len(value or "") > _LONGEST_ANSWER:
            raise ValidationError(_NOT_USED)
        try:
            said = super().clean(value)
            self._read(said)
            kept = json.dumps(said, ensure_ascii=False)
            kept.encode()
        # Bytes from outside go through JSON, CBOR and certificates; each refuses in ways of its own.
        except Exception:
            raise ValidationError(_NOT_USED) from None
        if "\\u0000" in kept:
            raise ValidationError(_NOT_USED)
        return said


def _registration(said: Any) -> None:
    """Reads a new passkey, and whether its key is one that can be asked later."""
    told = auth.parse_registration_response(said).response.attestation_object.auth_data.credential_data
    with suppress(InvalidSignature):
        told.public_key.verify(b"", b"")


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except ValidationError as wrong:
        if wrong.code in {"incorrect_code", "invalid"}:  # "invalid": no account has such a name
            raise ValidationError(_NOT_USED) from None
        raise


class _Whole:
    """A page on which the passkey's answer has no field to look at: what is wrong stands above the form."""

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        for sentence in self.errors.pop("credential", []):  # type: ignore[attr-defined]
            self.add_error(None, sentence)  # type: ignore[attr-defined]


class AddPasskeyForm(_Whole, passkey.AddWebAuthnForm):
    """A new passkey and what it is called."""

    name = CleanCharField(max_length=80, required=False)
    credential = CredentialField(_registration)

    def clean(self) -> Any:
        """The answer fits the question that was asked."""
        with _in_our_words():
            return super().clean()


class _Answer(passkey.AuthenticateWebAuthnForm):
    credential = CredentialField(auth.parse_authentication_response)

    def clean_credential(self) -> Any:
        """The passkey that answered."""
        with _in_our_words():
            return super().clean_credential()


class PasskeyForm(_Whole, _Answer):
    """The passkey as a second step."""


class PasskeyLoginForm(_Answer, passkey.LoginWebAuthnForm):
    """The passkey alone."""


class PasskeyAgainForm(_Answer, passkey.ReauthenticateWebAuthnForm):
    """The passkey once more."""


class RenamePasskeyForm(passkey.EditWebAuthnForm):
    """What a passkey is called."""

    name = CleanCharField(max_length=80)
