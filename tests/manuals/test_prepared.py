import threading

from django.db import connection
from django.test import TestCase, TransactionTestCase

from manuals.models import Edition, Manual
from manuals.prepared import PreparedQuery
from tests.factories import make_edition

labels = PreparedQuery(
    lambda slug, status: (
        Edition.objects.filter(manual__slug=slug, status=status)
        .order_by("label")
        .values_list("label", "key", "ratified_on")
    )
)


class PreparedQueryTests(TestCase):
    def test_answers_what_the_queryset_answers(self):
        make_edition("2021")
        make_edition("2024")
        for slug, status in [("dir", "draft"), ("dir", "authorised"), ("x", "draft")]:
            with self.subTest(slug=slug, status=status):
                expected = Edition.objects.filter(manual__slug=slug, status=status)
                self.assertEqual(
                    labels(slug, status),
                    list(
                        expected.order_by("label").values_list(
                            "label", "key", "ratified_on"
                        )
                    ),
                )

    def test_what_is_given_is_data_and_not_sql(self):
        make_edition("2021")
        self.assertEqual(labels("x' OR '1'='1", "draft"), [])
        self.assertEqual(labels("%s", "draft"), [])

    def test_takes_one_query_each_time(self):
        for _time in range(2):
            with self.assertNumQueries(1):
                labels("dir", "draft")

    def test_refuses_other_arguments(self):
        with self.assertRaises(ValueError):
            labels("dir")

    def test_the_queryset_is_built_once(self):
        built = []
        query = PreparedQuery(
            lambda slug: (
                built.append(slug) or Manual.objects.filter(slug=slug).values_list("pk")
            )
        )
        query("dir")
        query("otro")
        self.assertEqual(len(built), 1)


class ThreadsTests(TransactionTestCase):
    def test_each_thread_uses_its_own_connection(self):
        make_edition("2021")
        answers = []

        def ask():
            try:
                answers.append(labels("dir", "draft"))
            finally:
                connection.close()

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([len(answer) for answer in answers], [1, 1, 1, 1])
