"""What examples in the OpenAPI document are made of."""

SITE = "https://manuales.example.mx"
EDITION_URL = f"{SITE}/api/v1/manuals/demo/editions/2021"
STAMP = {
    "manual": "demo",
    "label": "2021",
    "status": "authorised",
    "effective_from": "2021-03-04",
    "effective_to": None,
}
ITEM = {
    "key": "0f3f8d0e-52a4-4f4b-8a43-bb5e35a2f6b1",
    "label": "a",
    "text": "los programas anuales;",
    "items": [],
}
FUNCTION = {
    "key": "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
    "number": 1,
    "text": "Coordinar, entre otros:",
    "items": [ITEM],
}
UNIT = {
    "key": "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f",
    "code": "8.4.3",
    "printed_code": None,
    "printed_page": 123,
    "name": "Coordinación de Ejemplo",
    "kind": "Coordinación",
    "positions": [],
    "parent_code": "8.4",
    "objective": None,
}
UNIT_LINKS = {
    "url": f"{EDITION_URL}/units/8.4.3/",
    "html_url": f"{SITE}/manuales/demo/2021/8.4.3/",
}
