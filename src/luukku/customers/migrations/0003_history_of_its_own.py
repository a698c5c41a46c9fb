"""The history of contact data is written by its triggers alone and read by nobody but the house."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from luukku.core.walls.sql import written_by_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0002_walls'),
    ]

    operations = [
        migrations.RunSQL("drop policy web on customers_contactevent", migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        migrations.RemoveField(
            model_name='contactevent',
            name='readers',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactevent" ("customer_id", "email", "email_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_key") VALUES (NEW."customer_id", NEW."email", NEW."email_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_key"); RETURN NULL;', hash='9b43cfc21caeb2619835a349933cbd9f1ef7f9de', operation='INSERT', pgid='pgtrigger_insert_insert_84620', table='customers_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone"))', func='INSERT INTO "customers_contactevent" ("customer_id", "email", "email_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_key") VALUES (NEW."customer_id", NEW."email", NEW."email_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_key"); RETURN NULL;', hash='7685401f447a69a3094bee4a834952ad19d6f299', operation='UPDATE', pgid='pgtrigger_update_update_760d1', table='customers_contact', when='AFTER')),
        ),
        *written_by_triggers("customers_contactevent", "pgtrigger_insert_insert_84620", "pgtrigger_update_update_760d1"),
    ]
