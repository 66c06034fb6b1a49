from unittest import mock

from django.db import DatabaseError, connection
from django.test import Client, RequestFactory, TestCase
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error

from tests.web.support import Reader


class ErrorPageTests(TestCase):
    def test_an_unknown_address_is_answered_in_spanish_with_a_way_out(self):
        response = self.client.get("/nada/")
        self.assertContains(response, "No encontramos esta página", status_code=404)
        page = Reader(response)
        self.assertIn("/", page.links)
        self.assertEqual(page.headings[0], 1)

    def test_a_failure_is_answered_in_spanish_without_a_database(self):
        client = Client(raise_request_exception=False)
        with mock.patch(
            "manual_org.web.views.manuals.published_editions",
            side_effect=DatabaseError,
        ):
            response = client.get("/")
        self.assertContains(response, "Algo falló de nuestro lado", status_code=500)

    def test_the_failure_page_asks_nothing_of_the_database(self):
        with (
            self.assertNumQueries(0),
            mock.patch.object(connection, "cursor", side_effect=DatabaseError),
        ):
            response = server_error(RequestFactory().get("/"))
        self.assertIn("/", Reader(response).links)
        self.assertNotIn(b"{%", response.content)
        self.assertNotIn(b"{#", response.content)

    def test_other_refusals_are_in_spanish_too(self):
        request = RequestFactory().get("/")
        for response, status, said in [
            (bad_request(request, ValueError()), 400, "No pudimos leer la solicitud"),
            (permission_denied(request, ValueError()), 403, "No tiene permiso"),
            (csrf_failure(request), 403, "No se guardó nada"),
        ]:
            with self.subTest(status=status, said=said):
                self.assertEqual(response.status_code, status)
                self.assertIn(said, response.content.decode())
