"""What was drafted, checked, signed and voided stays: nobody changes or removes an entry, its words or a page."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = append_only("documents", "documents_documententry", "documents_documenttext", "documents_documentfile")
