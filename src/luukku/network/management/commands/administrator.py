"""`luukku administrator`: the first administrator of an installation, or one more."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from luukku.accounts.actions import password_link
from luukku.core.actor import act_as_house
from luukku.core.errors import RuleBroken
from luukku.network.actions.signins import make_administrator


class Command(BaseCommand):
    help = "Make an administrator and print a link, good once and for three days, with which she sets her password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("email")

    def handle(self, *, name: str, email: str, **options: object) -> None:
        try:
            validate_email(email)
            with act_as_house("make an administrator from the command line") as house:
                _person, user = make_administrator(by=house, name=name, email=email)
                link = password_link(user)
        except (RuleBroken, ValidationError) as error:
            raise CommandError(" ".join(error.messages) if isinstance(error, ValidationError) else str(error.message)) from error
        self.stdout.write(link)
        self.stderr.write("Open it within three days to choose a password; at the first sign-in a second step is set up.", self.style.NOTICE)
