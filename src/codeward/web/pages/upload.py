"""Upload: a file of a form goes piece by piece into the folder of its batch, and no further than the size allowed."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from codeward.core.faults import BadInput
from codeward.services.batches import Arrival, Batches

FIELD = "file"
AROUND = 100_000
"""Bytes that a form may hold beside its file."""


class TooLarge(BadInput):
    """More was sent than is taken."""


class IntoBatch(FileUploadHandler):
    """Writes the first file of the form into an arrival; nothing touches the disk but the batch's own folder."""

    def __init__(self, request: HttpRequest, batches: Batches, most: int) -> None:
        super().__init__(request)
        self.batches, self.most = batches, most
        self.arrival: Arrival | None = None
        self.too_large = False

    def new_file(self, *told, **more) -> None:
        """Make room for the file; other files and further ones are passed over."""
        super().new_file(*told, **more)
        if self.field_name != FIELD or self.arrival is not None:
            raise SkipFile
        self.arrival = self.batches.receive()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece down."""
        self.too_large = start + len(raw_data) > self.most
        if self.too_large:
            raise StopUpload(connection_reset=True)
        self.arrival.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file's name, for the view; what was in it lies in the arrival."""
        return UploadedFile(None, self.file_name, self.content_type, file_size)


def received(request: HttpRequest, batches: Batches, most: int) -> tuple[Arrival, str]:
    """What arrived, and its own name. TooLarge where it is larger than `most` bytes, BadInput where there is none."""
    refuse_other_sites(request)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > most + AROUND:
        raise TooLarge
    handler = IntoBatch(request, batches, most)
    request.upload_handlers = [handler]
    try:
        given = request.FILES.get(FIELD)
        if handler.too_large:
            raise TooLarge
        if handler.arrival is None or given is None:
            raise BadInput("No file was chosen.")
    except BaseException:
        if handler.arrival is not None:
            handler.arrival.discard()
        raise
    return handler.arrival, given.name


def refuse_other_sites(request: HttpRequest) -> None:
    """BadInput where a form of another site was sent here; there is no session that a token could be held against."""
    told = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = (
        told not in ("same-origin", "none") if told else bool(origin) and urlsplit(origin).netloc != _host(request)
    )
    if foreign:
        raise BadInput("this form was sent from another site: open the page here and send it again")


def _host(request: HttpRequest) -> str:
    return request.get_host()
