"""Every template is used, and a fragment's name says that it is one."""

import re

from config.runtime.places import ROOT
from tests.architecture.source import tracked

TEMPLATES = ROOT / "templates"
# Other packages ask for these by their own names.
OVERRIDES = ("account/", "allauth/", "mfa/", "socialaccount/", "usersessions/", "django/", "registration/", "admin/")
BY_NAME = ("errors/",)  # pathways/web/errors.py puts the name together
BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def ours() -> set[str]:
    paths = [path for path in tracked() if path.suffix == ".html" and path.is_relative_to(TEMPLATES)]
    return {path.relative_to(TEMPLATES).as_posix() for path in paths}


def test_every_template_is_used():
    sources = [path for path in tracked() if path.suffix in {".py", ".html"} and "tests" not in path.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"[\w./-]+\.html", text))
    unused = {name for name in ours() - named - BY_DJANGO if not name.startswith(OVERRIDES + BY_NAME)}
    assert unused == set()


def test_templates_hold_no_script_and_no_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\son\w+=\"|\sstyle=\"")
    found = [name for name in sorted(ours()) if inline.search((TEMPLATES / name).read_text(encoding="utf-8"))]
    assert found == []
