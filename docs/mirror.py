"""Mirror a manual into a SQLite database of your own, by following the change feed.

    python mirror.py https://manuals.example dir manual.db
    python mirror.py https://manuals.example dir manual.db --watch 60

An example to start from: standard library only, Python 3.11 or later. What a change
names is read first; then it is written together with the change's cursor, in one
transaction. Killed at any point, the next run goes on where the last transaction
ended: nothing is lost, nothing comes twice. With --token (or MANUALS_TOKEN) drafts
are mirrored too, each save of theirs.

Exit status: 0 up to date, 1 something for a person to mend, 75 try again later.
"""

import argparse
import contextlib
import http.client
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

ATTEMPTS = 6  # with 1, 2, 4, 8 and 16 seconds between them
LONGEST_PAUSE = 120
KNOWN = ("manual.", "edition.", "content.")

SCHEMA = """
CREATE TABLE mirror (root TEXT NOT NULL, cursor INTEGER NOT NULL, etag TEXT);
CREATE TABLE manuals (slug TEXT PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE editions (
    label TEXT PRIMARY KEY, status TEXT NOT NULL, effective_from TEXT,
    effective_to TEXT, withdrawn_on TEXT, html_url TEXT NOT NULL,
    manual TEXT NOT NULL REFERENCES manuals ON UPDATE CASCADE);
CREATE TABLE units (
    edition TEXT NOT NULL REFERENCES editions ON DELETE CASCADE,
    position INTEGER NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, parent_code TEXT,
    name TEXT NOT NULL, kind TEXT NOT NULL, html_url TEXT NOT NULL,
    PRIMARY KEY (edition, key), UNIQUE (edition, code),
    FOREIGN KEY (edition, parent_code) REFERENCES units (edition, code));
CREATE TABLE functions (  -- and their items, which have a parent
    edition TEXT NOT NULL, unit_key TEXT NOT NULL, position INTEGER NOT NULL,
    key TEXT NOT NULL, parent_key TEXT, label TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (edition, unit_key, position), UNIQUE (edition, key),
    FOREIGN KEY (edition, unit_key) REFERENCES units ON DELETE CASCADE,
    FOREIGN KEY (edition, parent_key) REFERENCES functions (edition, key));
CREATE INDEX items_of_function ON functions (edition, parent_key);
-- Both days are days in force; the day of withdrawal no longer is. "Today" is the date
-- of this machine: set its time zone to that of the institution.
CREATE VIEW in_force_today AS
    SELECT manual, editions.label AS edition, units.key AS unit_key, code, name, kind,
        functions.key AS function_key, parent_key, functions.label, text
    FROM editions JOIN units ON units.edition = editions.label
    LEFT JOIN functions ON functions.edition = units.edition AND unit_key = units.key
    WHERE status IN ('authorised', 'withdrawn')
    AND effective_from <= date('now', 'localtime')
    AND coalesce(effective_to, '9999') >= date('now', 'localtime')
    AND coalesce(withdrawn_on, '9999') > date('now', 'localtime')
    ORDER BY units.position, functions.position
"""
WRITE_EDITION = """INSERT INTO editions SELECT :label, :status, :effective_from,
    :effective_to, :withdrawn_on, :html_url, slug FROM manuals"""
WRITE_UNIT = """INSERT INTO units VALUES (
    :edition, :position, :key, :code, :parent_code, :name, :kind, :html_url)"""
WRITE_FUNCTION = "INSERT INTO functions VALUES (?, ?, ?, ?, ?, ?, ?)"


class Refused(Exception):
    """The server said no, and asking again would not help."""

    def __init__(self, error):
        is_problem = error.headers.get_content_type() == "application/problem+json"
        problem = json.load(error) if is_problem else {"detail": error.reason}
        self.status = error.code
        self.is_gone = any(one["code"] == "gone" for one in problem.get("errors", []))
        super().__init__(f"{error.code} {problem['detail']} ({error.url})")


class TryLater(Exception):
    """The server could not be reached, or had no time for us."""


class Api:
    """The addresses of one server, read patiently."""

    def __init__(self, base, token=None):
        self.root = f"{base.rstrip('/').removesuffix('/api/v1')}/api/v1/"
        self.token = token

    def get(self, url, etag=None):
        """(body, ETag) of an address; (None, etag) while ``etag`` still holds."""
        if not url.startswith(self.root):
            sys.exit(f"{url} is not below {self.root}: give the server's own address.")
        # What a proxy kept from before a change would be taken for what came of it.
        headers = {"Accept": "application/json", "Cache-Control": "no-cache"}
        request = urllib.request.Request(url, headers=headers)
        if self.token:  # never to where a redirection might lead
            request.add_unredirected_header("Authorization", f"Token {self.token}")
        if etag:
            request.add_header("If-None-Match", etag)
        for attempt in range(ATTEMPTS):
            pause = 2**attempt
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.load(answer), answer.headers["ETag"]
            except urllib.error.HTTPError as error:
                if error.code == 304:
                    return None, etag
                if error.code < 500 and error.code != 429:
                    raise Refused(error) from None
                said, asked = error, error.headers.get("Retry-After", "")
                pause = int(asked) if asked.isdecimal() else pause
            except (OSError, http.client.HTTPException, ValueError) as error:
                said = error  # no connection, half an answer, not JSON
            if attempt + 1 == ATTEMPTS or pause > LONGEST_PAUSE:
                raise TryLater(f"{said} ({url})")
            time.sleep(pause)


class Mirror:
    def __init__(self, api, slug, database):
        self.api = api
        # "with self.db" is one transaction: the first write begins it.
        self.db = sqlite3.connect(database, isolation_level="IMMEDIATE", timeout=30)
        self.db.execute("PRAGMA foreign_keys = ON")
        if not self.one("SELECT * FROM sqlite_master"):
            manual, _etag = api.get(f"{api.root}manuals/{slug}/")
            with self.db:
                self.db.execute("BEGIN IMMEDIATE")  # CREATE begins none
                for statement in SCHEMA.split(";\n"):
                    self.db.execute(statement)
                self.db.execute("INSERT INTO mirror VALUES (?, 0, NULL)", [api.root])
                self.db.execute("INSERT INTO manuals VALUES (:slug, :title)", manual)
        if self.one("SELECT root FROM mirror")[0] != api.root:
            sys.exit(f"{database} is the mirror of another server.")

    def one(self, query, *values):
        return self.db.execute(query, values).fetchone()

    def catch_up(self):
        """Follow the feed to its end; how many changes there were."""
        done, more = 0, True
        while more:
            cursor, etag = self.one("SELECT cursor, etag FROM mirror")
            (slug,) = self.one("SELECT slug FROM manuals")  # it may have changed
            query = urlencode({"manual": slug, "after": cursor, "limit": 100})
            try:
                page, etag = self.api.get(f"{self.api.root}changes/?{query}", etag)
            except Refused as refused:
                if not refused.is_gone:
                    raise
                # The server was put back to an older copy: nothing here is certain.
                with self.db:
                    self.move_on(cursor, 0)
                    self.db.execute("DELETE FROM editions")
                continue
            if page is None:
                break
            rows, more = page["results"], page["more"]
            # Kinds that were added since this was written are passed over.
            urls = {r["cursor"]: r["url"] for r in rows if r["kind"].startswith(KNOWN)}
            for change in rows:
                url = urls.pop(change["cursor"], None)
                # What a later change will have read need not be read now.
                self.follow(change, cursor, None if url in urls.values() else url)
                cursor = change["cursor"]
            if not rows:  # the next question is the same one
                with self.db:
                    self.move_on(cursor, cursor, etag)
            done += len(rows)
        return done

    def follow(self, change, cursor, url):
        """Read what a change names; then write it, with the change's cursor."""
        manual = edition = None
        if url and change["edition"]:
            edition, units = self.read(url)
        elif url:
            manual, _etag = self.api.get(url)
        with self.db:
            self.move_on(cursor, change["cursor"])
            if manual:
                self.db.execute("UPDATE manuals SET slug=:slug, title=:title", manual)
            if change["kind"] == "edition.discarded":
                self.forget(change["edition"])
            elif change["edition"]:
                self.forget(change["renamed_from"])  # None: no label is that
            if edition:
                self.write(edition, units)

    def read(self, url):
        """(an edition, its units with their functions), or None twice."""
        units, query = [], "?cursor=&expand=functions&page_size=100"
        try:
            edition, _etag = self.api.get(url)
            page = {"next": edition["units_url"] + query}
            while page["next"]:
                page, _etag = self.api.get(page["next"])
                units += page["results"]
        except Refused as refused:
            if refused.is_gone:
                raise TryLater(f"{url} was rewritten while it was read.") from None
            if refused.status != 404:
                raise
            return None, None  # a later change will say why
        return edition, units

    def write(self, edition, units):
        label = edition["edition"]["label"]
        self.forget(label)
        self.db.execute(WRITE_EDITION, {**edition, **edition["edition"]})
        for position, unit in enumerate(units, 1):  # in reading order, parents first
            row = {**unit, "edition": label, "position": position}
            self.db.execute(WRITE_UNIT, row)
            for place, row in enumerate(in_reading_order(unit["functions"]), 1):
                self.db.execute(WRITE_FUNCTION, [label, unit["key"], place, *row])

    def move_on(self, before, cursor, etag=None):
        write = "UPDATE mirror SET cursor = ?, etag = ? WHERE cursor = ?"
        if not self.db.execute(write, [cursor, etag, before]).rowcount:
            raise TryLater("Another process is writing this mirror.")

    def forget(self, label):
        self.db.execute("DELETE FROM editions WHERE label = ?", [label])


def in_reading_order(functions, parent_key=None):
    """(key, parent's key, label, text) of functions, each followed by its items."""
    for row in functions:
        yield row["key"], parent_key, row.get("label", row.get("number")), row["text"]
        yield from in_reading_order(row.get("items", []), row["key"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("base", help="the site: https://manuals.example")
    parser.add_argument("manual", help="its slug, as in manuals/{slug}/")
    parser.add_argument("database", help="a SQLite file; made if there is none")
    parser.add_argument("--token", default=os.environ.get("MANUALS_TOKEN"))
    parser.add_argument("--watch", type=int, metavar="SECONDS", help="go on asking")
    given = parser.parse_args()
    if not given.base.startswith(("http://", "https://")):
        parser.error("base begins with http:// or https://")
    api = Api(given.base, given.token)
    while True:
        try:
            mirrored = Mirror(api, given.manual, given.database)
            print(f"{mirrored.catch_up()} changes", flush=True)
        except Refused as refused:
            sys.exit(f"Refused: {refused}")
        except (TryLater, sqlite3.Error) as error:
            print(f"Not now: {error}", file=sys.stderr, flush=True)
            if not given.watch:
                sys.exit(75)
        if not given.watch:
            return
        time.sleep(given.watch)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
