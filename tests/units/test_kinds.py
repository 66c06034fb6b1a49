"""The catalogue of levels."""

import pytest

from units.kinds import plural_of


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Dirección General", "Direcciones General"),
        ("Jefatura de Servicios", "Jefaturas de Servicios"),
        ("Unidad", "Unidades"),
        ("Gerencia", "Gerencias"),
        ("Juez", "Jueces"),
        ("Área", "Áreas"),
        ("Comité", "Comités"),
    ],
)
def test_plurals_follow_the_rules_of_spanish(name, plural):
    assert plural_of(name) == plural
