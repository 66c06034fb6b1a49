"""How histories say long texts and name items."""

from django.test import TestCase

from manual_org.web import history_words


class WordsTests(TestCase):
    def test_excerpts_end_at_a_word(self):
        self.assertEqual(
            history_words.excerpt("uno dos tres", 9), "uno dos\N{NO-BREAK SPACE}…"
        )
        self.assertEqual(history_words.excerpt("uno dos tres", 12), "uno dos tres")

    def test_a_folded_text_keeps_every_change(self):
        kept = "a" * 1000
        html = history_words.redline(
            (("=", kept), ("-", "viejo"), ("=", kept), ("+", "nuevo"), ("=", kept)),
            folded=True,
        )
        self.assertLess(len(html), 1000)
        for words in ("viejo", "nuevo", "[…]"):
            self.assertIn(words, html)
        whole = history_words.redline((("=", kept),))
        self.assertEqual(whole, kept)

    def test_items_are_named_by_their_depth(self):
        self.assertEqual(history_words.item_name("3."), "Función 3.")
        self.assertEqual(history_words.item_name("3. b)"), "Inciso 3. b)")
        self.assertEqual(history_words.item_name("3. b) i)"), "Subinciso 3. b) i)")
        self.assertEqual(history_words.item_name(""), "Función")
