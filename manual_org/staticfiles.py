"""Static files under the digest of what they hold, the modules they import too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class DigestedFiles(CompressedManifestStaticFilesStorage):
    """What a JavaScript module imports is asked for by its digest as well.

    Otherwise a browser could join a new module with old ones that it had kept.
    """

    support_js_module_import_aggregation = True
