from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes that were made before anybody could follow them are told already."""

    dependencies = [
        ("provenance", "0006_configured"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="told",
            field=models.BooleanField(default=True, verbose_name="followers told"),
        ),
        migrations.AlterField(
            model_name="change",
            name="told",
            field=models.BooleanField(default=False, verbose_name="followers told"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(condition=models.Q(("told", False)), fields=["id"], name="change_untold"),
        ),
    ]
