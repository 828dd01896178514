"""Django's settings of one installation: a single file, every outside value from `plumbing.env`.

No branch asks for the name of an environment; a test and a city differ only in values.
"""

from pathlib import Path

from hotline.plumbing.database import django_database
from hotline.plumbing.env import env
from hotline.plumbing.outbox.ways import message_ways

ENV = env()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
LEDGER_KEY = ENV.ledger_key
ALLOWED_HOSTS = [*ENV.hosts, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ENV.hosts]

# --- parts ---
REGISTRIES = ("units", "regions", "categories", "calendars", "lines", "people", "knowledge", "emergencies", "duty")
STAGES = ("intake", "dispatch", "handling", "joint", "review", "callback", "leading")
OVERSIGHT = (
    "notices",
    "recomputing",
    "supervision",
    "supervision.visits",
    "supervision.media",
    "emergency",
    "messaging",
    "clocks",
    "documents",
    "instructions",
)
OURS = [
    "hotline.plumbing",
    "hotline.plumbing.outbox",
    *(f"hotline.registry.{name}" for name in REGISTRIES),
    "hotline.tickets",
    "hotline.tickets.precedents",
    *(f"hotline.stages.{name}" for name in STAGES),
    *(f"hotline.oversight.{name}" for name in OVERSIGHT),
    "hotline.desks",
    "hotline.desks.views",
    "hotline.desks.drafts",
    "hotline.config",
]
INSTALLED_APPS = [
    *OURS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]
MIDDLEWARE = [
    "hotline.config.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "hotline.config.middleware.content_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hotline.config.middleware.reading_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hotline.config.middleware.not_kept",
    "hotline.config.middleware.way_back",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hotline.config.middleware.own_password_first",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "hotline.config.urls"
WSGI_APPLICATION = "hotline.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hotline.config.demo.context",
            ],
        },
    }
]

# --- data ---
# Nobody has started a server for a bare `import settings` (type checking, makemigrations): the address then
# leads into an empty folder, and the first query says that the database is away.
NOWHERE = f"postgresql:///zhitong?host={ENV.run_dir}"
DATABASES = {"default": django_database(ENV.database_url or NOWHERE, pool_size=ENV.web_threads + 2)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- people ---
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "hotline.registry.people.backend.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hotline.config.accounts.OfficeAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # django-axes counts failures, in the database and over all processes
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Hotline-Client"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "12345"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "hotline.config.accounts.name_tried"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "hotline.config.accounts.locked_out"
AXES_CLIENT_IP_CALLABLE = "hotline.config.middleware.address_of"

# --- browsers ---
SESSION_ENGINE = "hotline.config.sessions"
SESSION_COOKIE_NAME = "hotline_session"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hotline.config.errors.csrf_refused"
SECURE_HSTS_SECONDS = 31_536_000 if ENV.secure else 0
SECURE_SSL_REDIRECT = False  # only the front listens outside, and it speaks one scheme
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS follows HOTLINE_HTTPS
    "security.W008",  # the redirect is the front's business
    "security.W012",  # secure cookies follow HOTLINE_HTTPS
    "security.W016",
]

# --- words and times ---
LANGUAGE_CODE = ENV.language
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- static files and attachments ---
STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = ENV.home / "attachments"
PAPERS = ENV.home / "papers"
ATTACHMENT_MOST_MB = ENV.attachment_mb
ATTACHMENT_MOST_FILES = ENV.attachments
FILE_UPLOAD_HANDLERS = [
    "hotline.tickets.attachments.receiving.CutOff",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * ATTACHMENT_MOST_FILES
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # all mail goes through the outbox
MESSAGE_WAYS = message_ways(ENV)
MESSAGE_KEEP_DAYS = ENV.message_keep_days
MESSAGE_ROW_DAYS = ENV.message_row_days
CALL_NOTE_DAYS = ENV.call_note_days
PUBLIC_ADDRESS = f"https://{ENV.hosts[0].removeprefix('.')}" if ENV.hosts else f"http://localhost:{ENV.port}"
CALLBACK_ANSWER_KEY = ENV.sms_key  # the gateway signs what citizens send back as we sign what we send

# --- this installation ---
CITY = ENV.city
LIVE_CHANNEL = f"hotline_live_{ENV.city}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "hotline.plumbing.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level.upper()},
    "loggers": {
        "django": {"handlers": [], "level": ENV.log_level.upper(), "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "procrastinate": {"level": "WARNING" if ENV.log_level == "info" else ENV.log_level.upper()},
        "axes": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},  # at debug it writes down what photos tell: places, names, numbers
    },
}
