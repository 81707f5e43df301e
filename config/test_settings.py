"""Settings of the tests: own database server, own data folder, templates that refuse undefined variables."""

from __future__ import annotations

import os

from config.runtime.places import places_of_tests

os.environ["PATHWAYS_DATA"] = str(places_of_tests().data)
os.environ["PATHWAYS_DEMO"] = os.environ["PATHWAYS_DEBUG"] = ""
# Set here in the first process, inherited by its xdist workers: each run has databases of its own.
RUN = os.environ.setdefault("PATHWAYS_TEST_RUN", str(os.getpid()))

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, CELERY_BROKER_URL, DATABASES, STORAGES, TEMPLATES  # noqa: E402
from pathways.base.templates import Undefined  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"NAME": f"test_pathways_{RUN}"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"tests-{os.getpid()}"}
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = CELERY_BROKER_URL.startswith("filesystem:")
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
