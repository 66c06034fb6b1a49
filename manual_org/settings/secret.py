"""The secret key of a development machine: made once, kept in an ignored file."""

import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_secret_key(path: Path) -> str:
    """The key in the file; makes the file, readable by its owner only.

    Two processes that start at once end up with the same key: the file appears
    complete or not at all, and the first one stays.
    """
    if not path.exists():
        # mkstemp makes the file with mode 0600.
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        except OSError:
            # A file system without hard links: the last one stays.
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()
