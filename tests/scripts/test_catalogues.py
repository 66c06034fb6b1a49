"""script/catalogues: .mo files made without GNU gettext, and found stale."""

import gettext
import io
import sys

import pytest

from tests.scripts.loading import load_script

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: simple_history/models.py
msgid "Changed"
msgstr "Modificó"

msgctxt "action"
msgid "Change"
msgstr "Cambiar «\"esto\"»"

#, python-format
msgid "%d row"
msgid_plural "%d rows"
msgstr[0] "%d fila"
msgstr[1] "%d filas"

#, fuzzy
msgid "Doubtful"
msgstr "Dudoso"

msgid "Untranslated"
msgstr ""

#~ msgid "Old"
#~ msgstr "Viejo"
"""


@pytest.fixture(scope="module")
def catalogues():
    return load_script("catalogues")


@pytest.fixture
def locale(tmp_path):
    folder = tmp_path / "es_MX" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    return tmp_path


def run(catalogues, locale, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["script/catalogues", *arguments])
    return catalogues.main(locale)


def test_the_standard_library_reads_what_was_compiled(catalogues):
    mo = catalogues.compiled(catalogues.catalogue(PO))
    translations = gettext.GNUTranslations(io.BytesIO(mo))
    assert translations.gettext("Changed") == "Modificó"
    assert translations.pgettext("action", "Change") == 'Cambiar «"esto"»'
    assert translations.ngettext("%d row", "%d rows", 2) == "%d filas"
    for same in ("Doubtful", "Untranslated", "Old"):
        assert translations.gettext(same) == same


def test_a_catalogue_is_current_only_after_it_was_compiled(
    catalogues, locale, monkeypatch, capsys
):
    assert run(catalogues, locale, monkeypatch, "--check") == 1
    assert "django.mo is not current" in capsys.readouterr().err
    assert run(catalogues, locale, monkeypatch) == 0
    assert run(catalogues, locale, monkeypatch, "--check") == 0


def test_a_changed_translation_makes_the_compiled_one_stale(
    catalogues, locale, monkeypatch
):
    run(catalogues, locale, monkeypatch)
    po = next(locale.glob("**/*.po"))
    po.write_text(PO.replace("Modificó", "Cambió"), encoding="utf-8")
    assert run(catalogues, locale, monkeypatch, "--check") == 1


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("msgid oops\n", "line 1 is no part"),
        ('msgid "a"\nmsgstr "b"\nmsgid "c"\n', "line 3 has no blank line"),
        ('msgid "a"\nmsgstr "b"\n\n' * 2, "message twice: 'a'"),
    ],
)
def test_a_damaged_catalogue_is_refused(catalogues, damage, complaint):
    with pytest.raises(ValueError, match=complaint):
        catalogues.catalogue(damage)
