"""Settings of the benchmark: a database server and a data folder of its own, beside those of a running installation."""

from __future__ import annotations

import os

from config.runtime.places import ROOT

os.environ.setdefault("PATHWAYS_DATA", str(ROOT / "var" / "bench"))
os.environ.pop("DATABASE_URL", None)

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STORAGES

DATABASES["default"]["CONN_MAX_AGE"] = None  # one connection for the whole run, also through the test client
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DEMO = True  # a changed rule set may take the place of the one of an earlier run
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
