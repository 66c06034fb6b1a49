"""What fields and values mean that are named alike everywhere.

Serializers describe what is particular to them; hooks of drf-spectacular add to the
OpenAPI document these words, and an example where a view shows none.
"""

from __future__ import annotations

from typing import Any

from manual_org.api.v1.examples import EDITION_URL, FUNCTION, UNIT

# By name; "Model.name" prevails.
FIELDS = {
    "acronym": "The acronym by which it is known.",
    "advice": "How many pieces of advice.",
    "at": "When it happened.",
    "authorised_by": "Who authorised it, according to the document.",
    "authorised_position": "The position of who authorised it.",
    "blank": "Blanks between what was read.",
    "block_number": "The number of the block in its chapter.",
    "blocks": "Its paragraphs and list items, in order.",
    "branches": "How many hits each branch below the root has.",
    "change": "What happened to it.",
    "changes": "What differs, by kind.",
    "chapter_number": "The chapter's number.",
    "chapters": "Its chapters, in order.",
    "characters": "How many characters it has.",
    "charts": "The organisation charts that it names.",
    "children": "What hangs from it, in reading order.",
    "code": "The unit's code in this edition, a label: store keys.",
    "MissingThing.code": "What is missing, for programs.",
    "codes": "Codes that differ between index and body.",
    "comparison_html_url": "The page that compares it with its base.",
    "confidence": "How certain it is, from 0 to 1.",
    "corrections": "What was read otherwise than printed.",
    "cosmetic": "Changes of capitals, punctuation or blanks alone.",
    "count": "How many.",
    "decided_at": "When a person decided; null while nobody did.",
    "depth": "How deep it lies in its list, from 0.",
    "direct": "What a code in the words leads to.",
    "document_date": "The date of the document of authorisation.",
    "document_number": "The number of the document of authorisation.",
    "doubts": "What a person has to settle.",
    "dry_run": "Whether nothing was written, as was asked.",
    "effective_from": "The first day in force.",
    "effective_to": "The last day in force; null while it is open.",
    "elaborated_by": "Who drew it up, according to the document.",
    "entries": "How many entries the index has.",
    "error": "How many errors.",
    "expansions": "The synonyms that were looked for besides.",
    "explanation": "What it means, in a sentence or two.",
    "field": "Where in it the finding lies.",
    "format": "The name and version of the format.",
    "from": "The keys of what it came from.",
    "front_matter": "Characters before the first chapter.",
    "function_number": "The number of the function in its unit.",
    "functions": "Its functions, in order.",
    "glossary": "The terms that the source explains.",
    "html_url": "The same on the site, for people.",
    "imported": "Characters that were read into something.",
    "index": "Characters of the index.",
    "index_entries": "How many entries of the index were read.",
    "institution": "The institution whose manual it is.",
    "items": "Its items, in order.",
    "key": "The key that it has in every edition.",
    "kind": "Its kind.",
    "kinds": "How many hits of each kind.",
    "label": "The edition's label.",
    "manual": "The manual's slug.",
    "marker": "The mark before it, as printed.",
    "meaning": "What the term stands for.",
    "merged": "How many were merged.",
    "method": "The method to ask for it with.",
    "missing": "What the edition lacks for its next step.",
    "missing_in_body": "Entries of the index without a unit.",
    "missing_in_index": "Units that the index does not name.",
    "moved": "How many hang or stand elsewhere.",
    "name": "Its name.",
    "new": "What it is in the new edition.",
    "next": "The address of the next page; null on the last one.",
    "number": "Its number.",
    "objective": "Its objective, as some institutions print one.",
    "occurred_at": "When it happened.",
    "old": "What it is in the old edition.",
    "op": "What the operation does.",
    "operations": "The operations, in the order in which they are done.",
    "page_headers": "Characters of headers and page numbers.",
    "parent_code": "The code of the unit that it hangs from; null of the root.",
    "part": "What part of the edition changed.",
    "plural": "The same, of several.",
    "previous": "The address of the page before; null on the first one, and by cursor.",
    "printed": "What the source prints.",
    "printed_code": "The code as its source printed it, where that is another.",
    "printed_page": "The page that the index of its source gives.",
    "ratified_on": "The day on which the document was ratified.",
    "read": "What it was read as.",
    "redline": "The words taken out and put in.",
    "registration_key": "The key under which the institution registers it.",
    "renamed": "How many have another name.",
    "renumbered": "How many have another code or number.",
    "reordered": "Whether it stands elsewhere among its siblings.",
    "results": "The entries, in order.",
    "reviewed_by": "Who reviewed it, according to the document.",
    "reworded": "How many have other words.",
    "same": "How many are the same.",
    "sha256": "The SHA-256 of the source, in hexadecimal.",
    "slug": "The manual's name in addresses.",
    "sources": "The files that it was imported from.",
    "source_line": "The line, or page, of the source.",
    "spelling": "Names that index and body spell otherwise.",
    "split": "How many were split.",
    "state": "Whether a person has decided, and how.",
    "status": "Where in its life the edition is.",
    "step": "The step.",
    "steps": "What you may do now.",
    "substantive": "Changes of meaning.",
    "successions": "The splits and mergers between the two editions.",
    "suggestions": "Searches that would find something.",
    "suppressed": "How many the new edition lacks.",
    "term": "The term or acronym.",
    "terminology": "Terms replaced by others throughout.",
    "ComparedWeights.terminology": "Changes of a term replaced throughout.",
    "text": "Its text.",
    "third_level": "How many items of items.",
    "title": "Its title.",
    "to": "The keys of what it became.",
    "today": "What it is in `edition`; none, one or several.",
    "type": "Which event it is.",
    "unit_code": "The code of its unit in this edition.",
    "unit_key": "The key of its unit.",
    "unit_name": "The name of its unit.",
    "units": "The units that it concerns.",
    "url": "The same in the API.",
    "waived": "How many somebody let stand.",
    "warning": "How many warnings.",
    "what": "What it is.",
    "withdrawn_on": "The day on which it was withdrawn; null if it was not.",
    "written_otherwise": "Codes that index and body write otherwise.",
}
MODELS = {
    "BlockChangeKind": "What happened to a block or chart between two editions.",
    "BlockKind": "What a block of a chapter is.",
    "ChangeKind": "What happened.",
    "ChangeWeight": "How much a change of words weighs.",
    "ChapterChangeKind": "What happened to a chapter between two editions.",
    "ChapterKind": "What a chapter holds.",
    "CheckedField": "Where a finding lies.",
    "ComparisonFormat": "The format of comparisons.",
    "ContentChangeKind": "What a save did.",
    "ContentPart": "A part of an edition.",
    "EditionStatus": "Where in its life an edition is.",
    "EditionStep": "A step of an edition's life that may be taken.",
    "FunctionChangeKind": "What happened to a function between two editions.",
    "FunctionDifference": "How a function differs from the other edition's.",
    "FunctionStandChange": "How a function differs from the entry before.",
    "HitKind": "What was found.",
    "ImportOutcome": "What an import did with the edition.",
    "ImportedMatchKind": "What was matched.",
    "ImportedMatchState": "Whether a match was settled, and how.",
    "MatchedBy": "How two editions were matched: by keys or by texts.",
    "MissingCode": "What an edition may lack.",
    "Numbering": "Whether functions are printed with numbers or bullets.",
    "Operation": "One operation of many; `op` says which.",
    "Renumbering": "Why a unit has another code.",
    "Severity": "How grave a finding is.",
    "StepMethod": "The method by which a step is taken.",
    "SuccessionEventKind": "What became of a unit or function.",
    "SuccessionEventSource": "Whether people stated it or a comparison proposes it.",
    "SuccessionKind": "Whether something was split or merged.",
    "SuccessorSource": "Why it is a successor.",
    "TakenStep": "A step of an edition's life that was taken.",
    "TokenScope": "What a token permits.",
    "UnitChangeKind": "What happened to a unit between two editions.",
    "UnitDifference": "How a unit differs from the other edition's.",
    "UnitStandChange": "How a unit differs from the entry before.",
}
TAGS = {
    "manuals": "The manuals of the institution.",
    "editions": "Their editions, and the steps of an edition's life.",
    "units": "Administrative units: the structure, and writing in drafts.",
    "functions": "What units do: reading, and writing in drafts.",
    "chapters": "The other chapters, with their numbered blocks.",
    "charts": "The organisation charts that an edition names.",
    "kinds": "The levels of units.",
    "glossary": "Acronyms and terms that a manual explains.",
    "search": "Units, functions, items and chapters by their words.",
    "comparisons": "What differs between two editions.",
    "changes": "What happened since a cursor.",
    "feeds": "Authorised editions, for news readers.",
    "checks": "What the rules find in an edition.",
    "notes": "Why each unit of a draft differs from its base.",
    "imports": "Whole documents and fragments, read into drafts.",
}
EXAMPLES = {
    "code": UNIT["code"],
    "key": FUNCTION["key"],
    "kind": UNIT["kind"],
    "label": "2021",
    "manual": "demo",
    "name": UNIT["name"],
    "next": None,
    "parent_code": UNIT["parent_code"],
    "previous": None,
    "slug": "demo",
    "text": FUNCTION["text"],
    "title": "Manual de Organización",
    "unit_code": UNIT["code"],
    "unit_name": UNIT["name"],
}
BY_FORMAT = {
    "date": "2021-03-04",
    "date-time": "2021-03-04T10:00:00-06:00",
    "uri": f"{EDITION_URL}/",
    "uuid": FUNCTION["key"],
}
BY_TYPE = {"string": "…", "boolean": True, "number": 1, "integer": 1, "null": None}


def say_null(result, **kwargs):
    """A hook of drf-spectacular: what may be null says so, without a model for it."""
    if result["components"]["schemas"].pop("NullEnum", None):
        _replace(result, {"$ref": "#/components/schemas/NullEnum"}, {"type": "null"})
    return result


def _replace(inside: Any, old: dict, new: dict) -> None:
    places = enumerate(inside) if isinstance(inside, list) else inside.items()
    for place, value in list(places):
        if value == old:
            inside[place] = dict(new)
        elif isinstance(value, list | dict):
            _replace(value, old, new)


def add_descriptions(result, **kwargs):
    """A hook of drf-spectacular: words for what says nothing of itself."""
    for name, schema in result["components"]["schemas"].items():
        if name in MODELS:
            schema.setdefault("description", MODELS[name])
        _describe(name, schema)
    for webhook in result.get("webhooks", {}).values():
        for operation in webhook.values():
            for media in operation["requestBody"]["content"].values():
                _describe("", media["schema"])
    used = {
        tag
        for item in result["paths"].values()
        for operation in item.values()
        for tag in operation["tags"]
    }
    result["tags"] = [
        {"name": tag, "description": TAGS[tag]} for tag in TAGS if tag in used
    ]
    return result


def _describe(model: str, schema: dict) -> None:
    for name, field in schema.get("properties", {}).items():
        word = FIELDS.get(f"{model}.{name}", FIELDS.get(name))
        if word:
            field.setdefault("description", word)
        _describe(f"{model}.{name}", field)
    if "items" in schema:
        _describe(model, schema["items"])


def add_examples(result, **kwargs):
    """A hook of drf-spectacular: an example of each success that shows none."""
    schemas = result["components"]["schemas"]
    for item in result["paths"].values():
        for operation in item.values():
            for status, response in operation["responses"].items():
                for media in response.get("content", {}).values():
                    shown = {"example", "examples"} & media.keys()
                    if status.startswith("2") and not shown:
                        media["example"] = _example(schemas, media["schema"], "", ())
    return result


def _example(schemas: dict, schema: dict, name: str, inside: tuple[str, ...]) -> Any:
    """A value of the schema of a field; ``inside`` are the models around it."""
    if "$ref" in schema:
        model = schema["$ref"].rpartition("/")[2]
        return _example(schemas, schemas[model], name, (*inside, model))
    for keyword in ("oneOf", "anyOf", "allOf"):
        if keyword in schema:
            return _example(schemas, schema[keyword][0], name, inside)
    if "enum" in schema:
        return schema["enum"][0]
    types = schema.get("type", "object")
    if name in EXAMPLES and "format" not in schema:
        value = EXAMPLES[name]
        if _fits(value, types):
            return value
    kind = types if isinstance(types, str) else types[0]
    if kind == "array":
        model = schema["items"].get("$ref", "").rpartition("/")[2]
        if model in inside or schema.get("maxItems") == 0:
            return []
        count = max(1, schema.get("minItems", 0))
        return [_example(schemas, schema["items"], name, inside)] * count
    if kind == "object":
        return {
            field: _example(schemas, one, field, inside)
            for field, one in schema.get("properties", {}).items()
        }
    return BY_FORMAT.get(schema.get("format"), BY_TYPE[kind])


def _fits(value: Any, types: str | list[str]) -> bool:
    wanted = "null" if value is None else "string"
    return wanted in ([types] if isinstance(types, str) else types)
