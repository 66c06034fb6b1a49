"""One stream of saves: grouped, named as at their time."""

import datetime

from django.test import TestCase
from django.utils import timezone

from exchange.services import duplicate_edition
from functions.lists import Listed, listed, save_function_list
from functions.restoring import restore_unit
from functions.services import (
    change_function,
    create_function,
    move_function,
)
from manuals.charts import ListedChart, save_charts
from manuals.models import Chapter
from manuals.services import (
    authorise_edition,
    change_chapter,
    change_edition,
    create_chapter,
    delete_chapter,
    send_back_edition,
    submit_edition,
)
from review.history.changes import Tally
from review.history.scope import Scope
from review.notes import write_note
from review.successions import record_succession
from tests.factories import authorise, make_edition, make_function, make_tree
from tests.review.history.support import WHO, by, facts, lines, person, told
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit


class SavesTests(TestCase):
    # 8.2    1. Uno.  a) Uno a.
    #        2. Dos.
    #        3. Tres.
    # 8.2.1, 8.3
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.3")
        cls.edition = cls.units["8.1"].edition
        cls.unit = cls.units["8.2"]
        cls.one = make_function(cls.unit, "Uno.")
        cls.a = make_function(cls.unit, "Uno a.", parent=cls.one)
        cls.two = make_function(cls.unit, "Dos.")
        cls.three = make_function(cls.unit, "Tres.")
        cls.ana = person("Ana Pérez")
        cls.scope = Scope(cls.edition)

    def last(self):
        return told(self.scope, number=1)[0]

    def test_says_who_when_why_and_what(self):
        before = timezone.now()
        change_function(
            function=self.two, text="Dos y medio.", **by(self.ana, "Oficio")
        )
        save = self.last()
        self.assertEqual((save.person, save.reason), ("Ana Pérez", "Oficio"))
        self.assertTrue(before <= save.at <= timezone.now())
        (change,) = save.changes
        self.assertEqual(lines(save), [("function", "reworded", "8.2", "2.")])
        self.assertEqual(change.name, "Coordinación 8.2")
        self.assertEqual(change.text, (("=", "Dos"), ("+", " y medio"), ("=", ".")))
        self.assertEqual(change.id, self.two.pk)
        record = self.two.history.get(history_id=change.history_id)
        self.assertEqual(record.text, "Dos y medio.")

    def test_a_command_has_no_person(self):
        change_function(function=self.two, text="Otro.", **WHO)
        self.assertEqual((self.last().user_id, self.last().person), (None, ""))

    def test_everything_of_one_save_is_one_entry_in_reading_order(self):
        rows = listed(self.unit)
        rows[0].text = "Uno, cambiado."
        rows = [rows[2], rows[0], Listed(1, "Nuevo inciso."), Listed(0, "Nueva.")]
        save_function_list(unit=self.unit, rows=rows, **by(self.ana))
        save = self.last()
        self.assertEqual(
            lines(save),
            [
                ("function", "deleted", "8.2", "1. a)"),
                ("function", "reworded renumbered", "8.2", "2."),
                ("function", "created", "8.2", "2. a)"),
                ("function", "deleted", "8.2", "3."),
                ("function", "created", "8.2", "3."),
            ],
        )
        self.assertEqual(
            [(one.label, facts(one)) for one in save.renumberings],
            [("1.", {"Número": "2. > 1."})],
        )

    def test_latest_first_and_one_entry_each(self):
        for number in range(3):
            change_function(
                function=self.two, text=f"Texto {number}.", **by(self.ana, str(number))
            )
        self.assertEqual(
            [save.reason for save in told(self.scope)[:3]], ["2", "1", "0"]
        )

    def test_names_things_as_they_were_called_then(self):
        change_function(function=self.a, text="Inciso.", **by(self.ana, "primero"))
        create_function(unit=self.unit, text="Cero.", position=1, **by(self.ana))
        change_unit(unit=self.unit, name="Coordinación nueva", **by(self.ana))
        move_unit(unit=self.unit, target=self.units["8.3"], **by(self.ana))
        change_function(function=self.a, text="Otra vez.", **by(self.ana, "último"))
        changes = {save.reason: save.changes[0] for save in told(self.scope)}
        first, last = changes["primero"], changes["último"]
        self.assertEqual((first.code, first.label), ("8.2", "1. a)"))
        self.assertEqual(first.name, "Coordinación 8.2")
        self.assertEqual((last.code, last.label), ("8.2.1", "2. a)"))
        self.assertEqual(last.name, "Coordinación nueva")

    def test_a_moved_unit_says_from_where_to_where(self):
        move_unit(unit=self.unit, target=self.units["8.3"], **by(self.ana))
        save = self.last()
        self.assertEqual(lines(save), [("unit", "moved renumbered", "8.2.1", "")])
        self.assertEqual(
            facts(save.changes[0]),
            {
                "Depende de": "8.1 Coordinación 8.1 > 8.2 Coordinación 8.3",
                "Código": "8.2 > 8.2.1",
            },
        )
        self.assertEqual(
            {one.code: facts(one) for one in save.renumberings},
            {"8.2": {"Código": "8.3 > 8.2"}, "8.2.1.1": {"Código": "8.2.1 > 8.2.1.1"}},
        )

    def test_names_levels_and_objectives_of_units(self):
        change_unit(
            unit=self.unit,
            name="Coordinación de Archivo",
            objective="Guardar.",
            positions=["A", "B"],
            **by(self.ana),
        )
        save = self.last()
        self.assertEqual(lines(save), [("unit", "renamed changed", "8.2", "")])
        said = facts(save.changes[0])
        self.assertEqual(said["Nombre"], "=Coordinación -8.2+de Archivo")
        self.assertEqual(said["Objetivo"], "+Guardar.")
        self.assertEqual(said["Plazas"], " > A, B")

    def test_new_and_deleted_units(self):
        unit = create_unit(
            edition=self.edition,
            parent=self.units["8.3"],
            name="Coordinación X",
            kind=self.unit.kind,
            **by(self.ana),
        )
        save = self.last()
        self.assertEqual(lines(save), [("unit", "created", "8.3.1", "")])
        self.assertEqual(
            facts(save.changes[0]), {"Depende de": " > 8.3 Coordinación 8.3"}
        )
        delete_unit(unit=unit, **by(self.ana))
        self.assertEqual(lines(self.last()), [("unit", "deleted", "8.3.1", "")])

    def test_a_function_that_changes_unit(self):
        move_function(function=self.one, unit=self.units["8.3"], **by(self.ana))
        save = self.last()
        self.assertEqual(
            lines(save),
            [
                ("function", "moved", "8.3", "1."),
                ("function", "moved", "8.3", "1. a)"),
            ],
        )
        self.assertEqual(
            facts(save.changes[0]),
            {"Unidad": "8.2 Coordinación 8.2 > 8.3 Coordinación 8.3"},
        )
        self.assertEqual(len(save.renumberings), 2)

    def test_a_function_that_changes_depth(self):
        move_function(function=self.three, parent=self.one, **by(self.ana))
        (change,) = self.last().changes
        self.assertEqual(change.actions, ("placed",))
        self.assertEqual(facts(change), {"Número": "3. > 1. b)"})

    def test_a_restored_unit_is_one_save(self):
        delete_unit(unit=self.unit, **by(self.ana))
        record = Unit.history.get(key=self.unit.key, history_type="-")
        restore_unit(record=record, user=self.ana, reason="Se restaura")
        save = self.last()
        self.assertEqual(save.reason, "Se restaura")
        created = [one for one in lines(save) if one[1] == "created"]
        self.assertEqual(len(created), 2 + 4)
        self.assertEqual(len(save.changes), len(created))

    def test_chapters_and_charts(self):
        chapter = create_chapter(
            edition=self.edition,
            number=7,
            title="Organogramas",
            kind=Chapter.Kind.CHARTS,
            **by(self.ana),
        )
        self.assertEqual(lines(self.last()), [("chapter", "created", "", "7.")])
        change_chapter(chapter=chapter, title="Gráficas", body="Texto.", **by(self.ana))
        save = self.last()
        self.assertEqual(lines(save), [("chapter", "reworded changed", "", "7.")])
        self.assertEqual(facts(save.changes[0]), {"Título": "Organogramas > Gráficas"})
        self.assertEqual(save.changes[0].text, (("+", "Texto."),))
        save_charts(
            chapter=chapter,
            rows=[ListedChart("7.1", "General", self.unit.key)],
            **by(self.ana),
        )
        self.assertEqual(lines(self.last()), [("chart", "created", "", "7.1")])
        delete_chapter(chapter=chapter, **by(self.ana))
        self.assertEqual(
            lines(self.last()),
            [("chapter", "deleted", "", "7."), ("chart", "deleted", "", "7.1")],
        )

    def test_data_of_the_edition(self):
        change_edition(
            edition=self.edition,
            document_number="",
            ratified_on=datetime.date(2022, 5, 1),
            **by(self.ana),
        )
        save = self.last()
        self.assertEqual(lines(save), [("edition", "changed", "", "")])
        self.assertEqual(
            facts(save.changes[0]),
            {
                "Ratificada el": "4 de marzo de 2021 > 1 de mayo de 2022",
                "Número de oficio": "09/001/2021 > ",
            },
        )

    def test_change_notes_name_their_unit(self):
        write_note(
            edition=self.edition,
            unit_key=self.unit.key,
            text="Porque sí.",
            minor=False,
            **by(self.ana),
        )
        save = self.last()
        self.assertEqual(lines(save), [("note", "created", "8.2", "")])
        self.assertEqual(save.changes[0].text, (("+", "Porque sí."),))

    def test_steps_of_the_life_cycle_are_told_once_with_their_comment(self):
        submit_edition(edition=self.edition, user=self.ana)
        save = self.last()
        self.assertEqual([step.step for step in save.steps], ["submitted"])
        self.assertEqual((save.reason, save.changes), ("", []))
        revisor = person("Berta Ruiz", "autorizador")
        send_back_edition(edition=self.edition, user=revisor, comment="Falta algo")
        save = self.last()
        self.assertEqual((save.person, save.reason), ("Berta Ruiz", "Falta algo"))
        submit_edition(edition=self.edition, user=self.ana, comment="Ya está")
        authorise_edition(
            edition=self.edition,
            user=revisor,
            effective_from=datetime.date(2030, 1, 2),
        )
        save = self.last()
        self.assertEqual([step.step for step in save.steps], ["authorised"])
        self.assertEqual(
            [facts(change) for change in save.changes],
            [{"Vigente desde": " > 2 de enero de 2030"}],
        )

    def test_a_duplicate_is_one_entry_that_counts(self):
        authorise(self.edition)
        draft = duplicate_edition(
            edition=self.edition, label="b", **by(self.ana, "Nueva")
        )
        (save,) = told(Scope(draft))
        self.assertEqual(
            ([step.step for step in save.steps], save.person, save.reason),
            (["duplicated"], "Ana Pérez", "Nueva"),
        )
        self.assertEqual(
            (save.changes, save.renumberings, save.tallies),
            ([], [], [Tally("unit", "created", 4), Tally("function", "created", 4)]),
        )

    def test_a_key_settled_by_a_person_is_told(self):
        self.two.key = "11111111-1111-4111-8111-111111111111"
        self.two.save()
        self.assertEqual(lines(self.last()), [("function", "changed", "8.2", "2.")])


class SuccessionTests(TestCase):
    def test_a_split_names_its_units(self):
        base = make_tree("8.1 8.2", edition=make_edition("2021"))
        authorise(base["8.1"].edition)
        draft = duplicate_edition(edition=base["8.1"].edition, label="b", **WHO)
        results = [
            create_unit(
                edition=draft,
                parent=Unit.objects.get(edition=draft, code="8.1"),
                name=f"Coordinación {name}",
                kind=base["8.1"].kind,
                **WHO,
            )
            for name in "AB"
        ]
        record_succession(
            edition=draft,
            kind="split",
            from_keys=[base["8.2"].key],
            to_keys=[unit.key for unit in results],
            **WHO,
        )
        (change,) = told(Scope(draft), number=1)[0].changes
        self.assertEqual(
            facts(change),
            {
                "De": " > 8.2 Coordinación 8.2",
                "Resulta": " > 8.3 Coordinación A; 8.4 Coordinación B",
            },
        )
