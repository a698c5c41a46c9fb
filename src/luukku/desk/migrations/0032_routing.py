"""Routing rules in versions, rotas, and on each leg why it came where it is."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0031_handover_figures"),
        ('network', '0005_absences'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rota',
            fields=[
                ('desk', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rota', serialize=False, to='network.desk')),
                ('period', models.CharField(choices=[('day', 'A day'), ('week', 'A week')], default='week', max_length=5)),
                ('starts_on', models.DateField()),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
            ],
        ),
        migrations.AddField(
            model_name='leg',
            name='routed',
            field=models.JSONField(db_default={}, default=dict, editable=False, help_text='why it came to this desk and person: ids and codes'),
        ),
        migrations.CreateModel(
            name='RuleBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('used', 'In use'), ('past', 'Past')], default='draft', max_length=10)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_from', models.DateTimeField(blank=True, null=True)),
                ('used_until', models.DateTimeField(blank=True, null=True)),
                ('desk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rule_books', to='network.desk')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rule_books', to='network.region')),
                ('used_by', models.ForeignKey(blank=True, help_text='who took it into use', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
            ],
            options={
                'ordering': ('region', 'desk', '-number'),
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), blank=True, default=list, size=None)),
                ('segments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('fewer_than', models.PositiveIntegerField(blank=True, help_text='only while the desk has fewer open matters than this', null=True)),
                ('whom', models.CharField(blank=True, choices=[('person', 'A named person'), ('rota', "Whoever's turn it is"), ('least', 'Whoever has the fewest open matters')], max_length=10)),
                ('to_desk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.desk')),
                ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.person')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='desk.rulebook')),
            ],
            options={
                'ordering': ('book', 'position', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='rulebook',
            constraint=models.UniqueConstraint(fields=('region', 'desk', 'number'), name='rule_book_number', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rulebook',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('region', 'desk'), name='one_draft', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rulebook',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'used')), fields=('region', 'desk'), name='one_book_in_use', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('to_desk__isnull', False), models.Q(('whom', ''), _negated=True), _connector='OR'), name='rule_leads_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_person__isnull', False), ('whom', 'person')), models.Q(models.Q(('whom', 'person'), _negated=True), ('to_person', None)), _connector='OR'), name='rule_names_its_person'),
        ),
    ]
