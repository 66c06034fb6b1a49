"""What may stand in an address; anything else is not found."""

from uuid import UUID


class Slug:
    regex = "[-a-zA-Z0-9_]{1,80}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Label(Slug):
    regex = "[a-z0-9.-]{1,40}"


class Code(Slug):
    """A unit's code, dots included; no separator and no control character."""

    regex = r"[^/\x00-\x1f\x7f]{1,255}"


class Number:
    """The number of a chapter, as large as the database holds one."""

    regex = "[0-9]{1,4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Key:
    """A UUID, in capitals too."""

    regex = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

    def to_python(self, value):
        return UUID(value)

    def to_url(self, value):
        return str(value)
