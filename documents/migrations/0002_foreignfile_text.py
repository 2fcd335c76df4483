from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='foreignfile',
            name='text',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
