"""Formats that an edition can be exported to: name -> exporter."""

from exchange.exporters.akn import AKN
from exchange.exporters.base import Exporter
from exchange.exporters.json import JSON

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in (JSON, AKN)}
