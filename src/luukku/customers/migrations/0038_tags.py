"""Words by which companies are gathered are a fact that organisations write beside the register."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from luukku.core.walls.sql import amended


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0037_companies_in_change'),
        ('network', '0028_closing_days_of_the_nation'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='companyfact',
            name='company_fact_field',
        ),
        migrations.AddField(
            model_name='company',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], default=list, help_text="small letters, in the alphabet's order", size=None),
        ),
        migrations.AlterField(
            model_name='companyfact',
            name='field',
            field=models.CharField(choices=[('municipality', 'Municipality'), ('visiting_address', 'Visiting address'), ('postal_address', 'Postal address'), ('industry', 'Industry'), ('industry_system', 'Classification of the industry'), ('website', 'Website'), ('parent', 'Parent company'), ('persons', 'Persons'), ('turnover', 'Turnover, euros'), ('balance', 'Balance sheet, euros'), ('figures_year', 'Year of the figures'), ('is_foreign_owned', 'Foreign-owned'), ('export', 'Sales abroad'), ('growth', 'Growth'), ('stage', 'Stage of life'), ('tags', 'Tags')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='company',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='company_tags'),
        ),
        migrations.AddConstraint(
            model_name='companyfact',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ['municipality', 'visiting_address', 'postal_address', 'industry', 'industry_system', 'website', 'parent', 'persons', 'turnover', 'balance', 'figures_year', 'is_foreign_owned', 'export', 'growth', 'stage', 'tags'])), name='company_fact_field'),
        ),
        amended("wall.customers_apply_fact()", '"stage": ""}', '"stage": "", "tags": []}'),
        migrations.RunSQL(migrations.RunSQL.noop, "delete from customers_companyfact where field = 'tags'"),
    ]
