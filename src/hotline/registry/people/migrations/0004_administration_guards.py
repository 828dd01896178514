"""What administrators did and who came in is kept: nobody changes or removes a row, the application's role least of all."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("people", "0003_administration")]

    operations = append_only("people", "people_adminentry", "people_signinentry")
