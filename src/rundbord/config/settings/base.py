"""Settings that hold everywhere; dev, test and prod each say only what differs."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from rundbord.config.database import from_environment
from rundbord.config.rooms import present

SOURCE = Path(__file__).resolve().parents[2]  # src/rundbord
CHECKOUT = SOURCE.parents[1]
BUILD = CHECKOUT / "build"

RUNDBORD_DATA = Path(os.environ.get("RUNDBORD_DATA", CHECKOUT / "var"))
RUNDBORD_KEY_FILE = Path(os.environ.get("RUNDBORD_KEY_FILE", RUNDBORD_DATA / "keys.json"))
# Where the worker leaves the copy that is shown while the application or its database is down.
RUNDBORD_FALLBACK_DIR = Path(os.environ.get("RUNDBORD_FALLBACK_DIR", RUNDBORD_DATA / "fallback"))
RUNDBORD_DEMO = False
RUNDBORD_PUBLIC_URL = os.environ.get("RUNDBORD_PUBLIC_URL", "http://127.0.0.1:8000")
RUNDBORD_MAIL = os.environ.get("RUNDBORD_MAIL", f"file://{RUNDBORD_DATA / 'outbox'}")
RUNDBORD_MAIL_FROM = os.environ.get("RUNDBORD_MAIL_FROM", "Rundbord <rundbord@example.org>")
RUNDBORD_SMS_GATEWAY = os.environ.get("RUNDBORD_SMS_GATEWAY", "")
# The phone shown on pages that belong to no organisation.
RUNDBORD_HELP_PHONE = os.environ.get("RUNDBORD_HELP_PHONE", "")

DEBUG = False
SECRET_KEY = os.environ.get("RUNDBORD_SECRET_KEY", "")
ALLOWED_HOSTS = [h for h in os.environ.get("RUNDBORD_HOSTS", "").split(",") if h]
ROOT_URLCONF = "rundbord.config.urls"
WSGI_APPLICATION = "rundbord.config.wsgi.application"

INSTALLED_APPS = [
    # Rooms and surfaces first: their templates come before allauth's.
    "rundbord.config",
    *present(),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "rundbord.shell.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rundbord.shell.middleware.SecurityHeadersMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rundbord.shell.browser.BrowserMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "config" / "demonstration" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rundbord.shell.context.shell",
                "rundbord.config.context.human",
            ],
        },
    }
]

DATABASES = {"default": from_environment(RUNDBORD_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.StaffAccount"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:today"
LOGOUT_REDIRECT_URL = "public:front"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
_FORMS = "rundbord.config.accounts.forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "LoginForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "ResetPasswordKeyForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "set_password": _FORMS + "SetPasswordForm",
}
MFA_FORMS = {
    "authenticate": _FORMS + "CodeForm",
    "reauthenticate": _FORMS + "CodeAgainForm",
    "activate_totp": _FORMS + "ActivateAppForm",
    "add_webauthn": _FORMS + "AddPasskeyForm",
    "edit_webauthn": _FORMS + "RenamePasskeyForm",
    "authenticate_webauthn": _FORMS + "PasskeyForm",
    "login_webauthn": _FORMS + "PasskeyLoginForm",
    "reauthenticate_webauthn": _FORMS + "PasskeyAgainForm",
}
ACCOUNT_ADAPTER = "rundbord.config.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "rundbord.config.accounts.adapters.SocialAccountAdapter"
MFA_ADAPTER = "rundbord.config.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Rundbord"

# One OIDC provider by configuration (ID-porten, Entra): three values switch it on.
OIDC_SERVER = os.environ.get("RUNDBORD_OIDC_SERVER", "")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("RUNDBORD_OIDC_NAME", "OpenID Connect"),
                    "client_id": os.environ.get("RUNDBORD_OIDC_CLIENT", ""),
                    "secret": os.environ.get("RUNDBORD_OIDC_SECRET", ""),
                    # Some providers (Entra) own their addresses and never say that they are checked.
                    "settings": {
                        "server_url": OIDC_SERVER,
                        "verified_email": os.environ.get("RUNDBORD_OIDC_TRUST_ADDRESSES") == "1",
                    },
                }
            ],
        }
    }
    if OIDC_SERVER
    else {}
)
# A link, not a form: form-action lets no form lead to the provider. State and PKCE guard the way back.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_ONLY = False

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian bokmål")), ("nn", _("Norwegian nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BUILD / "collected"
STATICFILES_DIRS = [BUILD / "static"] if (BUILD / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A participant's session is short (set at entry); this is the staff's.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rundbord.shell.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # CSRF on https needs the origin; nothing leaves the site
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# (name, minutes between runs, dotted path of func(now)): here, so that no lower room knows a higher one.
RUNDBORD_SCHEDULES = [
    ("offers", 5, "rundbord.groups.tasks.tick"),
    ("wishes", 60, "rundbord.signups.tasks.tick"),
    ("doors", 60, "rundbord.people.tasks.tick"),
    ("promises", 60, "rundbord.matching.tasks.promises"),
    ("matching", 24 * 60, "rundbord.matching.tasks.tick"),
    ("retention", 60, "rundbord.privacy.tasks.tick"),
    ("outtray", 60, "rundbord.kernel.outtray.forget_sent"),
    ("fallback", 15, "rundbord.surfaces.public.fallback.tick"),
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"discreet": {"()": "rundbord.kernel.discretion.DiscreetFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "fido2": {"level": "WARNING"},  # it tells which passkey was used
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
