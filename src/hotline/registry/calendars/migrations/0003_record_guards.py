"""What was done to the rules is kept: nobody changes or removes a line of the record, the application's role least."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("calendars", "0002_drafts")]

    operations = append_only("calendars", "calendars_rulerecord")
