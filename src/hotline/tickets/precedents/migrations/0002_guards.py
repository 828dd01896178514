"""What was agreed to, challenged and withdrawn stays: nobody changes or removes an entry or its words."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("precedents", "0001_initial")]

    operations = append_only("precedents", "precedents_precedententry", "precedents_precedenttext")
