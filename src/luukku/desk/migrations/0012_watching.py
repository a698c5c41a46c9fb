"""Warnings, broken promises and waits: what watches over the clocks."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0011_kiosk_walls"),
        ('network', '0003_principal_not_in_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('taken-up', 'Taken up'), ('informed', 'Kept informed'), ('guided', 'Guided, not sent away')], max_length=15)),
                ('due_at', models.DateTimeField()),
                ('waiting_for', models.CharField(blank=True, choices=[('customer', 'Customer'), ('authority', 'Authority'), ('hearing', 'Statutory hearing'), ('appeal', 'Appeal period'), ('resources', 'Resources'), ('other', 'Other')], max_length=15)),
                ('noticed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ClockWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('handler', 'Handler'), ('lead', 'Desk lead'), ('coordinator', 'Coordinator')], max_length=12)),
                ('due_at', models.DateTimeField(help_text='the limit that was warned of')),
                ('at', models.DateTimeField(help_text='the sweep; with the person it names the mail')),
            ],
        ),
        migrations.CreateModel(
            name='Wait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('customer', 'Customer'), ('authority', 'Authority'), ('hearing', 'Statutory hearing'), ('appeal', 'Appeal period'), ('resources', 'Resources'), ('other', 'Other')], max_length=15)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
            ],
            options={
                'ordering': ('leg', 'started_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='WarningTimes',
            fields=[
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='warning_times', serialize=False, to='network.region')),
                ('handler_minutes', models.PositiveSmallIntegerField(default=240, help_text='before the promise is due: its handler')),
                ('lead_minutes', models.PositiveSmallIntegerField(default=120, help_text='before the promise is due: the desk lead')),
                ('coordinator_minutes', models.PositiveSmallIntegerField(default=480, help_text="after it was due: the region's coordinator")),
            ],
        ),
        migrations.AddField(
            model_name='clock',
            name='pauses',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), blank=True, db_default=[], default=list, help_text='pauses that are over: from, to, from, to', size=None),
        ),
        migrations.AddField(
            model_name='clock',
            name='working_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='as promised at its start; None keeps its date whatever changes', null=True),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('ended_at', None), ('paused_at', None)), fields=['due_at'], name='clock_running'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('kept', False)), fields=['id'], name='clock_broken'),
        ),
        migrations.AddField(
            model_name='breach',
            name='clock',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='breach', to='desk.clock'),
        ),
        migrations.AddField(
            model_name='breach',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.desk'),
        ),
        migrations.AddField(
            model_name='clockwarning',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='desk.clock'),
        ),
        migrations.AddField(
            model_name='clockwarning',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.person'),
        ),
        migrations.AddField(
            model_name='wait',
            name='leg',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waits', to='desk.leg'),
        ),
        migrations.AddConstraint(
            model_name='warningtimes',
            constraint=models.CheckConstraint(condition=models.Q(('handler_minutes__gte', models.F('lead_minutes'))), name='handler_warned_first'),
        ),
        migrations.AddIndex(
            model_name='breach',
            index=models.Index(fields=['desk', 'due_at'], name='breach_desk'),
        ),
        migrations.AddIndex(
            model_name='clockwarning',
            index=models.Index(fields=['person', 'at'], name='warning_mail'),
        ),
        migrations.AddConstraint(
            model_name='clockwarning',
            constraint=models.UniqueConstraint(fields=('clock', 'person', 'step', 'due_at'), name='warned_once'),
        ),
        migrations.AddConstraint(
            model_name='wait',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('leg',), name='one_wait_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='wait',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='wait_in_order'),
        ),
    ]
