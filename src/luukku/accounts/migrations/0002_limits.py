"""Where the limits on sign-in are counted, for all web processes together (Django's database cache)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            create unlogged table accounts_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
            create index accounts_cache_expires on accounts_cache (expires);
            """,
            "drop table accounts_cache",
        )
    ]
