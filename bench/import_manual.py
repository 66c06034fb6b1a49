"""Time and memory of importing a whole manual with the command."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.support import ROOT, database, engine, source

# Peak memory of the command itself, which only its own process knows on all systems.
_RUN = """
import resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
ROUNDS = 3


def main() -> None:
    path = source()
    times, peak = [], 0
    for _round in range(ROUNDS):
        with database() as environment:
            begun = time.perf_counter()
            done = subprocess.run(  # noqa: S603 - our own command
                [sys.executable, "-c", _RUN, "import_manual", str(path)]
                + ["--manual=bench", "--edition=1"],
                cwd=ROOT,
                env=environment,
                check=False,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise SystemExit(done.stderr or done.stdout)
            times.append(time.perf_counter() - begun)
            peak = max(peak, int(done.stderr.split()[-1]))
    print(f"source {path.name}, engine {engine(environment)}, {ROUNDS} rounds")
    print(
        f"import_manual: best {min(times):.2f} s, worst {max(times):.2f} s, "
        f"peak {peak / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
