"""When the city's data was loaded, and what it changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CityLoad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="导入时间")),
                ("folder", models.CharField(max_length=100, verbose_name="文件夹")),
                ("changes", models.JSONField(help_text="by table: added, changed, ended", verbose_name="变更")),
            ],
            options={"verbose_name": "基础数据导入", "verbose_name_plural": "基础数据导入"},
        ),
    ]
