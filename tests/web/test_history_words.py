"""How histories say long texts and name items."""

from django.test import TestCase

from manual_org.web import history_words
from review.history import words


class WordsTests(TestCase):
    def test_excerpts_end_at_a_word(self):
        self.assertEqual(words.excerpt("uno dos tres", 9), "uno dos\N{NO-BREAK SPACE}…")
        self.assertEqual(words.excerpt("uno dos tres", 12), "uno dos tres")

    def test_a_folded_text_keeps_every_change(self):
        kept = "a" * 1000
        html = history_words.redline(
            (("=", kept), ("-", "viejo"), ("=", kept), ("+", "nuevo"), ("=", kept)),
            folded=True,
        )
        self.assertLess(len(html), 1000)
        for part in ("viejo", "nuevo", "[…]"):
            self.assertIn(part, html)
        whole = history_words.redline((("=", kept),))
        self.assertEqual(whole, kept)

    def test_items_are_named_by_their_depth(self):
        self.assertEqual(words.item_name("3."), "Función 3.")
        self.assertEqual(words.item_name("3. b)"), "Inciso 3. b)")
        self.assertEqual(words.item_name("3. b) i)"), "Subinciso 3. b) i)")
        self.assertEqual(words.item_name(""), "Función")
