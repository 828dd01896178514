"""What was written and who has read it stays: nobody changes or removes an entry, its words, a file or a reading."""

from django.db import migrations

from hotline.plumbing.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("instructions", "0001_initial")]

    operations = append_only(
        "instructions",
        "instructions_instructionentry",
        "instructions_instructiontext",
        "instructions_instructionfile",
        "instructions_reading",
    )
