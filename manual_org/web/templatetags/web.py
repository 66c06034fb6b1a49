"""Tags of the reader's pages."""

from django import template
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


class FixedNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist
        self.rendered = {}

    def render(self, context):
        key = get_language(), get_script_prefix()
        if key not in self.rendered:
            self.rendered[key] = self.nodelist.render(context.new())
        return self.rendered[key]


@register.tag
def fixed(parser, token):
    """A part that depends on nothing but the language and where the site is mounted.

    It is rendered once, without any variable, and kept as long as the template:
    translating, reversing and finding static files again would be half of a page.
    """
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)
