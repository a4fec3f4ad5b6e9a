"""Ajustes del proyecto.

Todo lo que cambia entre instalaciones viene de variables de entorno (o de un
archivo ``.env``); un valor mal escrito detiene el arranque con su razón.
"""

import re
import secrets
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants as niveles
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Sin decir nada es desarrollo, para que las órdenes sirvan tal cual tras ``make instalar``; ese entorno sólo
# contesta en este equipo (ALLOWED_HOSTS), así que una producción mal declarada no llega a abrirse.
ENTORNO = env.str("ENTORNO", "desarrollo")
if ENTORNO not in {"produccion", "desarrollo", "pruebas"}:
    raise ImproperlyConfigured(f"ENTORNO debe ser produccion, desarrollo o pruebas; vale {ENTORNO!r}.")
EN_PRODUCCION = ENTORNO == "produccion"

DEBUG = env.bool("DEPURAR", False) and not EN_PRODUCCION


def _secreto_local() -> str:
    """Fuera de producción la llave se crea una vez y se guarda con permisos cerrados."""
    ruta = VAR / "llave_secreta"
    if not ruta.exists():
        VAR.mkdir(exist_ok=True)
        ruta.touch(mode=0o600)
        ruta.write_text(secrets.token_urlsafe(60))
    return ruta.read_text()


if EN_PRODUCCION:
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    DATABASES = {"default": env.db_url("DATABASE_URL")}
else:
    SECRET_KEY = env.str("SECRET_KEY", "") or _secreto_local()
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
    DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{VAR / 'vinculacion.sqlite3'}")}

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def _sitio() -> str:
    """Con qué empiezan los enlaces de los correos que no nacen de una visita."""
    publico = f"https://{ALLOWED_HOSTS[0]}" if EN_PRODUCCION and ALLOWED_HOSTS else "http://localhost:8000"
    direccion = env.str("SITIO", CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else publico).rstrip("/")
    if not re.fullmatch(r"https?://[^\s/*.][^\s/*]*", direccion):
        raise ImproperlyConfigured(
            f"SITIO debe ser la dirección pública, como https://vinculacion.example; vale {direccion!r}."
        )
    return direccion


SITIO = _sitio()

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if not EN_PRODUCCION:
        VAR.mkdir(exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_VIDA_CONEXION", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

SALAS = [
    "vinculacion.nucleo",
    "vinculacion.directorio",
    "vinculacion.archivo",
    "vinculacion.cuentas",
    "vinculacion.comision",
    "programas",
    "convenios",
    "observacion",
    "migrantes",
    "informes",
]
INSTALLED_APPS = [
    *SALAS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_q",
    "django_tables2",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "vinculacion.nucleo.envio_entero.EnvioEntero",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vinculacion.nucleo.cabeceras.Privacidad",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vinculacion.urls"
WSGI_APPLICATION = "vinculacion.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vinculacion.nucleo.menu.menu",
            ],
        },
    },
]

# -- lengua y tiempo ---------------------------------------------------------
LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", "Español de México")]
TIME_ZONE = "America/Mexico_City"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# -- estáticos y archivos ----------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap/css", NODE_MODULES / "bootstrap/dist/css"),
    ("vendor/bootstrap/js", NODE_MODULES / "bootstrap/dist/js"),
    ("vendor/bootstrap-icons", NODE_MODULES / "bootstrap-icons/font"),
    ("vendor/source-sans-3", NODE_MODULES / "@fontsource/source-sans-3"),
    ("vendor/source-serif-4", NODE_MODULES / "@fontsource/source-serif-4"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if EN_PRODUCCION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = not EN_PRODUCCION
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR / "archivos")))
# Nada se sirve desde una dirección pública: cada descarga pasa por una vista que pregunta el permiso.
MEDIA_URL = "archivos-privados/"
SENDFILE_BACKEND = env.str("SENDFILE_BACKEND", "django_sendfile.backends.simple")
SENDFILE_ROOT = MEDIA_ROOT
SENDFILE_URL = "/interno"
ARCHIVO_TAMANO_MAXIMO = env.int("ARCHIVO_TAMANO_MAXIMO", 25 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "vinculacion.archivo.subidas.TopeDeTamano",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# -- cuentas -----------------------------------------------------------------
AUTH_USER_MODEL = "cuentas.Usuario"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if ENTORNO == "pruebas":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inicio"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "vinculacion.cuentas.adaptador.Adaptador"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# De los intentos con contraseña se encarga axes (véase el adaptador); éste es el tope de códigos del segundo factor.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Vinculación"
AXES_FAILURE_LIMIT = env.int("INTENTOS_DE_ENTRADA", 5)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USERNAME_CALLABLE = "vinculacion.cuentas.adaptador.nombre_intentado"
AXES_CLIENT_IP_CALLABLE = "vinculacion.cuentas.adaptador.direccion_intentada"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "cuentas/bloqueo.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLED = ENTORNO != "pruebas" or env.bool("PROBAR_BLOQUEO", False)
SESSION_COOKIE_AGE = env.int("DURACION_SESION", 8 * 60 * 60)
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
MESSAGE_TAGS = {niveles.ERROR: "danger", niveles.DEBUG: "secondary"}

# -- seguridad ---------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if EN_PRODUCCION:
    # Detrás del intermediario, la dirección de quien entra viene en X-Forwarded-For; sin esto el bloqueo
    # por intentos contaría a todos como uno solo.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("INTERMEDIARIOS_DE_CONFIANZA", 1)
    SECURE_SSL_REDIRECT = env.bool("REDIRIGIR_A_HTTPS", True)
    SECURE_REDIRECT_EXEMPT = [r"^salud/$"]  # la pregunta el propio equipo, sin pasar por el intermediario
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SEGUNDOS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    },
}

# -- correo ------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("CORREO_REMITENTE", "vinculacion@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if EN_PRODUCCION:
    vars().update(env.email_url("EMAIL_URL", "smtp://localhost:25"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "correo"

# -- trabajo en segundo plano ------------------------------------------------
Q_CLUSTER = {
    "name": "vinculacion",
    "orm": "default",
    "workers": env.int("TRABAJADORES", 2),
    "timeout": 600,
    "retry": 900,
    "ack_failures": False,
    "max_attempts": 3,
    "catch_up": False,
    "label": "Tareas",
    "sync": ENTORNO == "pruebas",
}

# -- informes congelados -----------------------------------------------------
# Con esta dirección empieza la que lleva el colofón de cada informe: la lee quien esté fuera, con su código QR.
DIRECCION_PUBLICA = env.str(
    "DIRECCION_PUBLICA", f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if EN_PRODUCCION else "http://localhost:8000"
)
# Queda anotada en cada versión congelada; en blanco, se anota la huella del código que corre.
VERSION_DEL_SISTEMA = env.str("VERSION_DEL_SISTEMA", "")

# -- páginas -----------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "nucleo/tabla.html"
IMPORT_EXPORT_USE_TRANSACTIONS = True
SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linea": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "linea"}},
    "root": {"handlers": ["consola"], "level": env.str("NIVEL_DE_BITACORA", "WARNING")},
}
