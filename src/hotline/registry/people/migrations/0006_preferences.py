from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="preferences",
            field=models.JSONField(blank=True, default=dict, verbose_name="使用习惯"),
        ),
    ]
