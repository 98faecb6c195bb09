"""The names that a text needs are found without a parser where that can be, and are the same."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError, meta

from bot.content.load import Content
from bot.content.responses import Texts
from bot.core.catalog import Language


def needed(template: str) -> set[str]:
    sources = {language: {"key": template} for language in Language}
    return Texts(sources=sources, labels={}, settings={}).placeholders("key", Language.EN)


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("plain {{ true }}", set()),
        ("{{ number }} of {{ due|day }}", {"number", "due"}),
        ("{% if late %}late{% else %}{{ due|day }}{% endif %}", {"late", "due"}),
        ("{% if a %}{% if b %}{{ c }}{% endif %}{% endif %}", {"a", "b", "c"}),
        ("{{ days|int // 365 }}{% if not late %}x{% endif %}", {"days", "late"}),
        ("{% if right in ('access',) %}{{ true }}{% endif %}", {"right"}),
    ],
)
def test_names_are_found(template: str, names: set[str]) -> None:
    assert needed(template) == names


@pytest.mark.parametrize(
    "template",
    [
        "{% if late %}",
        "{% endif %}",
        "{% else %}",
        "{% if a %}{% else %}{% else %}{% endif %}",
        "{% if a %}{% endif %}{% endif %}",
        "{{ number",
        "{{ number }",
        "{{ number|nothing }}",
    ],
)
def test_a_broken_template_is_refused(template: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        needed(template)


@pytest.mark.parametrize("language", Language)
def test_what_is_found_is_what_a_parser_finds(content: Content, language: Language) -> None:
    texts = content.texts
    for key, source in texts.sources[language].items():
        tree = texts._environments[language].parse(source)
        assert texts.placeholders(key, language) == meta.find_undeclared_variables(tree), key
