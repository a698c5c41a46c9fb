
import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import luukku.core.walls
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0005_nobody_becomes_another'),
        ('network', '0010_shepherds_seat'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Shepherd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('principal', luukku.core.walls.PrincipalField(db_default=luukku.core.walls.NextPrincipal(), editable=False, help_text='what he reads her matters by', unique=True)),
                ('business_id', models.CharField(blank=True, help_text='her matters of this company only; empty: all her matters', max_length=9)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, help_text='as agreed; None: until further notice', null=True)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end', models.CharField(blank=True, choices=[('customer', 'The customer ended it'), ('us', 'Ended by us'), ('changed', 'Another took over'), ('contract', 'The contract ended')], max_length=10)),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func('starts_at', django.db.models.functions.comparison.Greatest('starts_at', django.db.models.functions.comparison.Least('ends_at', 'ended_at', models.Value(datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)))), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField())),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
            ],
            options={
                'ordering': ('-starts_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ShepherdContract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text="the buyer's number of it", max_length=40)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('minutes', models.PositiveIntegerField(help_text='agreed')),
                ('minutes_used', models.PositiveIntegerField(default=0, editable=False, help_text='kept by a trigger of the hours')),
                ('price', models.DecimalField(decimal_places=2, help_text='euros', max_digits=10)),
                ('price_for', models.CharField(choices=[('whole', 'For the whole'), ('hour', 'An hour')], max_length=5)),
                ('with_vat', models.BooleanField(default=False, help_text='the price includes value added tax')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_on', models.DateField(blank=True, help_text='the last day, when it ended before its time', null=True)),
                ('warned_at', models.DateTimeField(blank=True, help_text='when its people were told that it ends soon', null=True)),
            ],
            options={
                'ordering': ('last_day', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ShepherdHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=200)),
                ('logged_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
            ],
            options={
                'verbose_name_plural': 'hours',
                'ordering': ('-day', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ShepherdMandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('see', 'See her matters'), ('act', 'Write on her behalf'), ('chase', 'Chase late matters on her behalf')], max_length=5)),
                ('agreed_at', models.DateTimeField()),
                ('way', models.CharField(choices=[('page', 'On her own page'), ('phone', 'On the phone'), ('in-person', 'Face to face'), ('written', 'In writing')], max_length=10)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        migrations.AddField(
            model_name='contact',
            name='call_days',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], default=list, help_text='0 = Monday; empty: any', size=None),
        ),
        migrations.AddField(
            model_name='contact',
            name='call_from',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='call_until',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='way',
            field=models.CharField(blank=True, choices=[('email', 'By e-mail'), ('phone', 'By phone')], help_text='how she wants to be reached; empty: she has not said', max_length=5),
        ),
        migrations.AddField(
            model_name='contact',
            name='wish_language',
            field=models.CharField(blank=True, choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], help_text='of mails and calls; empty: that of each case', max_length=2),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='call_days',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], default=list, help_text='0 = Monday; empty: any', size=None),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='call_from',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='call_until',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='way',
            field=models.CharField(blank=True, choices=[('email', 'By e-mail'), ('phone', 'By phone')], help_text='how she wants to be reached; empty: she has not said', max_length=5),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='wish_language',
            field=models.CharField(blank=True, choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], help_text='of mails and calls; empty: that of each case', max_length=2),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactevent" ("call_days", "call_from", "call_until", "customer_id", "email", "email_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_key", "way", "wish_language") VALUES (NEW."call_days", NEW."call_from", NEW."call_until", NEW."customer_id", NEW."email", NEW."email_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_key", NEW."way", NEW."wish_language"); RETURN NULL;', hash='db6723b5dcfabddfb8985bf18dbb760ac145c6fb', operation='INSERT', pgid='pgtrigger_insert_insert_84620', table='customers_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."call_days" IS DISTINCT FROM (NEW."call_days") OR OLD."call_from" IS DISTINCT FROM (NEW."call_from") OR OLD."call_until" IS DISTINCT FROM (NEW."call_until") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."wish_language" IS DISTINCT FROM (NEW."wish_language"))', func='INSERT INTO "customers_contactevent" ("call_days", "call_from", "call_until", "customer_id", "email", "email_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_key", "way", "wish_language") VALUES (NEW."call_days", NEW."call_from", NEW."call_until", NEW."customer_id", NEW."email", NEW."email_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_key", NEW."way", NEW."wish_language"); RETURN NULL;', hash='adb212c0c30669630251c99eaa129979478f940e', operation='UPDATE', pgid='pgtrigger_update_update_760d1', table='customers_contact', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('call_from', None), ('call_until', None)), models.Q(('call_from__lt', models.F('call_until')), ('call_until__isnull', False)), _connector='OR'), name='contact_call_hours'),
        ),
        migrations.AddField(
            model_name='shepherd',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shepherds', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='shepherd',
            name='decided_by',
            field=models.ForeignKey(help_text='whose decision it was on our side', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person'),
        ),
        migrations.AddField(
            model_name='shepherd',
            name='organisation',
            field=models.ForeignKey(help_text="the seat's", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation'),
        ),
        migrations.AddField(
            model_name='shepherd',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keeps', to='network.person'),
        ),
        migrations.AddField(
            model_name='shepherd',
            name='seat',
            field=models.ForeignKey(help_text='by which he does; with it, this ends', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.seat'),
        ),
        migrations.AddField(
            model_name='shepherdcontract',
            name='buyer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation'),
        ),
        migrations.AddField(
            model_name='shepherdcontract',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation'),
        ),
        migrations.AddField(
            model_name='shepherdcontract',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.region'),
        ),
        migrations.AddField(
            model_name='shepherd',
            name='contract',
            field=models.ForeignKey(blank=True, help_text='of a bought service', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shepherds', to='customers.shepherdcontract'),
        ),
        migrations.AddField(
            model_name='shepherdhours',
            name='shepherd',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='customers.shepherd'),
        ),
        migrations.AddField(
            model_name='shepherdmandate',
            name='shepherd',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='customers.shepherd'),
        ),
        migrations.AddConstraint(
            model_name='shepherdcontract',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='contract_in_order'),
        ),
        migrations.AddConstraint(
            model_name='shepherdcontract',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__lte', models.F('last_day')), _connector='OR'), name='contract_ends_within'),
        ),
        migrations.AddConstraint(
            model_name='shepherdcontract',
            constraint=models.CheckConstraint(condition=models.Q(('buyer', models.F('provider')), _negated=True), name='contract_of_two'),
        ),
        migrations.AddConstraint(
            model_name='shepherdcontract',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0), ('price__gte', 0)), name='contract_of_something'),
        ),
        migrations.AddConstraint(
            model_name='shepherdcontract',
            constraint=models.UniqueConstraint(fields=('buyer', 'reference'), name='contract_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='shepherd',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='shepherd_in_order'),
        ),
        migrations.AddConstraint(
            model_name='shepherd',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='shepherd_end_has_cause'),
        ),
        migrations.AddConstraint(
            model_name='shepherd',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('customer', '='), ('period', '&&')], name='one_shepherd_of_a_customer'),
        ),
        migrations.AddConstraint(
            model_name='shepherd',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('business_id__gt', '')), expressions=[('business_id', '='), ('person', '<>'), ('period', '&&')], name='one_shepherd_of_a_company'),
        ),
        migrations.AddConstraint(
            model_name='shepherdhours',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0), ('minutes__lte', 1440)), name='hours_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='shepherdmandate',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('shepherd', 'kind'), name='mandate_once'),
        ),
    ]
