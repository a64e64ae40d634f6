"""Who may open the addresses that are not ours to decorate (route name prefix → who)."""

THIRD_PARTY = {
    "account_": "anyone (sign-in, a forgotten password) or the signed-in staff account",
    "mfa_": "the signed-in staff account, or whoever is signing in",
    "socialaccount_": "whoever is signing in and changed her mind",
}
