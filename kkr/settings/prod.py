"""Production: behind a proxy with TLS; every secret from the environment."""

from __future__ import annotations

from kkr.env import env_bool, env_int, env_list, env_required, env_secret
from kkr.settings.base import *  # noqa: F403

SECRET_KEY = env_secret("SECRET_KEY")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or [env_required("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# Demo accounts and the demo's clock exist in the demo only, whatever the environment.
DEMO = False
CLOCK_DATE = None
# How many proxies of ours stand before the portal: rate limits count the client behind.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("KKR_PROXY_COUNT", 1)
SECURE_SSL_REDIRECT = True
# A load balancer asks from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# Whether TLS was used is gunicorn's word: it believes the proxies of KKR_PROXIES alone.
SECURE_HSTS_SECONDS = 63072000
# A parent domain's other hosts are not ours to decide for.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("KKR_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env_bool("KKR_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"

# Links in mails never follow what a request calls the portal.
PORTAL_ADDRESS = env_secret(
    "KKR_ADDRESS", f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
).rstrip("/")
DEFAULT_FROM_EMAIL = env_secret(
    "MAIL_FROM", f"KKR-portalen <noreply@{ALLOWED_HOSTS[0].lstrip('.')}>"
)

# Never in clear when TLS is asked for: the connection fails instead.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env_secret("MAIL_HOST", "localhost"),
            "port": env_int("MAIL_PORT", 587),
            "username": env_secret("MAIL_USER", ""),
            "password": env_secret("MAIL_PASSWORD", ""),
            "use_tls": env_bool("MAIL_TLS", default=True),
            "timeout": 10,
        },
    }
}
