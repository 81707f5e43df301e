"""Django's settings, all of them; what differs per installation comes from the environment (docs/operations.md)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.providers import EID as EID
from config.providers import origins, providers
from config.runtime import environment as env
from config.runtime.places import ROOT, places
from config.runtime.postgres import Server
from config.timetable import TIMETABLE
from pathways.base.templates import Undefined

django_stubs_ext.monkeypatch()  # lets forms, admins and views name their types at run time

PLACES = places()
DEMO = env.switch("PATHWAYS_DEMO")  # demo sign-ins are offered, pages are served over plain HTTP
DEBUG = env.switch("PATHWAYS_DEBUG")
TERM_LEAD_DAYS = int(
    os.environ.get("PATHWAYS_TERM_LEAD_DAYS", "30")
)  # a term of law enters the queue so long before its end
SUSPENSION_LEAD_DAYS = int(os.environ.get("PATHWAYS_SUSPENSION_LEAD_DAYS", "14"))  # and the end of a suspension
EMBEDDED = not os.environ.get("DATABASE_URL")
LOCAL = DEMO or DEBUG or EMBEDDED  # one machine, plain HTTP, secrets generated on first use

SECRET_KEY = env.secret("PATHWAYS_SECRET_KEY", places=PLACES, generate=LOCAL)
if not SECRET_KEY:
    raise ImproperlyConfigured("Set PATHWAYS_SECRET_KEY to a long random text.")
SECRET_KEY_FALLBACKS = env.words("PATHWAYS_EARLIER_SECRET_KEYS")

# --- The floors, lowest first -------------------------------------
FLOORS = (
    "pathways.base",
    "pathways.audit",
    "accounts",
    "pathways.programmes",
    "pathways.people",
    "pathways.documents",
    "pathways.notices",
    "pathways.cases",
    "pathways.registrations",
    "pathways.access",
    "pathways.duties",
    "pathways.meetings",
    "pathways.agreements",
    "pathways.courses",
    "pathways.attendance",
    "pathways.outcomes",
    "pathways.correspondence",
    "pathways.moves",
    "pathways.previews",
    "pathways.publishing",
    "pathways.work",
    "pathways.web",
    "pathways.api",
    "pathways.demo",
)

# A newcomer's way in (docs/portal-access.md): codes, text messages, sessions on borrowed phones, an eID for newcomers.
ACCESS_CODE_DAYS = int(os.environ.get("PATHWAYS_ACCESS_CODE_DAYS", "30"))
PORTAL_IDLE_MINUTES = int(os.environ.get("PATHWAYS_PORTAL_IDLE_MINUTES", "20"))
PORTAL_SHARED_IDLE_MINUTES = int(os.environ.get("PATHWAYS_PORTAL_SHARED_IDLE_MINUTES", "5"))
SMS_BACKEND = os.environ.get("PATHWAYS_SMS_BACKEND") or ("file" if LOCAL else "")
SMS_FILE_PATH = PLACES.data / "sms"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "accounts.apps.SiteConfig",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "crispy_forms",
    "crispy_bootstrap5",
    "rest_framework",
    "drf_spectacular",
    "django.contrib.postgres",
    *FLOORS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files are compressed once, on disk
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pathways.web.middleware.language_of_reader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pathways.web.portal.entry.sessions.newcomer_sessions",
    "django_htmx.middleware.HtmxMiddleware",
    "pathways.web.middleware.get_writes_nothing",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database: the one place where its address and its session settings are decided -----------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database(os.environ.get("DATABASE_URL") or Server(PLACES).url)
    | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
}

# --- Templates --------------------------------------------------------------------------------------------------------
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "pathways.web.context_processors.shell",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- People and doors -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # without a password here sign-in would not ask for one
ACCOUNT_SESSION_REMEMBER = False  # offices share computers: the session ends with the browser
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address, password or second factor is changed
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.switch("PATHWAYS_BEHIND_PROXY"))  # whose word on the client's address counts
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
SOCIALACCOUNT_ADAPTER = "pathways.web.portal.entry.eid.SocialAdapter"

SOCIALACCOUNT_PROVIDERS = providers()
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"

# --- Security ---------------------------------------------------------------------------------------------------------
ALLOWED_HOSTS = [
    *env.words("PATHWAYS_HOSTS", "127.0.0.1,[::1]" if LOCAL else ""),
    "localhost",
]  # health checks ask inside
CSRF_TRUSTED_ORIGINS = env.words("PATHWAYS_TRUSTED_ORIGINS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pathways.web.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = not LOCAL and env.switch("PATHWAYS_TLS_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the container engine, inside, over plain HTTP
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers are told in advance is the domain owner's decision
if env.switch("PATHWAYS_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],  # Bootstrap draws its arrows and ticks from data: addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *origins()],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Language, time, formats ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("nl", _("Dutch")),
    ("fr", _("French")),
    ("de", _("German")),
    ("tr", "Turkish"),
    ("ar", "Arabic"),
    ("ru", "Russian"),
    ("uk", "Ukrainian"),
    ("fa", "Persian, Dari"),
    ("ps", "Pashto"),
    ("ti", "Tigrinya"),
    ("so", "Somali"),
    ("es", "Spanish"),
]
STAFF_LANGUAGES = ("en", "nl", "fr", "de")
# On newcomers' and public pages: those that are complete.
OFFERED_LANGUAGES = ("en", "nl", "fr", "de", "tr", "ar", "ru", "uk", "fa", "ps", "ti", "so", "es")
LANGUAGES_BIDI = ["ar", "fa", "ps"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANG_INFO.update(  # each by its own name; the first three are unknown to Django
    {
        "ps": {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"},
        "ti": {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"},
        "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
        "ar": {"bidi": True, "code": "ar", "name": "Arabic", "name_local": "العربية"},
        "fa": {"bidi": True, "code": "fa", "name": "Persian, Dari", "name_local": "فارسی / دری"},
    }
)
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- Static files and documents ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = Path(os.environ.get("PATHWAYS_STATIC") or PLACES.data / "static")
MEDIA_ROOT = PLACES.media  # served by views that ask the gate, never by address
FILE_UPLOAD_PERMISSIONS = 0o640
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The key that seals papers (docs/operations.md); an installation on one machine makes its own, which nobody else trusts.
SEAL_KEY = os.environ.get("PATHWAYS_SEAL_KEY", "")
SEAL_PASSWORD = os.environ.get("PATHWAYS_SEAL_PASSWORD", "")
SEAL_SELF_SIGNED = str(PLACES.secrets / "seal.p12") if LOCAL else ""

# A class that looks for malicious content in every file handed in (docs/operations.md); "" for none.
UPLOAD_SCANNER = os.environ.get("PATHWAYS_SCAN", "")

# A class that translates messages between newcomer and office (docs/correspondence.md); "" for none.
TRANSLATOR = os.environ.get("PATHWAYS_TRANSLATOR", "")

# --- Background work --------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or "filesystem://localhost"
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(PLACES.broker / "queue"),
        "data_folder_out": str(PLACES.broker / "queue"),
        "control_folder": str(PLACES.broker / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # what came of a task is in our own tables
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = TIMETABLE
AFTER_PUBLICATION = "pathways.cases.tasks.redecide_all"  # asked for by the floor of rule sets, which cannot know cases
CELERY_BEAT_SCHEDULE_FILENAME = str(PLACES.data / "beat-schedule")

CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["CACHE_URL"]}
        if os.environ.get("CACHE_URL")
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": PLACES.data / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    )
}

# --- Mail -------------------------------------------------------------------------------------------------------------
MAIL_TO_FILES = LOCAL and not os.environ.get("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if MAIL_TO_FILES else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = PLACES.data / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.switch("EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("PATHWAYS_MAIL_FROM", "pathways@localhost")

# --- API --------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"evaluate": os.environ.get("PATHWAYS_EVALUATE_RATE", "600/min")},
    "EXCEPTION_HANDLER": "pathways.api.problems.answer_problem",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Pathways",
    "DESCRIPTION": "What the published rules mean for given facts, with reasons; programmes, rule sets and facts.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}

# --- Logging: what happened and where, never about whom ---------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "pathways.base.logging.DiscreetFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("PATHWAYS_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"level": "WARNING"},
        "django.server": {"level": "INFO", "handlers": ["console"], "propagate": False},
        "celery.app.trace": {"level": "WARNING"},  # its INFO lines quote task arguments
        "gunicorn.http.wsgi": {"level": "ERROR"},  # warns at every HEAD request
    },
}

if DEBUG:
    TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
