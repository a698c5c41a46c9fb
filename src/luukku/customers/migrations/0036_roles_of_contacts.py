"""What a contact is in her company; the triggers of her history know it too, and write it still when this is taken back."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from luukku.core.walls.sql import written_by_triggers

HISTORY = ("pgtrigger_insert_insert_84620", "pgtrigger_update_update_760d1")
AGAIN = [f"alter function {name}() security definer set search_path = public, pg_temp" for name in HISTORY]


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0035_passed_contacts'),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, AGAIN),
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
            name='role',
            field=models.CharField(blank=True, db_default='', help_text='what she is in her company, e.g. managing director', max_length=80),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='role',
            field=models.CharField(blank=True, db_default='', help_text='what she is in her company, e.g. managing director', max_length=80),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactevent" ("call_days", "call_from", "call_until", "customer_id", "email", "email_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_key", "role", "way", "wish_language") VALUES (NEW."call_days", NEW."call_from", NEW."call_until", NEW."customer_id", NEW."email", NEW."email_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_key", NEW."role", NEW."way", NEW."wish_language"); RETURN NULL;', hash='5cf93fc364f6f96ac80ab49743db977ccd777430', operation='INSERT', pgid='pgtrigger_insert_insert_84620', table='customers_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."call_days" IS DISTINCT FROM (NEW."call_days") OR OLD."call_from" IS DISTINCT FROM (NEW."call_from") OR OLD."call_until" IS DISTINCT FROM (NEW."call_until") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."wish_language" IS DISTINCT FROM (NEW."wish_language"))', func='INSERT INTO "customers_contactevent" ("call_days", "call_from", "call_until", "customer_id", "email", "email_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_key", "role", "way", "wish_language") VALUES (NEW."call_days", NEW."call_from", NEW."call_until", NEW."customer_id", NEW."email", NEW."email_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_key", NEW."role", NEW."way", NEW."wish_language"); RETURN NULL;', hash='c30cdbba4e0b8649cad98050de837d872f614060', operation='UPDATE', pgid='pgtrigger_update_update_760d1', table='customers_contact', when='AFTER')),
        ),
        *written_by_triggers("customers_contactevent", *HISTORY),
    ]
