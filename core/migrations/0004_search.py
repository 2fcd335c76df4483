"""The search index: entries, their passages, and the words of each audience."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables, empty: ``manage.py reindex`` or a night fills them."""

    dependencies = [
        ('core', '0003_cache_table'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('scope', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=250)),
                ('audience', models.CharField(max_length=80)),
                ('council', models.CharField(max_length=60)),
                ('within', models.CharField(max_length=120)),
                ('subject', models.CharField(max_length=250)),
                ('digest', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('is_sent', models.BooleanField(default=False)),
                ('version', models.PositiveSmallIntegerField(default=0)),
                ('dated', models.DateField()),
                ('year', models.PositiveSmallIntegerField()),
                ('url', models.CharField(max_length=400)),
                ('title', models.CharField(max_length=400)),
                ('link', models.CharField(max_length=500)),
                ('place', models.CharField(max_length=120)),
                ('label', models.CharField(max_length=200)),
                ('remark', models.CharField(max_length=200)),
                ('pages_without_text', models.PositiveIntegerField(default=0)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('lexemes', django.contrib.postgres.search.SearchVectorField()),
                ('title_lexemes', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['lexemes'], name='searchentry_lexemes'), models.Index(fields=['kind', 'scope'], name='searchentry_scope'), models.Index(fields=['council', 'subject'], name='searchentry_subject'), models.Index(condition=models.Q(('pages_without_text__gt', 0)), fields=['audience'], name='searchentry_without_text')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='searchentry_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='SearchPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('page', models.PositiveIntegerField(default=0)),
                ('lexemes', django.contrib.postgres.search.SearchVectorField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='core.searchentry')),
            ],
            options={
                'ordering': ('entry', 'position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(max_length=80)),
                ('word', models.CharField(max_length=60)),
                ('stem', models.CharField(max_length=120)),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('entries', models.IntegerField()),
            ],
            options={
                'ordering': ('audience', 'word', 'pk'),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='searchword_grams'), models.Index(fields=['stem'], name='searchword_stem')],
                'constraints': [models.UniqueConstraint(fields=('audience', 'word'), name='searchword_unique')],
            },
        ),
    ]
