
import core.at_once
import core.clock
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('meetings', '0014_comments'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('item_key', models.SlugField(max_length=80)),
                ('number', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=250)),
                ('outcome', models.CharField(choices=[('acceded', 'Tiltrådt'), ('approved', 'Godkendt'), ('noted', 'Taget til efterretning'), ('discussed', 'Drøftet'), ('answered', 'Svar afgivet'), ('postponed', 'Udsat'), ('rejected', 'Ikke tiltrådt')], max_length=9)),
                ('text', models.TextField()),
                ('words', models.TextField(blank=True)),
                ('applies', models.JSONField(default=list)),
                ('records', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('access', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
            ],
            options={
                'verbose_name': 'lukket beslutning',
                'ordering': ('closed_id', 'position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ClosedMinutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('access', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'lukket referat',
                'ordering': ('minutes_id',),
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='rettet')),
                ('changed_by', models.CharField(default='', editable=False, max_length=150, verbose_name='rettet af')),
                ('name', models.CharField(error_messages={'blank': 'Skriv navnet.'}, max_length=120, verbose_name='navn')),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='rolle eller organisation')),
            ],
            options={
                'verbose_name': 'gæst',
                'ordering': ('meeting_id', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='GuestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='rettet')),
                ('changed_by', models.CharField(default='', editable=False, max_length=150, verbose_name='rettet af')),
                ('name', models.CharField(error_messages={'blank': 'Skriv navnet.'}, max_length=120, verbose_name='navn')),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='rolle eller organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LastRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'verbose_name': 'læst version',
                'ordering': ('user_id', 'meeting_id'),
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('approval', 'Godkendelse'), ('sent', 'Udsendelse')], max_length=8)),
                ('name', models.CharField(max_length=150)),
                ('role', models.CharField(max_length=200)),
                ('to', models.EmailField(max_length=254)),
                ('reply_to', models.EmailField(blank=True, max_length=254)),
                ('written_at', models.DateTimeField(default=core.clock.now)),
                ('written_by', models.CharField(max_length=150)),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'mail',
                'ordering': ('publication_id', 'approval_id', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SentRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=250)),
                ('label', models.CharField(max_length=250)),
                ('title', models.TextField()),
                ('page', models.CharField(blank=True, max_length=12)),
                ('figures', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'sendt post',
                'ordering': ('appendix_id', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='StatedNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='rettet')),
                ('changed_by', models.CharField(default='', editable=False, max_length=150, verbose_name='rettet af')),
                ('number', models.CharField(max_length=60, verbose_name='tal')),
                ('source', models.CharField(error_messages={'blank': 'Skriv, hvor tallet er fra.'}, max_length=300, verbose_name='kilde')),
                ('is_removed', models.BooleanField(default=False, editable=False, verbose_name='fjernet')),
            ],
            options={
                'verbose_name': 'tal med kilde',
                'ordering': ('item_id', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='StatedNumberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='rettet')),
                ('changed_by', models.CharField(default='', editable=False, max_length=150, verbose_name='rettet af')),
                ('number', models.CharField(max_length=60, verbose_name='tal')),
                ('source', models.CharField(error_messages={'blank': 'Skriv, hvor tallet er fra.'}, max_length=300, verbose_name='kilde')),
                ('is_removed', models.BooleanField(default=False, editable=False, verbose_name='fjernet')),
            ],
            options={
                'abstract': False,
            },
        ),
        core.at_once.AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='agendaitem',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='agendaitem',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='agendaitem',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='approval',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='approval',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='approval',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='itemtemplate',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='itemtemplate',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='itemtemplate',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='meeting',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='meeting',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='meeting',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='member',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='member',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='member',
                    name='delete_delete',
                ),
                migrations.RemoveConstraint(
                    model_name='paper',
                    name='paper_kind_known',
                ),
                migrations.RemoveConstraint(
                    model_name='paper',
                    name='paper_agenda_has_a_packet',
                ),
                migrations.AddField(
                    model_name='agendaitem',
                    name='contact',
                    field=models.CharField(blank=True, default='', max_length=200, verbose_name='kontakt'),
                ),
                migrations.AddField(
                    model_name='agendaitemevent',
                    name='contact',
                    field=models.CharField(blank=True, default='', max_length=200, verbose_name='kontakt'),
                ),
                migrations.AddField(
                    model_name='approval',
                    name='email',
                    field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
                ),
                migrations.AddField(
                    model_name='approval',
                    name='role',
                    field=models.CharField(blank=True, choices=[('chair', 'Formand'), ('deputy', 'Næstformand'), ('member', 'Medlem'), ('substitute', 'Suppleant')], max_length=10, verbose_name='som'),
                ),
                migrations.AddField(
                    model_name='approvalevent',
                    name='email',
                    field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
                ),
                migrations.AddField(
                    model_name='approvalevent',
                    name='role',
                    field=models.CharField(blank=True, choices=[('chair', 'Formand'), ('deputy', 'Næstformand'), ('member', 'Medlem'), ('substitute', 'Suppleant')], max_length=10, verbose_name='som'),
                ),
                migrations.AddField(
                    model_name='itemtemplate',
                    name='closed_reason',
                    field=models.CharField(blank=True, max_length=300, verbose_name='grunden'),
                ),
                migrations.AddField(
                    model_name='itemtemplate',
                    name='closed_to',
                    field=models.CharField(choices=[('council', 'Rådets medlemmer og kommunaldirektørerne'), ('chosen', 'Kun dem, jeg vælger'), ('secretariat', 'Kun sekretariatet')], default='council', max_length=11),
                ),
                migrations.AddField(
                    model_name='itemtemplate',
                    name='contact',
                    field=models.CharField(blank=True, default='', max_length=200, verbose_name='kontakt'),
                ),
                migrations.AddField(
                    model_name='itemtemplate',
                    name='is_closed',
                    field=models.BooleanField(default=False, verbose_name='lukket'),
                ),
                migrations.AddField(
                    model_name='itemtemplateevent',
                    name='closed_reason',
                    field=models.CharField(blank=True, max_length=300, verbose_name='grunden'),
                ),
                migrations.AddField(
                    model_name='itemtemplateevent',
                    name='closed_to',
                    field=models.CharField(choices=[('council', 'Rådets medlemmer og kommunaldirektørerne'), ('chosen', 'Kun dem, jeg vælger'), ('secretariat', 'Kun sekretariatet')], default='council', max_length=11),
                ),
                migrations.AddField(
                    model_name='itemtemplateevent',
                    name='contact',
                    field=models.CharField(blank=True, default='', max_length=200, verbose_name='kontakt'),
                ),
                migrations.AddField(
                    model_name='itemtemplateevent',
                    name='is_closed',
                    field=models.BooleanField(default=False, verbose_name='lukket'),
                ),
                migrations.AddField(
                    model_name='meeting',
                    name='revision_reason',
                    field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='grund til den nye version'),
                ),
                migrations.AddField(
                    model_name='meeting',
                    name='taken',
                    field=models.PositiveSmallIntegerField(default=0, editable=False),
                ),
                migrations.AddField(
                    model_name='meeting',
                    name='version_on',
                    field=models.DateField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name='meetingevent',
                    name='revision_reason',
                    field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='grund til den nye version'),
                ),
                migrations.AddField(
                    model_name='meetingevent',
                    name='taken',
                    field=models.PositiveSmallIntegerField(default=0, editable=False),
                ),
                migrations.AddField(
                    model_name='meetingevent',
                    name='version_on',
                    field=models.DateField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name='member',
                    name='body',
                    field=models.CharField(choices=[('kkr', 'KKR'), ('directors', 'K17'), ('steering', 'Styregruppen')], default='kkr', max_length=9, verbose_name='sidder i'),
                ),
                migrations.AddField(
                    model_name='memberevent',
                    name='body',
                    field=models.CharField(choices=[('kkr', 'KKR'), ('directors', 'K17'), ('steering', 'Styregruppen')], default='kkr', max_length=9, verbose_name='sidder i'),
                ),
                migrations.AddField(
                    model_name='newsmail',
                    name='tries',
                    field=models.PositiveSmallIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name='publication',
                    name='approved',
                    field=models.JSONField(blank=True, default=dict, verbose_name='godkendt'),
                ),
                migrations.AddField(
                    model_name='publication',
                    name='reason',
                    field=models.CharField(blank=True, max_length=300, verbose_name='grund'),
                ),
                migrations.AddField(
                    model_name='publication',
                    name='unapproved_because',
                    field=models.CharField(blank=True, max_length=500, verbose_name='sendt uden'),
                ),
                migrations.AddField(
                    model_name='withdrawal',
                    name='is_closed',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='withdrawal',
                    name='is_minutes',
                    field=models.BooleanField(default=False),
                ),
                migrations.AlterField(
                    model_name='paper',
                    name='kind',
                    field=models.CharField(choices=[('agenda', 'Dagsorden'), ('whole', 'Dagsorden og bilag'), ('bundle', 'Alt i én zip'), ('minutes', 'Referat'), ('closed', 'Lukket referat')], max_length=7),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agendaitem',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_agendaitemevent" ("action", "addressee", "came_from_id", "case", "changed_at", "changed_by", "closed_readers", "closed_reason", "closed_to", "contact", "economy", "fate", "fate_reason", "given_number", "id", "is_closed", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process", "recommendation", "removed_position", "reply_deadline", "reply_on", "responsible", "section_id", "sent_in", "summary", "title", "version") VALUES (NEW."action", NEW."addressee", NEW."came_from_id", NEW."case", NEW."changed_at", NEW."changed_by", NEW."closed_readers", NEW."closed_reason", NEW."closed_to", NEW."contact", NEW."economy", NEW."fate", NEW."fate_reason", NEW."given_number", NEW."id", NEW."is_closed", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."process", NEW."recommendation", NEW."removed_position", NEW."reply_deadline", NEW."reply_on", NEW."responsible", NEW."section_id", NEW."sent_in", NEW."summary", NEW."title", NEW."version"); RETURN NULL;', hash='a71321cd2a6b0c53db49d81a6569d6a316d6bbb9', operation='INSERT', pgid='pgtrigger_insert_insert_f98e2', table='meetings_agendaitem', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agendaitem',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_agendaitemevent" ("action", "addressee", "came_from_id", "case", "changed_at", "changed_by", "closed_readers", "closed_reason", "closed_to", "contact", "economy", "fate", "fate_reason", "given_number", "id", "is_closed", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process", "recommendation", "removed_position", "reply_deadline", "reply_on", "responsible", "section_id", "sent_in", "summary", "title", "version") VALUES (NEW."action", NEW."addressee", NEW."came_from_id", NEW."case", NEW."changed_at", NEW."changed_by", NEW."closed_readers", NEW."closed_reason", NEW."closed_to", NEW."contact", NEW."economy", NEW."fate", NEW."fate_reason", NEW."given_number", NEW."id", NEW."is_closed", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."process", NEW."recommendation", NEW."removed_position", NEW."reply_deadline", NEW."reply_on", NEW."responsible", NEW."section_id", NEW."sent_in", NEW."summary", NEW."title", NEW."version"); RETURN NULL;', hash='8dd9ae11d7b0fd32f6c7a79a54e6c42c7a85ac63', operation='UPDATE', pgid='pgtrigger_update_update_ca6ee', table='meetings_agendaitem', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agendaitem',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_agendaitemevent" ("action", "addressee", "came_from_id", "case", "changed_at", "changed_by", "closed_readers", "closed_reason", "closed_to", "contact", "economy", "fate", "fate_reason", "given_number", "id", "is_closed", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process", "recommendation", "removed_position", "reply_deadline", "reply_on", "responsible", "section_id", "sent_in", "summary", "title", "version") VALUES (OLD."action", OLD."addressee", OLD."came_from_id", OLD."case", OLD."changed_at", OLD."changed_by", OLD."closed_readers", OLD."closed_reason", OLD."closed_to", OLD."contact", OLD."economy", OLD."fate", OLD."fate_reason", OLD."given_number", OLD."id", OLD."is_closed", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."process", OLD."recommendation", OLD."removed_position", OLD."reply_deadline", OLD."reply_on", OLD."responsible", OLD."section_id", OLD."sent_in", OLD."summary", OLD."title", OLD."version"); RETURN NULL;', hash='6a3e1a587f7d5730ff0e7fdd02549daa0c348950', operation='DELETE', pgid='pgtrigger_delete_delete_2c12a', table='meetings_agendaitem', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='approval',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_approvalevent" ("answer", "answered_at", "asked_at", "asked_by", "changed_at", "changed_by", "email", "expires_on", "how", "id", "is_withdrawn", "meeting_id", "name", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by", "remarks", "role", "version") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asked_by", NEW."changed_at", NEW."changed_by", NEW."email", NEW."expires_on", NEW."how", NEW."id", NEW."is_withdrawn", NEW."meeting_id", NEW."name", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by", NEW."remarks", NEW."role", NEW."version"); RETURN NULL;', hash='15f9aa766641e72e794799fb5ccb913c42bf6988', operation='INSERT', pgid='pgtrigger_insert_insert_b4e18', table='meetings_approval', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='approval',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_approvalevent" ("answer", "answered_at", "asked_at", "asked_by", "changed_at", "changed_by", "email", "expires_on", "how", "id", "is_withdrawn", "meeting_id", "name", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by", "remarks", "role", "version") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asked_by", NEW."changed_at", NEW."changed_by", NEW."email", NEW."expires_on", NEW."how", NEW."id", NEW."is_withdrawn", NEW."meeting_id", NEW."name", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by", NEW."remarks", NEW."role", NEW."version"); RETURN NULL;', hash='c76810f2eced652eacc4e51cc248e9d0bb27dcdd', operation='UPDATE', pgid='pgtrigger_update_update_45293', table='meetings_approval', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='approval',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_approvalevent" ("answer", "answered_at", "asked_at", "asked_by", "changed_at", "changed_by", "email", "expires_on", "how", "id", "is_withdrawn", "meeting_id", "name", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by", "remarks", "role", "version") VALUES (OLD."answer", OLD."answered_at", OLD."asked_at", OLD."asked_by", OLD."changed_at", OLD."changed_by", OLD."email", OLD."expires_on", OLD."how", OLD."id", OLD."is_withdrawn", OLD."meeting_id", OLD."name", OLD."packet_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by", OLD."remarks", OLD."role", OLD."version"); RETURN NULL;', hash='0ed975f57283cd187ae51e6af211a747b4e8c5b4', operation='DELETE', pgid='pgtrigger_delete_delete_11ec6', table='meetings_approval', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='itemtemplate',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_itemtemplateevent" ("action", "case", "changed_at", "changed_by", "closed_reason", "closed_to", "contact", "council_id", "economy", "id", "is_closed", "is_removed", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "recommendation", "summary", "title", "version") VALUES (NEW."action", NEW."case", NEW."changed_at", NEW."changed_by", NEW."closed_reason", NEW."closed_to", NEW."contact", NEW."council_id", NEW."economy", NEW."id", NEW."is_closed", NEW."is_removed", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."process", NEW."recommendation", NEW."summary", NEW."title", NEW."version"); RETURN NULL;', hash='7cb6ed26c018e3cfd0a0c45b55c9bd6e85437408', operation='INSERT', pgid='pgtrigger_insert_insert_4265c', table='meetings_itemtemplate', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='itemtemplate',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_itemtemplateevent" ("action", "case", "changed_at", "changed_by", "closed_reason", "closed_to", "contact", "council_id", "economy", "id", "is_closed", "is_removed", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "recommendation", "summary", "title", "version") VALUES (NEW."action", NEW."case", NEW."changed_at", NEW."changed_by", NEW."closed_reason", NEW."closed_to", NEW."contact", NEW."council_id", NEW."economy", NEW."id", NEW."is_closed", NEW."is_removed", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."process", NEW."recommendation", NEW."summary", NEW."title", NEW."version"); RETURN NULL;', hash='0d72fbbaa9bd3b76b61e19239c7137806176c3e0', operation='UPDATE', pgid='pgtrigger_update_update_c721e', table='meetings_itemtemplate', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='itemtemplate',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_itemtemplateevent" ("action", "case", "changed_at", "changed_by", "closed_reason", "closed_to", "contact", "council_id", "economy", "id", "is_closed", "is_removed", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "recommendation", "summary", "title", "version") VALUES (OLD."action", OLD."case", OLD."changed_at", OLD."changed_by", OLD."closed_reason", OLD."closed_to", OLD."contact", OLD."council_id", OLD."economy", OLD."id", OLD."is_closed", OLD."is_removed", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."process", OLD."recommendation", OLD."summary", OLD."title", OLD."version"); RETURN NULL;', hash='dd63c8ae0d992f46c3de06c6546eabd327eaa629', operation='DELETE', pgid='pgtrigger_delete_delete_c8b3c', table='meetings_itemtemplate', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='meeting',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_meetingevent" ("approval_on", "changed_at", "changed_by", "council_id", "drafts_on", "ends_at", "example_note", "fate", "fate_reason", "held_on", "id", "is_removed", "is_revising", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_at", "revision_reason", "sending_on", "slug", "starts_at", "state", "taken", "version", "version_on") VALUES (NEW."approval_on", NEW."changed_at", NEW."changed_by", NEW."council_id", NEW."drafts_on", NEW."ends_at", NEW."example_note", NEW."fate", NEW."fate_reason", NEW."held_on", NEW."id", NEW."is_removed", NEW."is_revising", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."public_at", NEW."revision_reason", NEW."sending_on", NEW."slug", NEW."starts_at", NEW."state", NEW."taken", NEW."version", NEW."version_on"); RETURN NULL;', hash='5fef1ccbadc519864c1e152d8d61f17ca4807830', operation='INSERT', pgid='pgtrigger_insert_insert_61d9e', table='meetings_meeting', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='meeting',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_meetingevent" ("approval_on", "changed_at", "changed_by", "council_id", "drafts_on", "ends_at", "example_note", "fate", "fate_reason", "held_on", "id", "is_removed", "is_revising", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_at", "revision_reason", "sending_on", "slug", "starts_at", "state", "taken", "version", "version_on") VALUES (NEW."approval_on", NEW."changed_at", NEW."changed_by", NEW."council_id", NEW."drafts_on", NEW."ends_at", NEW."example_note", NEW."fate", NEW."fate_reason", NEW."held_on", NEW."id", NEW."is_removed", NEW."is_revising", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."public_at", NEW."revision_reason", NEW."sending_on", NEW."slug", NEW."starts_at", NEW."state", NEW."taken", NEW."version", NEW."version_on"); RETURN NULL;', hash='294a2aeec3aaf80e847c6d41aec065e3c4dcf3eb', operation='UPDATE', pgid='pgtrigger_update_update_495b8', table='meetings_meeting', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='meeting',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_meetingevent" ("approval_on", "changed_at", "changed_by", "council_id", "drafts_on", "ends_at", "example_note", "fate", "fate_reason", "held_on", "id", "is_removed", "is_revising", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_at", "revision_reason", "sending_on", "slug", "starts_at", "state", "taken", "version", "version_on") VALUES (OLD."approval_on", OLD."changed_at", OLD."changed_by", OLD."council_id", OLD."drafts_on", OLD."ends_at", OLD."example_note", OLD."fate", OLD."fate_reason", OLD."held_on", OLD."id", OLD."is_removed", OLD."is_revising", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."public_at", OLD."revision_reason", OLD."sending_on", OLD."slug", OLD."starts_at", OLD."state", OLD."taken", OLD."version", OLD."version_on"); RETURN NULL;', hash='f572234296389fd0056b14421f3bf281e04704af', operation='DELETE', pgid='pgtrigger_delete_delete_4bf26', table='meetings_meeting', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='member',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_memberevent" ("body", "changed_at", "changed_by", "council_id", "email", "ends_on", "id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "substitute_for_id", "version") VALUES (NEW."body", NEW."changed_at", NEW."changed_by", NEW."council_id", NEW."email", NEW."ends_on", NEW."id", NEW."municipality_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."substitute_for_id", NEW."version"); RETURN NULL;', hash='5be30d3d1c03196c54994ed14eb8eda43361a45b', operation='INSERT', pgid='pgtrigger_insert_insert_a5b67', table='meetings_member', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='member',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_memberevent" ("body", "changed_at", "changed_by", "council_id", "email", "ends_on", "id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "substitute_for_id", "version") VALUES (NEW."body", NEW."changed_at", NEW."changed_by", NEW."council_id", NEW."email", NEW."ends_on", NEW."id", NEW."municipality_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."substitute_for_id", NEW."version"); RETURN NULL;', hash='62a1a0828ad027d211b38f2a854149124c6bee20', operation='UPDATE', pgid='pgtrigger_update_update_6be0e', table='meetings_member', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='member',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_memberevent" ("body", "changed_at", "changed_by", "council_id", "email", "ends_on", "id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "substitute_for_id", "version") VALUES (OLD."body", OLD."changed_at", OLD."changed_by", OLD."council_id", OLD."email", OLD."ends_on", OLD."id", OLD."municipality_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."starts_on", OLD."substitute_for_id", OLD."version"); RETURN NULL;', hash='fba75c57ee2a005e21fb1d0ac69359d606030de5', operation='DELETE', pgid='pgtrigger_delete_delete_2de9e', table='meetings_member', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='approval',
                    constraint=models.CheckConstraint(condition=models.Q(('role__in', ('', 'chair', 'deputy'))), name='approval_by_chairman_or_deputy'),
                ),
                migrations.AddConstraint(
                    model_name='itemtemplate',
                    constraint=models.CheckConstraint(condition=models.Q(('closed_to__in', ('council', 'secretariat'))), name='itemtemplate_names_no_readers'),
                ),
                migrations.AddConstraint(
                    model_name='member',
                    constraint=models.CheckConstraint(condition=models.Q(('body__in', ['kkr', 'directors', 'steering'])), name='member_body_known'),
                ),
                migrations.AddConstraint(
                    model_name='paper',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['agenda', 'whole', 'bundle', 'minutes', 'closed'])), name='paper_kind_known'),
                ),
                migrations.AddConstraint(
                    model_name='paper',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('minutes', 'closed')), ('packet__isnull', False), _connector='XOR'), name='paper_agenda_has_a_packet'),
                ),
                migrations.AddConstraint(
                    model_name='paper',
                    constraint=models.UniqueConstraint(condition=models.Q(('kind', 'closed')), fields=('meeting', 'digest'), name='paper_closed_unique'),
                ),
                migrations.AddConstraint(
                    model_name='withdrawal',
                    constraint=models.CheckConstraint(condition=models.Q(('is_minutes', False), ('appendix_key', ''), _connector='OR'), name='withdrawal_minutes_have_no_appendix'),
                ),
                migrations.AddField(
                    model_name='closedminutes',
                    name='minutes',
                    field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closed', to='meetings.minutes'),
                ),
                migrations.AddField(
                    model_name='closedminutes',
                    name='paper',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.paper'),
                ),
                migrations.AddField(
                    model_name='closedentry',
                    name='closed',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.closedminutes'),
                ),
                migrations.AddField(
                    model_name='guest',
                    name='meeting',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='meetings.meeting'),
                ),
                migrations.AddField(
                    model_name='guestevent',
                    name='meeting',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='meetings.meeting'),
                ),
                migrations.AddField(
                    model_name='guestevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='guestevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='meetings.guest'),
                ),
                migrations.AddField(
                    model_name='lastread',
                    name='meeting',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.meeting'),
                ),
                migrations.AddField(
                    model_name='lastread',
                    name='user',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='letter',
                    name='approval',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='meetings.approval'),
                ),
                migrations.AddField(
                    model_name='letter',
                    name='publication',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='meetings.publication'),
                ),
                migrations.AddField(
                    model_name='sentrecord',
                    name='appendix',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='meetings.publishedappendix'),
                ),
                migrations.AddField(
                    model_name='statednumber',
                    name='item',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stated_numbers', to='meetings.agendaitem'),
                ),
                migrations.AddField(
                    model_name='statednumberevent',
                    name='item',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='meetings.agendaitem'),
                ),
                migrations.AddField(
                    model_name='statednumberevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='statednumberevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='meetings.statednumber'),
                ),
                migrations.AddIndex(
                    model_name='closedentry',
                    index=django.contrib.postgres.indexes.GinIndex(fields=['records'], name='closedentry_records'),
                ),
                migrations.AddConstraint(
                    model_name='closedentry',
                    constraint=models.UniqueConstraint(fields=('closed', 'item_key'), name='closedentry_item_unique'),
                ),
                migrations.AddConstraint(
                    model_name='closedentry',
                    constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['acceded', 'approved', 'noted', 'discussed', 'answered', 'postponed', 'rejected'])), name='closedentry_outcome_known'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='guest',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_guestevent" ("changed_at", "changed_by", "id", "meeting_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "version") VALUES (NEW."changed_at", NEW."changed_by", NEW."id", NEW."meeting_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."version"); RETURN NULL;', hash='50112cc79e48bb6fa7a05370dd45b74c5678c2bc', operation='INSERT', pgid='pgtrigger_insert_insert_cf4fd', table='meetings_guest', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='guest',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_guestevent" ("changed_at", "changed_by", "id", "meeting_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "version") VALUES (NEW."changed_at", NEW."changed_by", NEW."id", NEW."meeting_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."version"); RETURN NULL;', hash='d7b0f2bf305df102587dd0b64378fec71c25b584', operation='UPDATE', pgid='pgtrigger_update_update_a98e3', table='meetings_guest', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='guest',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_guestevent" ("changed_at", "changed_by", "id", "meeting_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "version") VALUES (OLD."changed_at", OLD."changed_by", OLD."id", OLD."meeting_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."version"); RETURN NULL;', hash='f0883396e84c132283e240ad42e6642cbe265c24', operation='DELETE', pgid='pgtrigger_delete_delete_c9b44', table='meetings_guest', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='lastread',
                    constraint=models.UniqueConstraint(fields=('user', 'meeting'), name='lastread_one_a_meeting'),
                ),
                migrations.AddConstraint(
                    model_name='lastread',
                    constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='lastread_counts_from_one'),
                ),
                migrations.AddConstraint(
                    model_name='letter',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('approval__isnull', False), ('kind', 'approval'), ('publication__isnull', True)), models.Q(('approval__isnull', True), ('kind', 'sent'), ('publication__isnull', False)), _connector='OR'), name='meeting_letter_has_one_cause'),
                ),
                migrations.AddConstraint(
                    model_name='letter',
                    constraint=models.UniqueConstraint(models.F('publication'), django.db.models.functions.text.Lower('to'), name='meeting_letter_once_a_person_a_version'),
                ),
                migrations.AddIndex(
                    model_name='sentrecord',
                    index=models.Index(fields=['key'], name='sentrecord_key'),
                ),
                migrations.AddIndex(
                    model_name='sentrecord',
                    index=models.Index(fields=['label'], name='sentrecord_label'),
                ),
                migrations.AddConstraint(
                    model_name='sentrecord',
                    constraint=models.UniqueConstraint(fields=('appendix', 'key'), name='sentrecord_once_an_appendix'),
                ),
                migrations.AddConstraint(
                    model_name='statednumber',
                    constraint=models.UniqueConstraint(fields=('item', 'number'), name='statednumber_once_an_item'),
                ),
                migrations.AddConstraint(
                    model_name='statednumber',
                    constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='statednumber_has_a_source'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statednumber',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_statednumberevent" ("changed_at", "changed_by", "id", "is_removed", "item_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (NEW."changed_at", NEW."changed_by", NEW."id", NEW."is_removed", NEW."item_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."version"); RETURN NULL;', hash='4d80d0fbaa908e44d9e1a4e92254fcb8d87cd13c', operation='INSERT', pgid='pgtrigger_insert_insert_aeb82', table='meetings_statednumber', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statednumber',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "meetings_statednumberevent" ("changed_at", "changed_by", "id", "is_removed", "item_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (NEW."changed_at", NEW."changed_by", NEW."id", NEW."is_removed", NEW."item_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."version"); RETURN NULL;', hash='23167d92732588e07720e955f25573ff6cf3f002', operation='UPDATE', pgid='pgtrigger_update_update_baa97', table='meetings_statednumber', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statednumber',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "meetings_statednumberevent" ("changed_at", "changed_by", "id", "is_removed", "item_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (OLD."changed_at", OLD."changed_by", OLD."id", OLD."is_removed", OLD."item_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."version"); RETURN NULL;', hash='e8bf536dab933a5c872952bba8013821a7de7fe9', operation='DELETE', pgid='pgtrigger_delete_delete_08b7e', table='meetings_statednumber', when='AFTER')),
                ),
            ],
        ),
    ]
