"""When and where photos of a visit were taken. The file itself is evidence of its supervision, as every other is.

A place may be somebody's home: it stands here, where it can be erased, and not in the history.
"""

from django.db import models

from hotline.oversight.supervision.models import SupervisionFile


class VisitPhoto(models.Model):
    """现场照片: what the photo told before it was cleaned, or what its inspector has typed, with the reason."""

    file = models.OneToOneField(SupervisionFile, models.PROTECT, related_name="photo")
    taken_at = models.DateTimeField()
    time_from = models.CharField(max_length=8)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    place = models.CharField(max_length=200, blank=True, default="")
    place_from = models.CharField(max_length=8)
    reason = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return f"photo {self.file_id}"
