"""The PNG has the size it should have, and is drawn with the font beside the code."""

import struct
import zlib

from tests.units.chart.support import fan, outline_from
from units import chart as charts
from units.chart.image import MOST_PIXELS


def image_of(tree):
    outline = outline_from(tree)
    chart = charts.draw(outline, outline.root, 99)
    drawing = charts.file_svg(
        chart.layout, chart.looks, "Organigrama", ["Edición 2021"]
    )
    return drawing, charts.png(*drawing)


def size_of(image):
    """Width and height, after walking all chunks with their checksums."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    place, names, size = 8, [], None
    while place < len(image):
        length, name = struct.unpack(">I4s", image[place : place + 8])
        data = image[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack(">I", image[place + 8 + length :][:4])
        assert zlib.crc32(name + data) == checksum
        names.append(name)
        if name == b"IHDR":
            size = struct.unpack(">II", data[:8])
        place += 12 + length
    assert names[-1] == b"IEND"
    return size


def test_is_twice_as_large_as_the_drawing():
    (_svg, width, height), image = image_of(fan(3))
    wide, high = size_of(image)
    assert abs(wide - width * 2) <= 1
    assert abs(high - height * 2) <= 1


def test_the_largest_chart_stays_within_the_bound():
    (_svg, width, height), image = image_of(fan(19, 20))
    assert width * height * 4 > MOST_PIXELS
    wide, high = size_of(image)
    assert wide * high <= MOST_PIXELS
    assert abs(wide / high - width / height) < 0.01


def test_letters_are_drawn():
    plain = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">{}</svg>'
    text = "<text x='5' y='25' font-family=\"'Liberation Sans'\">Ñandú</text>"
    assert charts.png(plain.format(text), 200, 40) != charts.png(
        plain.format(""), 200, 40
    )
