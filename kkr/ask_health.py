"""Asks this container's own ``/healthz``; exits 0 when it says that all is well."""

from __future__ import annotations

import http.client
import os
import sys
from typing import Final

SECONDS: Final = 5


def main() -> int:
    """Ask as the portal's own host name, which is the only one it answers."""
    port = int(os.environ.get("KKR_BIND", "127.0.0.1:8000").rpartition(":")[2])
    host = os.environ.get("ALLOWED_HOSTS", "localhost").partition(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return 0 if connection.getresponse().status == http.client.OK else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
