"""Nothing in the repository depends on the machine on which it was written."""

import json
import re

import pytest

from config.runtime.places import ROOT
from tests.architecture.source import tracked

# Written in pieces, so that this file does not name what it looks for.
FORBIDDEN = {
    "a machine's path": re.compile(r"(?<!\w)/" + r"(?:work|root|home/\w+|Users/\w+)/[\w.]"),
    "a package index": re.compile(r"//[\w.-]*(?:py" + r"pi\.org|pythonhosted|npm" + r"js\.(?:org|com)|/simple\b)"),
    "a secret": re.compile("-----BEGIN " + r"(?:RSA |EC )?PRIVATE KEY-----"),
}
TEXT = frozenset(".py .md .txt .toml .json .yml .yaml .html .css .js .mjs .csv .po".split()) | {""}  # noqa: SIM905


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_file_names(kind):
    found = []
    for path in tracked():
        if path.suffix in TEXT and "fonts" not in path.parts and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FORBIDDEN[kind].finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["bootstrap", "base", "dev", "bench"])
def test_every_locked_python_package_has_a_hash(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    packages = re.findall(r"^[\w.\[\]-]+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert packages
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"--(?:extra-)?index-url|--find-links|file:", text)


def test_every_locked_npm_package_has_a_hash_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
