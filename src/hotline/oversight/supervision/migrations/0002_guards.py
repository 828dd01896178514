"""What was proposed, opened, reported and decided stays: nobody changes or removes an entry or a ground."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = append_only("supervision", "supervision_supervisionentry", "supervision_ground")
