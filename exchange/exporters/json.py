"""The lossless interchange format ``manual-org/1``."""

from exchange import jsonformat
from exchange.exporters.base import Exporter

JSON = Exporter("json", "JSON", "json", "application/json", jsonformat.dumps)
