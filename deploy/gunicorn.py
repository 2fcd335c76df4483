"""gunicorn's settings: two processes of four threads, each with its own pool.

Threads are many enough for slow readers behind a buffering proxy; what takes long is a
job, and runs in the worker.
"""

from __future__ import annotations

import os

os.environ["KKR_DATABASE_POOL"] = "1"

wsgi_app = "kkr.wsgi:application"
bind = os.environ.get("KKR_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("KKR_WEB_PROCESSES", "2"))
threads = int(os.environ.get("KKR_WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
# A heartbeat file on disk can stall a process; memory cannot.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
forwarded_allow_ips = os.environ.get("KKR_PROXIES", "127.0.0.1")
limit_request_line = 4094
limit_request_field_size = 8190
control_socket_disable = True
accesslog = "-" if os.environ.get("KKR_ACCESS_LOG") == "1" else None
errorlog = "-"
loglevel = "warning"


def post_worker_init(worker: object) -> None:  # noqa: ARG001
    """Stop before the first request if the database role has too much power."""
    from core.roles import refuse_superuser  # noqa: PLC0415  (Django is ready now)

    refuse_superuser()


def worker_exit(server: object, worker: object) -> None:  # noqa: ARG001
    """Close the pool: left to the interpreter's end, its threads hold that up."""
    from django.db import connections  # noqa: PLC0415

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
