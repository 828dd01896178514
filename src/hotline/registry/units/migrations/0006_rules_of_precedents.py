from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0005_successors")]

    operations = [
        migrations.AddField(
            model_name="directoryrule",
            name="by_precedent",
            field=models.BooleanField(
                default=False, help_text="put in by a precedent: files leave it", verbose_name="先例"
            ),
        ),
    ]
