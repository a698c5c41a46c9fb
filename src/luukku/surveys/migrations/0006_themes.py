"""Answers in own words stand under themes: read with the results, named by who keeps the survey."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

READ = "survey_id in (select wall.surveys_read())"
KEPT = "survey_id in (select wall.surveys_kept())"
MARKS = "of the words that stand under it, in no order of coming"
STAYS = """
create function wall.surveys_theme_before() returns trigger language plpgsql as $$
begin
  new.survey_id := old.survey_id; new.variable := old.variable;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("surveys", "0005_needs")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "Theme",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("variable", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("marks", django.contrib.postgres.fields.ArrayField(models.CharField(max_length=43), blank=True, default=list, help_text=MARKS)),
                ("survey", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="surveys.survey")),
            ],
            options={
                "ordering": ("survey", "variable", "name", "id"),
                "constraints": [models.UniqueConstraint(fields=("survey", "variable", "name"), name="theme_named_once")],
            },
        ),
        migrations.RunSQL(
            [
                "alter table surveys_theme enable row level security, force row level security",
                f"create policy web_reads on surveys_theme for select to luukku_web using ({READ})",
                f"create policy web_adds on surveys_theme for insert to luukku_web with check ({KEPT})",
                f"create policy web_changes on surveys_theme for update to luukku_web using ({KEPT}) with check ({KEPT})",
                f"create policy web_ends on surveys_theme for delete to luukku_web using ({KEPT})",
                "create policy house on surveys_theme to luukku_house using (true) with check (true)",
                "create policy own on surveys_theme to luukku_owner using (true) with check (true)",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(STAYS, "drop function wall.surveys_theme_before()"),
        migrations.RunSQL(
            "create trigger wall_before before update on surveys_theme for each row execute function wall.surveys_theme_before()",
            "drop trigger wall_before on surveys_theme",
        ),
    ]
