"""What was told to media, answered and published stays: nobody changes or removes an entry, its words or a scan."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = append_only("media", "media_handoverentry", "media_handovertext", "media_handoverfile")
