"""Kari of the office, her browser, and all she can sign in with."""

import json

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from rundbord.people import actions as people
from tests.config.passkeys import EMAIL, PASSWORD, Phone, options, type_password
from tests.surfaces.mine.people import at


@pytest.fixture
def kari(db):
    """She has been here before."""
    account = people.make_account(email=EMAIL, name="Kari", password=PASSWORD)
    account.last_login = timezone.now()
    account.save()
    return account


@pytest.fixture
def office(kari):
    """Her browser, signed in, and she has just shown once more that it is she."""
    client = Client()
    type_password(client)
    client.post(at("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def phone(office, kari):
    """Her passkey, her app and her recovery codes."""
    own = Phone()
    asked = options(office.get(at("mfa_add_webauthn")))
    told = {"name": "Telefon", "passwordless": "on", "credential": json.dumps(own.registered(asked))}
    assert office.post(at("mfa_add_webauthn"), told).status_code == 302
    TOTP.activate(kari, "A" * 32)
    RecoveryCodes.activate(kari)
    return own
