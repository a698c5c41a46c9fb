"""Days on which a part is to be looked at sort the queue and are warned of, as low marks are."""

import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

LOOK_AT = models.Case(models.When(models.Q(('state', 'waiting'), ('waiting_until__isnull', False), models.Q(('waiting_for', 'statement'), _negated=True)), then=models.Func(models.F('waiting_until'), template="((%(expressions)s + time '16:00') at time zone 'Europe/Helsinki')")), models.When(state__in=('new', 'taken-up', 'in-progress', 'waiting'), then=models.F('next_step_at')), output_field=models.DateTimeField(null=True))


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0008_history_of_words'),
        ('desk', '0079_not_the_same'),
        ('network', '0016_photos'),
    ]

    operations = [
        migrations.AddField(
            model_name='clockwarning',
            name='follow_up',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.followup'),
        ),
        migrations.AddField(
            model_name='clockwarning',
            name='leg',
            field=models.ForeignKey(help_text='of which Leg.look_at is warned', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.leg'),
        ),
        migrations.AddField(
            model_name='followup',
            name='broken_at',
            field=models.DateTimeField(blank=True, help_text='when it was noticed that the day had passed', null=True),
        ),
        migrations.AddField(
            model_name='leg',
            name='reminded_of',
            field=models.DateField(blank=True, help_text='the day of waiting on which the customer was reminded', null=True),
        ),
        migrations.AlterField(
            model_name='clockwarning',
            name='clock',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='desk.clock'),
        ),
        migrations.RemoveIndex(model_name='leg', name='leg_due'),
        migrations.RemoveIndex(model_name='leg', name='leg_handler_due'),
        migrations.RemoveIndex(model_name='leg', name='leg_desk_due'),
        migrations.RemoveField(model_name='leg', name='due_sort'),
        migrations.AddField(
            model_name='leg',
            name='look_at',
            field=models.GeneratedField(db_persist=True, expression=LOOK_AT, output_field=models.DateTimeField(null=True)),
        ),
        migrations.AddField(
            model_name='leg',
            name='due_sort',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Least('due_at', LOOK_AT), models.Value(datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), help_text='due_at or look_at, the earlier; the undue last', output_field=models.DateTimeField()),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['due_sort', 'id'], name='leg_due'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['handler', 'due_sort', 'id'], name='leg_handler_due'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['desk', 'due_sort', 'id'], name='leg_desk_due'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['look_at'], name='leg_look'),
        ),
        migrations.AddConstraint(
            model_name='clockwarning',
            constraint=models.UniqueConstraint(fields=('leg', 'person', 'step', 'due_at'), name='warned_once_of_part'),
        ),
        migrations.AddConstraint(
            model_name='clockwarning',
            constraint=models.UniqueConstraint(fields=('follow_up', 'person', 'step', 'due_at'), name='warned_once_of_mark'),
        ),
        migrations.AddConstraint(
            model_name='clockwarning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clock__isnull', False), ('follow_up', None), ('leg', None)), models.Q(('clock', None), ('follow_up', None), ('leg__isnull', False)), models.Q(('clock', None), ('follow_up__isnull', False), ('leg', None)), _connector='OR'), name='warned_of_one_thing'),
        ),
    ]
