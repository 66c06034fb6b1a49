"""Project package and top layer: settings, addresses, reader pages and API."""
