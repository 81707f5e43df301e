"""An undefined variable in a template of ours is an error; other packages' templates may rely on blanks."""

import pytest
from django.template import Context, Engine, Origin, Template

from pathways.base.templates import OURS, Undefined, UndefinedVariable

ENGINE = Engine(string_if_invalid=Undefined("%s"))


def render(text: str, origin: str) -> str:
    return Template(text, origin=Origin(origin), engine=ENGINE).render(Context({"known": "yes"}))


def test_an_undefined_variable_of_ours_is_named_with_its_template():
    with pytest.raises(UndefinedVariable, match=r"templates/page\.html: unknown\.name"):
        render("{{ unknown.name }}", f"{OURS}/templates/page.html")


def test_a_defined_variable_is_shown():
    assert render("{{ known }}", f"{OURS}/templates/page.html") == "yes"


def test_asking_whether_something_is_there_is_allowed():
    assert render("{% if unknown %}x{% endif %}", f"{OURS}/templates/page.html") == ""


@pytest.mark.parametrize("origin", ["/elsewhere/admin/base.html", f"{OURS}/.venv/lib/site-packages/admin/base.html"])
def test_templates_of_other_packages_may_rely_on_blanks(origin):
    assert render("[{{ unknown }}]", origin) == "[]"
