"""Pages and API against an empty view: the same server, the same run, by turns.

Twice: "cold", made anew for each request, and "warm", from the answers that the server
keeps, whole and as 304.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice

from bench.support import ROOT, database, engine, manage, source

ROUNDS = 7
REQUESTS = 150
EMPTY = "/vacio/"
EDITION = "/manuales/bench/1/"
API = "/api/v1/manuals/bench/editions/1/"
# Everyday words: one or two of them, a phrase, a word to exclude, many hits and few.
QUERIES = (
    "recaudacion",
    "dict%C3%A1menes",
    "registro+patrones",
    "quien+atiende+las+quejas",
    "devoluciones",
    "%22seguridad+social%22",
    "convenios+-pagos",
    "visitas+domiciliarias",
    "normatividad",
    "coordinar",
)


class Client:
    """One kept-open connection; as little work as a client can have."""

    def __init__(self, port: int):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.kept = b""

    def get(self, path: str, known: str = "") -> tuple[int, bytes, str]:
        """Status, body and ETag; ``known`` is the ETag of what the client has."""
        condition = f"If-None-Match: {known}\r\n" if known else ""
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{condition}\r\n".encode()
        )
        data = self.kept
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head.split(maxsplit=2)[1])
        length, etag = 0, ""
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length" and status != 304:
                length = int(value)
            elif name.lower() == b"etag":
                etag = value.strip().decode()
        while len(body) < length:
            body += self._more()
        self.kept = body[length:]
        return status, body[:length], etag

    def _more(self) -> bytes:
        received = self.socket.recv(1 << 18)
        if not received:
            raise ConnectionError("the server closed the connection")
        return received


def rate(client: Client, paths: Sequence[str], etags: dict[str, str]) -> float:
    """Requests per second over the paths by turns; every answer must be right.

    With the ETag of a path the answer is 304, without one 200.
    """
    begun = time.perf_counter()
    for path in islice(cycle(paths), REQUESTS):
        known = etags.get(path, "")
        status, _body, _etag = client.get(path, known)
        if status != (304 if known else 200):
            raise SystemExit(f"{path} answered {status}")
    return REQUESTS / (time.perf_counter() - begun)


def measured(client: Client) -> dict[str, list[str]]:
    """What is asked: the name of the figure and its addresses."""
    units: list[dict] = []
    page = 1
    while True:
        _status, body, _etag = client.get(f"{API}units/?page_size=100&page={page}")
        answer = json.loads(body)
        units += answer["results"]
        if not answer["next"]:
            break
        page += 1
    codes = [unit["code"] for unit in units]
    return {
        "empty view": [EMPTY],
        "unit page": [f"{EDITION}{code}/" for code in codes],
        "edition home, whole tree": [EDITION],
        "chapter": [f"{EDITION}capitulos/1/"],
        "API unit": [f"{API}units/{code}/" for code in codes],
        "API tree": [f"{API}tree/"],
        "API units, list of 20": [f"{API}units/?page_size=20&page={n}" for n in (1, 2)],
        "API functions, list of 20": [
            f"{API}functions/?page_size=20&page={n}" for n in range(1, 20)
        ],
        "API functions, list of 100": [
            f"{API}functions/?page_size=100&page={n}" for n in range(1, 6)
        ],
        "search page": [f"{EDITION}buscar/?q={query}" for query in QUERIES],
        "search while typing": [
            f"{EDITION}buscar/resultados/?breve=1&q={query}" for query in QUERIES
        ],
        "API search": [
            f"/api/v1/search/?manual=bench&edition=1&q={query}" for query in QUERIES
        ],
    }


def main() -> None:
    path = source()
    with database() as environment:
        manage(environment, "collectstatic", "--no-input", "--verbosity=0")
        manage(
            environment,
            "import_manual",
            str(path),
            "--manual=bench",
            "--edition=1",
            "--authorised",
        )
        with server(environment | {"KEPT_ANSWERS_BYTES": "0"}) as client:
            cold = measure(client, conditional=False)
        with server(environment) as client:
            warm = measure(client, conditional=False)
            unchanged = measure(client, conditional=True)
    print(f"source {path.name}, engine {engine(environment)}")
    for title, figures in ("cold", cold), ("warm", warm), ("304", unchanged):
        empty = figures.pop("empty view")
        print(f"\n{title:28} {empty:8.0f} requests/s of the empty view")
        for name, value in figures.items():
            print(f"{name:28} {value:8.0f} requests/s   ratio {value / empty:.2f}")


@contextmanager
def server(environment: dict[str, str]) -> Iterator[Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own server, on loopback
        [
            *(sys.executable, "-m", "gunicorn", "manual_org.wsgi"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--workers", "1", "--threads", "1", "--keep-alive", "75"),
            *("--log-level", "warning"),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        yield connect(port)
    finally:
        process.terminate()
        process.wait(timeout=10)


def connect(port: int) -> Client:
    for _attempt in range(100):
        try:
            return Client(port)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def measure(client: Client, *, conditional: bool) -> dict[str, float]:
    asked = measured(client)
    etags = {}
    for paths in asked.values():
        rate(client, paths, {})  # warms what a running server has warm
        if conditional:
            etags |= {path: client.get(path)[2] for path in paths}
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(ROUNDS):
        for name, paths in asked.items():
            rates[name].append(rate(client, paths, etags))
    return {name: statistics.median(values) for name, values in rates.items()}


if __name__ == "__main__":
    main()
