
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0009_past_hours'),
    ]

    operations = [
        migrations.AlterField(
            model_name='seat',
            name='role',
            field=models.CharField(choices=[('adviser', 'Adviser'), ('desk-lead', 'Desk lead'), ('service-editor', 'Service editor'), ('organisation-head', 'Head of organisation'), ('coordinator', 'Regional coordinator'), ('steering-chair', 'Chair of the steering group'), ('steering-member', 'Member of the steering group'), ('working-chair', 'Chair of the working group'), ('working-member', 'Member of the working group'), ('process-owner', 'Process owner'), ('area-contact', 'Area contact'), ('national-owner', 'National owner'), ('administrator', 'Administrator'), ('viewer', 'Viewer'), ('shepherd', "Customer's shepherd")], max_length=20),
        ),
        migrations.AlterField(
            model_name='seatevent',
            name='role',
            field=models.CharField(choices=[('adviser', 'Adviser'), ('desk-lead', 'Desk lead'), ('service-editor', 'Service editor'), ('organisation-head', 'Head of organisation'), ('coordinator', 'Regional coordinator'), ('steering-chair', 'Chair of the steering group'), ('steering-member', 'Member of the steering group'), ('working-chair', 'Chair of the working group'), ('working-member', 'Member of the working group'), ('process-owner', 'Process owner'), ('area-contact', 'Area contact'), ('national-owner', 'National owner'), ('administrator', 'Administrator'), ('viewer', 'Viewer'), ('shepherd', "Customer's shepherd")], max_length=20),
        ),
    ]
