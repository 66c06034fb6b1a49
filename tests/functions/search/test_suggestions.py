"""Mistyped words, as people do mistype them, and the words that are suggested."""

import pytest
from django.test import TestCase

from functions.models import Synonym
from functions.search import Scope, complete, search
from functions.search.sounds import sound
from tests.factories import make_function, make_tree

WORDS = """
    abogado acción aclaración afiliación adquisición aplicación ayuntamiento
    beneficiarios capacitación casación certificación cobranza coordinación corrección
    cotización cuantificación cuotas deducciones derechohabientes determinación
    devoluciones dirección disoluciones embargo empresa equipos evaluación exenciones
    excepciones extranjero fiscalización garantías gestión haberes hallazgos hijos
    incapacidad inscripción inspección jubilación jurídico licencias liquidación multas
    notificación obligaciones pagos parcialidades patrones pensionados quejas
    reclamaciones recargos registro resoluciones revisión salario seguro servicios
    subdelegación subsidio trabajadores trámites transparencia vacaciones verificación
    vigencia vivienda
"""

MISSPELLED = [
    ("deboluciones", "devoluciones"),  # b, v
    ("vibienda", "vivienda"),
    ("berificacion", "verificación"),
    ("cobransa", "cobranza"),  # s, z
    ("cotisasion", "cotización"),  # c, s, z
    ("vacasiones", "vacaciones"),
    ("fiscalisación", "fiscalización"),
    ("lisencias", "licencias"),
    ("pensionadoz", "pensionados"),
    ("jubilasion", "jubilación"),
    ("gubilacion", "jubilación"),  # g, j
    ("jestion", "gestión"),
    ("estrangero", "extranjero"),
    ("derecoabientes", "derechohabientes"),  # h
    ("derechoavientes", "derechohabientes"),
    ("aberes", "haberes"),
    ("hembargo", "embargo"),
    ("hallasgos", "hallazgos"),
    ("ayazgos", "hallazgos"),  # ll, y, h, z, s
    ("alluntamiento", "ayuntamiento"),
    ("kejas", "quejas"),  # k, qu
    ("quuejas", "quejas"),
    ("kapasitasion", "capacitación"),
    ("ekipos", "equipos"),
    ("acsion", "acción"),  # cc, cs
    ("corecsion", "corrección"),
    ("inspecion", "inspección"),
    ("inscribcion", "inscripción"),
    ("transparensia", "transparencia"),
    ("trasparencia", "transparencia"),
    ("inpresa", "empresa"),  # n, m
    ("enpresa", "empresa"),
    ("subcidio", "subsidio"),
    ("serbicios", "servicios"),
    ("grantias", "garantías"),  # a letter left out
    ("afilicion", "afiliación"),
    ("mutlas", "multas"),  # two letters exchanged
    ("notificaicon", "notificación"),
    ("trabjadores", "trabajadores"),
    ("patronnes", "patrones"),
    ("parsialidades", "parcialidades"),
    ("segguro", "seguro"),
    ("vijencia", "vigencia"),
    ("eksepciones", "excepciones"),
    ("juridiko", "jurídico"),
]


@pytest.mark.parametrize(
    "words",
    [
        "devolucion debolusion",
        "quejas kejas",
        "cobranza cobransa",
        "gestion jestion",
        "hallazgo ayasgo",
        "accion acsion",
        "extranjero estranjero",
        "empresa enpresa",
        "haberes averes",
        "psicologo sicologo",
    ],
)
def test_spellings_that_sound_alike_are_one_sound(words):
    one, other = map(sound, words.split())
    assert one == other


@pytest.mark.parametrize(
    "words", ["gato jato", "caso chaso", "multa muta", "pago pajo"]
)
def test_other_sounds_differ(words):
    one, other = map(sound, words.split())
    assert one != other


class SuggestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 > 8.2")
        for number, word in enumerate(WORDS.split()):
            make_function(units["8.2" if number % 2 else "8.1"], f"Llevar {word}.")
        cls.edition = units["8.1"].edition
        cls.scope = Scope.of(cls.edition)

    def test_real_misspellings_lead_to_the_word_meant(self):
        for typed, meant in MISSPELLED:
            with self.subTest(typed):
                suggested = search(self.scope, typed).suggestions
                self.assertIn(meant, [one.text for one in suggested])

    def test_a_word_like_no_other_is_not_taken_for_one(self):
        for typed in ("xilófono", "murciélago", "kilovatio", "zzzz", "qwerty"):
            with self.subTest(typed):
                self.assertEqual(search(self.scope, typed).suggestions, ())

    def test_several_mistyped_words_are_put_right_together(self):
        results = search(self.scope, "deboluciones y kejas, kejas")
        self.assertEqual(
            {(one.word, one.instead) for one in results.suggestions},
            {("deboluciones", "devoluciones"), ("kejas", "quejas")},
        )
        self.assertEqual(
            {one.text for one in results.suggestions},
            {"devoluciones y quejas, quejas"},
        )

    def test_a_synonym_that_leads_to_something_is_suggested_too(self):
        Synonym.objects.create(term="xilófono", others=["multas"])
        Synonym.objects.create(term="ukelele", others=["arpas"])
        (one,) = search(self.scope, "silofono").suggestions
        self.assertEqual(one.instead, "xilófono")
        self.assertGreater(search(self.scope, one.text).total, 0)
        self.assertEqual(search(self.scope, "ukelelee").suggestions, ())

    def test_a_part_of_another_word_is_left_as_it_is(self):
        (one,) = search(self.scope, "multasmultas mutlas").suggestions
        self.assertEqual(one.text, "multasmultas multas")

    def test_completions_are_whole_queries_and_not_what_stands_there_already(self):
        self.assertEqual(complete(self.scope, "llevar mul"), ["llevar multas"])
        for typed in ("multas", "llevar multas", "MULTAS"):
            with self.subTest(typed):
                self.assertEqual(complete(self.scope, typed), [])

    def test_of_the_forms_of_a_word_only_the_most_frequent_is_offered(self):
        unit = self.edition.units.get(code="8.2")
        for text in ("Cobrar la multa.", "Perdonar la multa."):
            make_function(unit, text)
        self.assertEqual(complete(self.scope, "mul"), ["multa"])

    def test_what_stands_beside_the_other_words_is_offered_first(self):
        unit = self.edition.units.get(code="8.2")
        for text in ("Cobrar multas.", "Archivar multas.", "Cobrar muelles."):
            make_function(unit, text)
        self.assertEqual(complete(self.scope, "mu"), ["multas", "muelles"])
        self.assertEqual(
            complete(self.scope, "el cobro de mu"),
            ["el cobro de muelles", "el cobro de multas"],
        )
        self.assertEqual(complete(self.scope, "xilófono mue"), ["xilófono muelles"])

    def test_the_frequent_are_offered_though_many_come_before_in_the_alphabet(self):
        unit = self.edition.units.get(code="8.2")
        many = " ".join(f"zo{one}{two}" for one in "abcdefghij" for two in "abcdefghij")
        for text in (many, "Llevar zoológicos.", "Cerrar zoológicos."):
            make_function(unit, text)
        self.assertEqual(complete(self.scope, "zo", limit=1), ["zoológicos"])
