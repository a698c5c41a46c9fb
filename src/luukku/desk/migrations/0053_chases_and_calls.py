
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0006_shepherds'),
        ('desk', '0052_returned_handovers'),
        ('network', '0010_shepherds_seat'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseCompanyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('company_name', models.CharField(blank=True, help_text='as it was told', max_length=200)),
                ('business_id', models.CharField(blank=True, help_text='as it was told; its check digit is right', max_length=9)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Chase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='NewsCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('news', models.CharField(help_text='the kind of mail that it stands for, such as taken_up', max_length=30)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('call_at', models.DateTimeField(help_text='proposed: within the hours that she has asked for')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
            ],
            options={
                'ordering': ('call_at', 'id'),
            },
        ),
        migrations.AddField(
            model_name='leg',
            name='call_waits',
            field=models.BooleanField(db_default=False, default=False, help_text='news waits to be told on the phone (see NewsCall)'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='corrected_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."business_id" IS DISTINCT FROM (NEW."business_id") OR OLD."company_name" IS DISTINCT FROM (NEW."company_name"))', func='INSERT INTO "desk_casecompanyevent" ("business_id", "company_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."business_id", OLD."company_name", _pgh_attach_context(), NOW(), \'corrected\', OLD."id"); RETURN NULL;', hash='b431685ef474d50a0315ec82fcb5fa6dec4355a6', operation='UPDATE', pgid='pgtrigger_corrected_update_af7d4', table='desk_case', when='AFTER')),
        ),
        migrations.AddField(
            model_name='casecompanyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='casecompanyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='company_name_business_id_events', to='desk.case'),
        ),
        migrations.AddField(
            model_name='chase',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chases', to='desk.case'),
        ),
        migrations.AddField(
            model_name='chase',
            name='shepherd',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chases', to='customers.shepherd'),
        ),
        migrations.AddField(
            model_name='newscall',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news_calls', to='desk.case'),
        ),
        migrations.AddField(
            model_name='newscall',
            name='done_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person'),
        ),
        migrations.AddField(
            model_name='newscall',
            name='leg',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.leg'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casecompanyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5c5db381ca25b873a9d81ea9d76e195b8e025ecf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f2fa7', table='desk_casecompanyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='chase',
            constraint=models.UniqueConstraint(fields=('case', 'day'), name='chased_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='newscall',
            index=models.Index(condition=models.Q(('done_at', None)), fields=['case'], name='news_call_waits'),
        ),
        migrations.AddConstraint(
            model_name='newscall',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('case', 'news'), name='news_call_once'),
        ),
    ]
