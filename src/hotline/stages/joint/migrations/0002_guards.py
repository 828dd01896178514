"""What was said, concluded, signed and ruled stays: nobody changes or removes an entry, its words or a page."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("joint", "0001_initial")]

    operations = append_only("joint", "joint_jointentry", "joint_jointtext", "joint_jointpage")
