"""docs/mirror.py holds what the register holds, whatever happens on the way."""

import datetime
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from unittest import mock

from django.test import TestCase

from exchange.services import duplicate_edition
from functions.services import change_function, create_function, delete_function
from manuals.models import Manual
from manuals.permissions import OPERATOR
from manuals.services import (
    change_edition,
    change_manual,
    discard_edition,
    withdraw_edition,
)
from tests.api.support import make_small_manual, make_token
from tests.docs.mirroring import (
    SERVER,
    Killed,
    MirrorMixin,
    Server,
    http_error,
    mirror,
)
from tests.factories import REASON, authorise, make_user

WHO = {"user": OPERATOR, "reason": REASON}
DAY = datetime.date(2021, 3, 4)


class MirrorTestCase(MirrorMixin, TestCase):
    """An edition in force and a draft that was made from it."""

    @classmethod
    def setUpTestData(cls):
        cls.old, _units, _functions = make_small_manual("2021", "8.1 8.2 8.2.1 8.3")
        cls.old = authorise(cls.old, DAY)
        cls.draft = duplicate_edition(edition=cls.old, label="2024", **WHO)

    def function(self, text="Evaluar los resultados."):
        return self.draft.functions.get(text=text)


class MirrorTests(MirrorTestCase):
    def test_it_holds_every_unit_function_and_item_of_what_is_published(self):
        self.assertEqual(self.run_mirror(), 1)
        self.assertMirrorsTheRegister(self.old)
        self.assertEqual(
            self.read("SELECT DISTINCT manual, edition FROM in_force_today"),
            [("dir", "2021")],
        )

    def test_what_is_not_in_force_today_is_not_in_the_view(self):
        future = datetime.date(2999, 1, 1)
        authorise(self.draft, future)
        self.run_mirror()
        self.assertEqual(
            self.read("SELECT label, effective_from, effective_to FROM editions"),
            [("2021", "2021-03-04", "2998-12-31"), ("2024", "2999-01-01", None)],
        )
        self.assertEqual(
            self.read("SELECT DISTINCT edition FROM in_force_today"), [("2021",)]
        )

    def test_it_asks_once_for_all_units_and_then_only_whether_there_is_more(self):
        first, second, third = Server(), Server(), Server()
        for server in (first, second, third):
            self.run_mirror(server=server)
        self.assertEqual([status for _address, status in first.asked], [200] * 4)
        self.assertEqual([status for _address, status in second.asked], [200])
        self.assertEqual([status for _address, status in third.asked], [304])

    def test_what_is_authorised_and_withdrawn_later_is_followed(self):
        self.run_mirror()
        new = authorise(self.draft, datetime.date(2024, 4, 1))
        self.run_mirror()
        self.old.refresh_from_db()
        self.assertMirrorsTheRegister(self.old, new)
        self.assertEqual(
            self.read("SELECT effective_to FROM editions WHERE label = '2021'"),
            [("2024-03-31",)],
        )
        withdraw_edition(edition=new, **WHO)
        self.run_mirror()
        new.refresh_from_db()
        self.assertMirrorsTheRegister(self.old, new)
        self.assertEqual(self.read("SELECT * FROM in_force_today"), [])

    def test_what_happens_while_it_runs_is_not_missed(self):
        def authorise_meanwhile(number, _url):
            if number == 3:
                authorise(self.draft, datetime.date(2024, 4, 1))
            elif number == 4:
                self.draft.refresh_from_db()
                withdraw_edition(edition=self.draft, **WHO)

        self.run_mirror(server=Server(authorise_meanwhile))
        self.run_mirror()
        for edition in (self.old, self.draft):
            edition.refresh_from_db()
        self.assertEqual(self.draft.status, "withdrawn")
        self.assertMirrorsTheRegister(self.old, self.draft)

    def test_a_manual_is_followed_under_its_new_name(self):
        self.run_mirror()
        change_manual(
            manual=Manual.objects.get(), slug="dir-2", title="Otro título", **WHO
        )
        self.run_mirror()
        self.assertEqual(self.read("SELECT * FROM manuals"), [("dir-2", "Otro título")])
        self.assertEqual(
            self.read("SELECT DISTINCT manual FROM editions"), [("dir-2",)]
        )
        self.assertEqual(self.run_mirror(), 0)

    def test_an_edition_is_followed_before_the_new_name_of_its_manual_is(self):
        self.run_mirror()
        new = authorise(self.draft, datetime.date(2024, 4, 1))
        change_manual(manual=Manual.objects.get(), slug="dir-2", **WHO)
        self.run_mirror()
        self.old.refresh_from_db()
        self.assertMirrorsTheRegister(self.old, new)
        self.assertEqual(self.read("SELECT slug FROM manuals"), [("dir-2",)])

    def test_kinds_of_changes_that_it_does_not_know_are_passed_over(self):
        def with_news(url, *args):
            page, etag = read(url, *args)
            if "/changes/" in url and page:
                old = page["results"]
                page["results"] = [
                    row
                    for one in old
                    for row in (one, {**one, "kind": "note.posted", "content": []})
                ]
                # Cursors only grow: the news stand between those that there are.
                for place, row in enumerate(page["results"]):
                    row["cursor"] -= len(page["results"]) - 1 - place
            return page, etag

        api = mirror.Api(SERVER)
        read = api.get
        with mock.patch.object(mirror.urllib.request, "urlopen", Server()):
            one = mirror.Mirror(api, "dir", self.database)
            self.addCleanup(one.db.close)
            with mock.patch.object(api, "get", with_news):
                self.assertEqual(one.catch_up(), 2)
        self.assertMirrorsTheRegister(self.old)

    def test_when_the_server_went_back_to_an_older_copy_all_is_read_again(self):
        self.run_mirror()
        wanted = self.content()
        with mirror.sqlite3.connect(self.database) as db:
            db.execute("UPDATE mirror SET cursor = cursor + 5")
            db.execute(
                "INSERT INTO editions SELECT 'lost', status, '', '', '', '', "
                "manual FROM editions"
            )
        db.close()
        self.assertEqual(self.run_mirror(), 1)
        self.assertEqual(self.content(), wanted)

    def test_two_at_once_do_not_write_the_same_twice(self):
        def another(number, _url):
            if number == 4:
                self.run_mirror()

        with self.assertRaises(mirror.TryLater):
            self.run_mirror(server=Server(another))
        self.assertMirrorsTheRegister(self.old)


class DraftMirrorTests(MirrorTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.token = make_token(make_user("lector"))[1]

    def follow(self):
        return self.run_mirror(token=self.token)

    def test_each_save_in_a_draft_is_followed(self):
        self.follow()
        self.assertMirrorsTheRegister(self.old, self.draft)
        change_function(function=self.function(), text="Evaluarlos.", **WHO)
        create_function(unit=self.function("Evaluarlos.").unit, text="Otra.", **WHO)
        self.assertEqual(self.follow(), 2)
        self.assertMirrorsTheRegister(self.old, self.draft)
        delete_function(function=self.function("Evaluarlos."), **WHO)
        self.follow()
        self.assertMirrorsTheRegister(self.old, self.draft)

    def test_a_draft_that_is_renamed_and_discarded_leaves_nothing(self):
        self.follow()
        change_edition(edition=self.draft, label="2025", **WHO)
        self.draft.refresh_from_db()
        self.follow()
        self.assertMirrorsTheRegister(self.old, self.draft)
        discard_edition(edition=self.draft, **WHO)
        self.follow()
        self.assertMirrorsTheRegister(self.old)

    def test_many_saves_are_read_once(self):
        for place in range(5):
            create_function(unit=self.function().unit, text=f"Otra {place}.", **WHO)
        server = Server()
        self.run_mirror(server=server, token=self.token)
        asked = [address for address, _status in server.asked]
        self.assertEqual(sum("2024/units" in address for address in asked), 1)
        self.assertMirrorsTheRegister(self.old, self.draft)


class UnreliableServerTests(MirrorTestCase):
    def failing(self, *failures):
        """A server that answers so, in turn, before it answers as it should."""
        left = list(failures)

        def fail(_number, url):
            if left:
                raise left.pop(0)(url)

        return Server(fail)

    def test_it_waits_as_long_as_it_is_told_and_asks_again(self):
        self.run_mirror(
            server=self.failing(
                lambda url: http_error(url, 429, {"Retry-After": "7"}),
                lambda url: http_error(url, 503, {"Retry-After": "2"}),
                lambda url: http_error(url, 502),
                lambda url: ConnectionRefusedError(111, "refused"),
                lambda url: TimeoutError("timed out"),
            )
        )
        waited = [call.args[0] for call in self.sleep.call_args_list]
        self.assertEqual(waited, [7, 2, 4, 8, 16])
        self.assertMirrorsTheRegister(self.old)

    def test_it_gives_up_after_some_attempts_and_leaves_nothing_half_done(self):
        down = Server(mock.Mock(side_effect=ConnectionRefusedError(111, "refused")))
        with self.assertRaisesRegex(mirror.TryLater, "refused"):
            self.run_mirror(server=down)
        self.run_mirror()
        self.assertMirrorsTheRegister(self.old)

    def test_what_is_refused_is_said_with_the_servers_words(self):
        with self.assertRaisesRegex(mirror.Refused, "404 No hay un manual"):
            self.run_mirror(slug="nada")
        with self.assertRaisesRegex(mirror.Refused, "401"):
            self.run_mirror(token="falso")  # noqa: S106
        self.assertEqual(self.sleep.call_count, 0)

    def test_a_token_is_sent_nowhere_else(self):
        api = mirror.Api(SERVER, "secreto")
        with self.assertRaisesRegex(SystemExit, "is not below"):
            api.get("http://elsewhere.example/api/v1/changes/")

    def test_a_database_is_of_one_server(self):
        self.run_mirror()
        with self.assertRaisesRegex(SystemExit, "another server"):
            mirror.Mirror(mirror.Api("http://elsewhere"), "dir", self.database)

    def test_as_a_program_it_says_what_it_did_and_how_it_ended(self):
        def said(server):
            command = ["mirror.py", SERVER, "dir", str(self.database)]
            out, err, status = StringIO(), StringIO(), 0
            with (
                mock.patch("sys.argv", command),
                mock.patch.object(mirror.urllib.request, "urlopen", server),
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                try:
                    mirror.main()
                except SystemExit as end:
                    status = end.code
            return out.getvalue(), err.getvalue(), status

        self.assertEqual(said(Server()), ("1 changes\n", "", 0))
        down = Server(mock.Mock(side_effect=ConnectionRefusedError(111, "refused")))
        out, err, status = said(down)
        self.assertEqual((out, status), ("", 75))
        self.assertIn("Not now:", err)


class KilledTests(MirrorTestCase):
    """Killed at each request and each statement, and run again: the same database."""

    def test_killed_anywhere_it_goes_on_where_it_was(self):
        new = authorise(self.draft, datetime.date(2024, 4, 1))
        withdraw_edition(edition=new, **WHO)
        whole = self.database.with_name("whole.db")
        server = Server()
        with mock.patch.object(mirror.sqlite3, "connect", Counting.connect):
            Counting.left = None
            Counting.seen = 0
            self.run_mirror(whole, server=server)
            statements = Counting.seen
        wanted = self.content(whole)
        for asked in range(1, len(server.asked) + 1):
            with self.subTest(request=asked):
                self.assertKilledAndRunAgain(wanted, asked=asked)
        for statement in range(1, statements + 1):
            with self.subTest(statement=statement):
                self.assertKilledAndRunAgain(wanted, statement=statement)

    def assertKilledAndRunAgain(self, wanted, *, asked=None, statement=None):
        self.database.unlink(missing_ok=True)

        def kill(number, _url):
            if number == asked:
                raise Killed

        Counting.left = statement
        with (
            mock.patch.object(mirror.sqlite3, "connect", Counting.connect),
            self.assertRaises(Killed),
        ):
            self.run_mirror(server=Server(kill))
        self.run_mirror()
        self.assertEqual(self.content(), wanted)


class Counting(mirror.sqlite3.Connection):
    """A connection that is killed before its nth statement, ``left``; None: never."""

    left: int | None = None
    seen = 0

    def execute(self, *args):
        cls = Counting
        cls.seen += 1
        if cls.left is not None:
            cls.left -= 1
            if not cls.left:
                # As when the process ends: nobody commits what was begun.
                raise Killed
        return super().execute(*args)

    @classmethod
    def connect(cls, *args, **options):
        return cls(*args, **options)
