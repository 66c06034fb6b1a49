"""The REST API: what it accepts, how often, and its OpenAPI document."""

import datetime
from pathlib import Path

import environ

env = environ.Env()
DOCS = Path(__file__).resolve().parents[2] / "docs"

# The largest thing written at once is a function with its items; the longest known
# has 4,209 characters.
API_MAX_BODY_BYTES = env.int("API_MAX_BODY_BYTES", default=1024 * 1024)

# How long the answer to a POST with an Idempotency-Key is kept, to be given again, and
# how large it may be; of a larger one only that the request was carried out.
API_IDEMPOTENCY_KEPT = datetime.timedelta(
    hours=env.int("API_IDEMPOTENCY_HOURS", default=24)
)
API_IDEMPOTENCY_MAX_BYTES = 1024 * 1024

# Requests per person and per address; empty for no limit. A whole institution often
# stands behind one address, hence the generous figures; "address" counts what all its
# accounts ask, "anonymous" what is asked from it without one, "failures" what it shows
# that is no good token. The counters live in the cache: with the local one, each server
# process counts for itself.
API_THROTTLE_RATES = {
    "anonymous": env.str("API_RATE_ANONYMOUS", default="6000/min"),
    "user": env.str("API_RATE_USER", default="6000/min"),
    "address": env.str("API_RATE_ADDRESS", default="18000/min"),
    "failures": env.str("API_RATE_FAILURES", default="30/min"),
}

# Pages of these other sites may call the API from a browser; "*": those of any site.
# Never with cookies: whoever needs an account sends a token.
CORS_ALLOWED_ORIGINS = [
    origin.strip() for origin in env.list("CORS_ALLOWED_ORIGINS", default=[])
]
CORS_ALLOW_ALL_ORIGINS = "*" in CORS_ALLOWED_ORIGINS
CORS_ALLOWED_ORIGINS = [origin for origin in CORS_ALLOWED_ORIGINS if origin != "*"]
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
]
CORS_EXPOSE_HEADERS = [
    "Content-Disposition",
    "Content-Location",
    "ETag",
    "Idempotent-Replayed",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
]
CORS_PREFLIGHT_MAX_AGE = 3600

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "manual_org.api.authentication.TokenAuthentication",
        "manual_org.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["manual_org.api.authentication.MayAsk"],
    "DEFAULT_RENDERER_CLASSES": ["manual_org.api.rendering.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": (
        "manual_org.api.formats.negotiation.Negotiation"
    ),
    "DEFAULT_PARSER_CLASSES": ["manual_org.api.parsing.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["manual_org.api.throttles.FixedWindow"],
    "DEFAULT_SCHEMA_CLASS": "manual_org.api.schema.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "manual_org.api.errors.exception_handler",
    # Not .json: codes contain dots. ?format= is read by the negotiation above.
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
    # How many proxies in front of the server are trusted to name the client.
    "NUM_PROXIES": env.int("NUM_PROXIES", default=0),
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Organizational manuals",
    "DESCRIPTION": (DOCS / "api-in-brief.md").read_text("utf-8"),
    "EXTERNAL_DOCS": {"url": "/api/v1/guide/", "description": "The guide."},
    "VERSION": "1",
    "LICENSE": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
    "SERVERS": [{"url": "/", "description": "Where this document is served."}],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_PATCH": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "manual_org.api.problem_shapes.add_error_responses",
        "manual_org.api.selecting.add_partial_answers",
        "manual_org.webhooks.openapi.add_webhooks",
        "manual_org.api.v1.query_examples.add_query_examples",
        "manual_org.api.v1.vocabulary.say_null",
        "manual_org.api.v1.vocabulary.add_descriptions",
        "manual_org.api.v1.vocabulary.add_examples",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "EditionStatus": "manuals.models.Edition.Status",
        "Numbering": "manuals.models.Edition.Numbering",
        "ChapterKind": "manuals.models.Chapter.Kind",
        "BlockKind": "manual_org.api.v1.serializers.BLOCK_KINDS",
        "HitKind": "manual_org.api.v1.search_shapes.KINDS",
        "UnitDifference": "manual_org.api.v1.serializers.UNIT_CHANGES",
        "FunctionDifference": "manual_org.api.v1.serializers.FUNCTION_CHANGES",
        "UnitChangeKind": "manual_org.api.v1.comparison_shapes.UNIT_STATES",
        "FunctionChangeKind": "manual_org.api.v1.comparison_shapes.FUNCTION_STATES",
        "ChapterChangeKind": "manual_org.api.v1.comparison_shapes.CHAPTER_STATES",
        "BlockChangeKind": "manual_org.api.v1.comparison_shapes.BLOCK_STATES",
        "ChangeWeight": "manual_org.api.v1.comparison_shapes.WEIGHT_CHOICES",
        "SuccessionKind": "manual_org.api.v1.comparison_shapes.SUCCESSION_KINDS",
        "ChangeKind": "manuals.models.Change.Kind",
        "ContentPart": "manual_org.api.v1.change_shapes.PARTS",
        "ContentChangeKind": "manual_org.api.v1.change_shapes.HAPPENED",
        "Renumbering": "manual_org.api.v1.comparison_shapes.RENUMBERINGS",
        "SuccessionEventKind": "manual_org.api.v1.successor_shapes.EVENT_KINDS",
        "SuccessionEventSource": "manual_org.api.v1.successor_shapes.EVENT_SOURCES",
        "SuccessorSource": "manual_org.api.v1.successor_shapes.FOUND_SOURCES",
        "Severity": "manual_org.api.v1.check_shapes.SEVERITIES",
        "CheckedField": "manual_org.api.v1.check_shapes.FIELDS",
        "ImportedMatchKind": "exchange.models.MatchDoubt.What",
        "ImportedMatchState": "exchange.models.MatchDoubt.State",
        "TakenStep": "manuals.models.Transition.Step",
        "MissingCode": "manual_org.api.v1.edition_shapes.MISSING",
        "UnitStandChange": "manual_org.api.v1.successor_shapes.STAND_CHANGES",
        "FunctionStandChange": (
            "manual_org.api.v1.successor_shapes.FUNCTION_STAND_CHANGES"
        ),
        "TokenScope": "manual_org.api.problem_shapes.SCOPES",
        "EditionStep": [
            "change",
            "submit",
            "authorise",
            "send_back",
            "withdraw",
            "duplicate",
            "discard",
        ],
        "StepMethod": ["DELETE", "PATCH", "POST"],
        "ImportOutcome": "manual_org.api.v1.import_shapes.OUTCOMES",
        "MatchedBy": "manual_org.api.v1.comparison_shapes.MATCHED",
        "ComparisonFormat": ["manual-org/compare/1"],
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "displayRequestDuration": True},
}
