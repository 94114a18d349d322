"""Django's settings; whatever may differ between installations comes from `env`."""

from django.utils.csp import CSP

from jiangxue.learning.hot.app import BEAT
from jiangxue.project import env, logs
from jiangxue.project.stores import store_of_courseware, store_of_exports

ENVIRONMENT = env.read()

SECRET_KEY = ENVIRONMENT.secret_key
BEAT_MASTER_KEY = ENVIRONMENT.beat_master_key
BEAT_URL = BEAT
CRYPTO_PROFILE = env.CRYPTO_PROFILE
SEAL_KEYS = ENVIRONMENT.seal_keys.keys
SEAL_KEY_CURRENT = ENVIRONMENT.seal_keys.current
INDEX_KEY = ENVIRONMENT.index_key
DEMONSTRATION = ENVIRONMENT.demonstration
SITE = ENVIRONMENT.site
IDENTITY_SOURCE = ENVIRONMENT.identity_source
CODE_SENDER = ENVIRONMENT.code_sender
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_linear_migrations",
    "procrastinate.contrib.django",
    "jiangxue.ui",
    "jiangxue.audit",
    "jiangxue.ledger",
    "jiangxue.policies",
    "jiangxue.organisations",
    "jiangxue.accounts",
    "jiangxue.occupations",
    "jiangxue.screening",
    "jiangxue.courseware",
    "jiangxue.facecheck",
    "jiangxue.review",
    "jiangxue.enrolment",
    "jiangxue.learning",
    "jiangxue.assessment",
    "jiangxue.rating",
    "jiangxue.attendance",
    "jiangxue.notices",
    "jiangxue.reporting",
    "jiangxue.supervision",
    "jiangxue.archive",
    "jiangxue.operations",
    "jiangxue.portals.signin",
    "jiangxue.portals.learner",
    "jiangxue.portals.institution",
    "jiangxue.portals.regulator",
    "jiangxue.portals.operator",
    "jiangxue.portals.watching",
    "jiangxue.portals.staffing",
    "jiangxue.portals.organising",
    "jiangxue.portals.cases",
    "jiangxue.portals.supervising",
    "jiangxue.portals.attending",
    "jiangxue.portals.querying",
    "jiangxue.portals.archives",
    "jiangxue.portals.exporting",
    "jiangxue.portals.reports",
    "jiangxue.portals.reviewer",
    "jiangxue.portals.public",
    "jiangxue.portals.bell",
    "jiangxue.project",
]

MIDDLEWARE = [
    "jiangxue.project.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "jiangxue.project.middleware.secure_context_only",
    "jiangxue.project.middleware.readable_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jiangxue.project.middleware.ConflictPage",
]

ROOT_URLCONF = "jiangxue.project.urls"
ASGI_APPLICATION = "jiangxue.project.asgi.application"
DATABASES = {
    "default": {
        **ENVIRONMENT.database,
        # Under ASGI each request has a thread of its own, so connections are shared by a pool and never kept by threads.
        "CONN_MAX_AGE": 0,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jiangxue.project.shell.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [env.REPOSITORY / "src" / "jiangxue" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["jiangxue.accounts.authentication.IdentifierBackend"]
PASSWORD_HASHERS = ["jiangxue.accounts.passwords.HouseArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "jiangxue.accounts.passwords.UnlikePersonValidator",
        "OPTIONS": {"user_attributes": ("login_name", "name")},
    },
    {"NAME": "jiangxue.accounts.passwords.MixedCharactersValidator"},
]
LOGIN_URL = "signin:sign_in"
SECOND_FACTOR_URL = "signin:second_factor"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure or not ENVIRONMENT.demonstration
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jiangxue.project.error_pages.csrf_failure"
SECURE_PROXY_SSL_HEADER = None if ENVIRONMENT.demonstration else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if ENVIRONMENT.demonstration else 365 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Safari before 15.4 does not take a socket for one of the page's own origin.
_OWN_SOCKETS = [f"wss://{'*' * host.startswith('.')}{host}:*" for host in ENVIRONMENT.hosts]
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF, *_OWN_SOCKETS],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF, "blob:"],
    "worker-src": [CSP.SELF, "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

STATIC_URL = "/static/"
STATIC_ROOT = env.REPOSITORY / "build" / "collected"
STATICFILES_DIRS = [env.REPOSITORY / "build" / "static"]
STORAGES = {
    "courseware": store_of_courseware(ENVIRONMENT),
    "exports": store_of_exports(ENVIRONMENT),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = True
DEMONSTRATION_FILES = ENVIRONMENT.data / "demonstration"
MEDIA_MASTER_KEY = ENVIRONMENT.media_master_key
MEDIA_ACCEL = ENVIRONMENT.media_accel
WORK_FOLDER = ENVIRONMENT.data / "work"  # where files are converted; what lies there may go at any time
PAPER_FONTS = ENVIRONMENT.paper_fonts
POSTGRES_PROGRAMS = ENVIRONMENT.postgres_programs
BACKUP_HOURS = ENVIRONMENT.backup_hours
LARGEST_UPLOAD_BYTES = 4 * 1024**3

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGGING_CONFIG = None
LOGGING = logs.configuration()
logs.configure(LOGGING)
# Three jobs at a time: neither sealing many segments nor judging a class again may delay signing out. What succeeded leaves no row.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 3, "delete_jobs": "successful"}
PROCRASTINATE_ON_APP_READY = "jiangxue.project.jobs.register"
SILENCED_SYSTEM_CHECKS: list[str] = []
