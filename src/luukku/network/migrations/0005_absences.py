"""Absences with first and last day and a deputy of their own, in place of one last day on the person."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0004_opening_days"),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
            ],
            options={
                'ordering': ('first_day', 'id'),
            },
        ),
        migrations.CreateModel(
            name='AbsenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        migrations.RemoveField(
            model_name='personevent',
            name='away_until',
        ),
        migrations.AlterField(
            model_name='person',
            name='deputy',
            field=models.ForeignKey(blank=True, help_text='who usually stands in; an absence names its own', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deputy_for', to='network.person'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='deputy',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='who usually stands in; an absence names its own', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network.person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "network_personevent" ("deactivated_at", "deputy_id", "email", "help_text_en", "help_text_fi", "help_text_sv", "id", "is_published", "is_sample", "languages", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "title_en", "title_fi", "title_sv", "user_id") VALUES (NEW."deactivated_at", NEW."deputy_id", NEW."email", NEW."help_text_en", NEW."help_text_fi", NEW."help_text_sv", NEW."id", NEW."is_published", NEW."is_sample", NEW."languages", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."user_id"); RETURN NULL;', hash='ec46b5b5ce5a892b495422574fe88bfef8273eb4', operation='INSERT', pgid='pgtrigger_insert_insert_58ee5', table='network_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."deactivated_at" IS DISTINCT FROM (NEW."deactivated_at") OR OLD."deputy_id" IS DISTINCT FROM (NEW."deputy_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."help_text_en" IS DISTINCT FROM (NEW."help_text_en") OR OLD."help_text_fi" IS DISTINCT FROM (NEW."help_text_fi") OR OLD."help_text_sv" IS DISTINCT FROM (NEW."help_text_sv") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_published" IS DISTINCT FROM (NEW."is_published") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "network_personevent" ("deactivated_at", "deputy_id", "email", "help_text_en", "help_text_fi", "help_text_sv", "id", "is_published", "is_sample", "languages", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "title_en", "title_fi", "title_sv", "user_id") VALUES (NEW."deactivated_at", NEW."deputy_id", NEW."email", NEW."help_text_en", NEW."help_text_fi", NEW."help_text_sv", NEW."id", NEW."is_published", NEW."is_sample", NEW."languages", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."user_id"); RETURN NULL;', hash='ea19e1dfb8e76edfb4aab3b554cf272f1d35d62a', operation='UPDATE', pgid='pgtrigger_update_update_8a5b7', table='network_person', when='AFTER')),
        ),
        migrations.AddField(
            model_name='absence',
            name='deputy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stand_ins', to='network.person'),
        ),
        migrations.AddField(
            model_name='absence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_away', to='network.person'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='deputy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network.person'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network.person'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='network.absence'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['last_day', 'first_day'], name='absence_days'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='days_away_in_order'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deputy', models.F('person')), _negated=True), ('deputy', None), _connector='OR'), name='absence_not_own_deputy'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "network_absenceevent" ("deputy_id", "first_day", "id", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."deputy_id", NEW."first_day", NEW."id", NEW."last_day", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='f1714145cf20e2af2ca86cdb7687453d1d67e68e', operation='INSERT', pgid='pgtrigger_insert_insert_507fe', table='network_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "network_absenceevent" ("deputy_id", "first_day", "id", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."deputy_id", NEW."first_day", NEW."id", NEW."last_day", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='70281a32c46738b6b7123a14ddb4abcbe9c8c6e7', operation='UPDATE', pgid='pgtrigger_update_update_ac42f', table='network_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "network_absenceevent" ("deputy_id", "first_day", "id", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."deputy_id", OLD."first_day", OLD."id", OLD."last_day", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='88b62f8ca9189a030b75752eec2a59d932be1aff', operation='DELETE', pgid='pgtrigger_delete_delete_81fd8', table='network_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c166dfad608ed47fde8619e5e0d3d0870441a7f4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8d06d', table='network_absenceevent', when='BEFORE')),
        ),
        migrations.RunSQL(
            [
                ("insert into network_absence (person_id, first_day, last_day, deputy_id)"
                " select id, current_date, away_until, deputy_id from network_person where away_until >= current_date"),
                "set constraints all immediate",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(
            model_name='person',
            name='away_until',
        ),
    ]
