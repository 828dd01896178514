from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="about",
            field=models.CharField(blank=True, default="", help_text="blank for a ticket", max_length=16),
        ),
        migrations.AlterField(
            model_name="notice",
            name="number",
            field=models.CharField(help_text="the ticket's number, or the key of what it is about", max_length=32),
        ),
        migrations.AlterField(
            model_name="notice",
            name="seq",
            field=models.PositiveIntegerField(help_text="the entry of its ledger or history"),
        ),
        migrations.RemoveConstraint(model_name="notice", name="notice_one_for_each_event"),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("recipient", "about", "number", "seq"), name="notice_one_for_each"
            ),
        ),
    ]
