"""What an operator may set is written down, and the containers are described completely."""

import re

import yaml

from config.runtime.places import ROOT
from tests.architecture.source import tracked

VARIABLE = re.compile(r"\b(?:PATHWAYS_[A-Z_]+|EMAIL_[A-Z]+|DATABASE_URL|CELERY_BROKER_URL|CACHE_URL|PORT|HOST)\b")
READ = re.compile(r"(?:environ(?:\.get|\.setdefault)?[(\[]|env\.(?:switch|words|secret)\()\s*\"([A-Z_]+)\"")
FOR_DJANGO_ONLY = {"DJANGO_SETTINGS_MODULE", "PATH"}


def test_every_variable_that_is_read_is_documented():
    code = [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(ROOT / "config")]
    code = [path for path in code if path.name != "test_settings.py"]
    read = {name for path in code for name in READ.findall(path.read_text(encoding="utf-8"))} - FOR_DJANGO_ONLY
    documented = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))
    assert read - documented == {"PATHWAYS_TEST_DATA"}


def test_every_example_setting_is_documented():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) - {
        "POSTGRES_PASSWORD",
        "POSTGRES_SHARED_BUFFERS",
    }
    assert names <= set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))


def test_every_lasting_container_has_a_health_check():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"db", "redis", "prepare", "web", "worker", "beat"}
    assert [name for name, service in services.items() if name != "prepare" and "healthcheck" not in service] == []


def test_our_containers_run_without_privileges():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    ours = [services[name] for name in ("prepare", "web", "worker", "beat")]
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in ours)
    assert re.search(r"^USER pathways$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
