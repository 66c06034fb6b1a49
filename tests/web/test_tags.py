from django.template import Context, engines
from django.test import SimpleTestCase
from django.urls import set_script_prefix
from django.utils import translation


class FixedTests(SimpleTestCase):
    def template(self, source):
        return engines["django"].from_string("{% load i18n web %}" + source).template

    def test_sees_no_variable(self):
        template = self.template("{% fixed %}<{{ name }}>{% endfixed %}{{ name }}")
        self.assertEqual(template.render(Context({"name": "a"})), "<>a")

    def test_is_rendered_once(self):
        template = self.template("{% fixed %}{% now 'u' %}{% endfixed %}")
        self.assertEqual(template.render(Context()), template.render(Context()))

    def test_is_rendered_again_for_another_language(self):
        template = self.template("{% fixed %}{% translate 'Yes' %}{% endfixed %}")
        said = []
        for language in ["es", "de", "es"]:
            with translation.override(language):
                said.append(template.render(Context()))
        self.assertEqual(said, ["Sí", "Ja", "Sí"])

    def test_is_rendered_again_where_the_site_is_mounted_elsewhere(self):
        self.addCleanup(set_script_prefix, "/")
        template = self.template("{% fixed %}{% url 'web:home' %}{% endfixed %}")
        self.assertEqual(template.render(Context()), "/")
        set_script_prefix("/manuales-imss/")
        self.assertEqual(template.render(Context()), "/manuales-imss/")

    def test_everything_else_is_rendered_each_time(self):
        template = self.template("{% fixed %}a{% endfixed %}{{ name }}")
        rendered = [template.render(Context({"name": name})) for name in "bc"]
        self.assertEqual(rendered, ["ab", "ac"])
