"""A partner whose part in the region has ended reads its shared prospects no more, from that moment; when it comes back it is shared with anew, or not.

Readers are copied into each row, so a trigger on the parts makes them anew. Whoever ends the part need not read the prospect: the tests of who may
write are for what the web writes itself, and not for what triggers keep.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"

READERS = "o.id = any(new.shared_with);"
STILL_HERE = "(o.id = any(new.shared_with) and not o.principal = any(wall.desk_left_region(new.region_id)));"
BY_HAND = "wall.by_web() and pg_trigger_depth() = 1 and not "
PART_CHANGED = f"""
create function wall.vitality_part_changed() returns trigger {DEFINER} as $$
declare part network_participation := coalesce(new, old);
begin
  if tg_op = 'INSERT' then
    update vitality_prospect p set shared_with = array_remove(p.shared_with, part.organisation_id)
      where p.region_id = part.region_id and part.organisation_id = any(p.shared_with)
        and not exists (select 1 from network_organisation o where o.id = part.organisation_id and o.principal = any(p.readers));
  else
    update vitality_prospect set readers = '{{}}' where region_id = part.region_id and part.organisation_id = any(shared_with);
  end if;
  return null;
end $$
"""
TRIGGER = (
    "create trigger vitality_part_changed after insert or update or delete on network_participation"
    " for each row execute function wall.vitality_part_changed()"
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0008_notes_stand"), ("desk", "0095_left_successors")]
    operations: ClassVar[list[Operation]] = [
        amended("wall.vitality_prospect_before()", READERS, STILL_HERE),
        amended("wall.vitality_prospect_before()", "wall.by_web() and not ", BY_HAND),
        amended("wall.vitality_note_before()", "wall.by_web() and not ", BY_HAND),
        amended("wall.vitality_offer_before()", "wall.by_web() and not ", BY_HAND),
        migrations.RunSQL(PART_CHANGED, "drop function wall.vitality_part_changed()"),
        migrations.RunSQL(TRIGGER, "drop trigger vitality_part_changed on network_participation"),
        migrations.RunSQL("update vitality_prospect set readers = '{}' where shared_with <> '{}'", migrations.RunSQL.noop),
    ]
