"""Bodies of requests with a file: multipart/form-data of bounded size.

The file is kept in memory while it is small, else in a file without a name, which the
system takes away with the process however it ends; its digest is made on the way.
"""

from __future__ import annotations

from hashlib import sha256
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, DataAndFiles

from manual_org.api.errors import BodyTooLarge

MEDIA_TYPE = "multipart/form-data"
BESIDE_THE_FILE = 64 * 1024  # bytes of other fields and of the boundaries


class ReceivedFile(UploadedFile):
    """A file of a body; ``fingerprint`` says which one it is."""

    def __init__(self, file, name, digest, **said):
        super().__init__(file, name, **said)
        self.fingerprint = [self.name, digest]


class ReceivingHandler(FileUploadHandler):
    """Receives files; BodyTooLarge before anything is read of a body that is."""

    def __init__(self, request, largest: int):
        super().__init__(request)
        self.largest = largest

    def handle_raw_input(self, input_data, meta, content_length, *args, **kwargs):
        if content_length > self.largest + BESIDE_THE_FILE:
            raise BodyTooLarge(
                _("El cuerpo pesa más que un archivo de %(largest)s, que es el máximo.")
                % {"largest": filesizeformat(self.largest)}
            )

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
        self.digest = sha256()

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data)
        self.digest.update(raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        return ReceivedFile(
            self.file,
            self.file_name,
            self.digest.hexdigest(),
            content_type=self.content_type,
            size=file_size,
        )


class FormParser(BaseParser):
    """multipart/form-data, as Django reads it with the view's handler.

    A session's check against forgery may have had it read before. Raises ParseError.
    """

    media_type = MEDIA_TYPE

    def parse(self, stream, media_type=None, parser_context=None):
        request = parser_context["request"]._request
        try:
            return DataAndFiles(request.POST, request.FILES)
        except TooManyFilesSent:
            raise ParseError(_("El cuerpo trae demasiados archivos.")) from None
        except (MultiPartParserError, UnreadablePostError):
            raise ParseError(
                _("El cuerpo no es multipart/form-data bien formado, o llegó cortado.")
            ) from None
