"""A process that moves a unit and stops in the middle, to be killed there.

Run as a module, with the move and after how many writes to stop; says "in the middle"
on its standard output and then waits for its end.
"""

import json
import sys
import time

import django

if __name__ == "__main__":
    django.setup()

    from django.db import connection

    from manuals.permissions import OPERATOR
    from units.models import Unit
    from units.services import move_unit

    asked = json.loads(sys.argv[1])
    writes = 0

    def stop_in_the_middle(execute, sql, params, many, context):
        global writes
        result = execute(sql, params, many, context)
        writes += sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))
        if writes == asked["writes"]:
            sys.stdout.write("in the middle\n")
            sys.stdout.flush()
            time.sleep(600)
        return result

    units = Unit.objects.select_related("edition__manual")
    unit, target = units.get(pk=asked["unit"]), units.get(pk=asked["target"])
    with connection.execute_wrapper(stop_in_the_middle):
        move_unit(unit=unit, target=target, position=1, user=OPERATOR, reason="Muerte")
    sys.stdout.write(f"done after {writes} writes\n")
