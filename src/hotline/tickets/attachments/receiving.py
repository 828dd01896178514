"""What a browser sends is not taken in beyond what may be kept: a file that is too large costs no disk.

The first of Django's upload handlers. It cuts the file off just past the limit, so that its form arrives whole, nothing
typed is lost, and the checks say that the file is too large.
"""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from hotline.tickets.attachments.preparing import MEGABYTE


class CutOff(FileUploadHandler):
    """Passes on the first bytes of each file, one block more than may be kept."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The block for the handlers after this one, or nothing when they have enough."""
        return raw_data if start <= settings.ATTACHMENT_MOST_MB * MEGABYTE else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file itself is made by the handlers after this one."""
        del file_size
        return None
