from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="sourcerecord",
            name="digest",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
