"""Companies as the public register knows them: facts that anybody may read, written by the register's import.

No row is made because somebody asks for a company's sake: it would tell the whole network that she has. What an asker says of her
company stays on her case.

A column holds the value that counts: an organisation's own edit where there is one (CompanyFact), else the register's. What the register
says stands whole in `register`, so that an edit never hides it and an import never overwrites an edit.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.finnish import FinnishKey, NameWords
from luukku.core.translated import Translated
from luukku.customers.enums import CompanyStatus, Export, FactField, FactSource, Growth, IndustrySystem, LifeStage, NameKind
from luukku.network.models import Municipality, Organisation, Person

GROWING = Q(growth__in=(Growth.GROWING, Growth.FAST)) | Q(stage=LifeStage.GROWING)  # by what is known: of few, so they have an index


class Company(models.Model):
    business_id = models.CharField(max_length=9, unique=True, help_text="1234567-8, check digit verified")
    name = models.CharField(max_length=200)
    name_key = models.GeneratedField(expression=FinnishKey("name"), output_field=models.TextField(), db_persist=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="companies", db_index=False
    )  # two below begin with it
    legal_form = models.CharField(max_length=6, blank=True, db_default="", help_text="the register's code, e.g. 16")
    status = models.CharField(max_length=13, choices=CompanyStatus, default=CompanyStatus.ACTIVE, db_default="active")
    founded_on = models.DateField(null=True, blank=True, help_text="first day in a register")
    ended_on = models.DateField(null=True, blank=True)
    industry = models.CharField(max_length=6, blank=True, db_default="", help_text="code, e.g. 70100, by `industry_system`")
    industry_system = models.CharField(max_length=7, choices=IndustrySystem, blank=True, db_default="")
    visiting_address = models.CharField(max_length=200, blank=True, db_default="")
    postal_address = models.CharField(max_length=200, blank=True, db_default="")
    website = models.CharField(max_length=200, blank=True, db_default="")
    registers = ArrayField(models.CharField(max_length=10), default=list, db_default=[], blank=True, help_text="in which it is: trade, vat, …")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="subsidiaries")
    persons = models.PositiveIntegerField(null=True, blank=True)
    turnover = models.BigIntegerField(null=True, blank=True, help_text="euros a year")
    balance = models.BigIntegerField(null=True, blank=True, help_text="balance sheet total, euros")
    figures_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of persons, turnover and balance")
    is_foreign_owned = models.BooleanField(null=True, blank=True)
    export = models.CharField(max_length=11, choices=Export, blank=True, db_default="")
    growth = models.CharField(max_length=9, choices=Growth, blank=True, db_default="")
    stage = models.CharField(max_length=11, choices=LifeStage, blank=True, db_default="")
    tags = ArrayField(models.CharField(max_length=40), default=list, db_default=[], blank=True, help_text="small letters, in the alphabet's order")
    register = models.JSONField(default=dict, db_default={}, blank=True, help_text="what the register says: values, dates by field, names")
    register_seen_at = models.DateTimeField(null=True, blank=True, help_text="when the register last told something new")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("name_key", "id")
        verbose_name_plural = "companies"
        indexes = (
            models.Index(fields=("name_key", "id"), name="company_name_key"),
            models.Index(fields=("municipality", "industry"), name="company_place_industry"),
            models.Index(fields=("municipality", "name_key", "id"), name="company_place_name"),
            models.Index(fields=("municipality",), name="company_growing", condition=GROWING),
            GinIndex(fields=("tags",), name="company_tags"),
        )

    def __str__(self) -> str:
        return self.name


class CompanyName(models.Model):
    """One name of a company, with the keys it is found by."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=NameKind)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    name_key = models.GeneratedField(expression=FinnishKey("name"), output_field=models.TextField(), db_persist=True)
    words = models.GeneratedField(expression=NameWords("name"), output_field=ArrayField(models.TextField()), db_persist=True)

    class Meta:
        ordering = ("name_key", "id")
        indexes = (
            models.Index(fields=("name_key", "id"), name="companyname_key"),
            GinIndex(fields=("words",), name="companyname_words", gin_pending_list_limit=64),
        )

    def __str__(self) -> str:
        return self.name


class NameWord(models.Model):
    """Each word that stands in some company's name, once: misspelt ones are looked for among these, not among all names."""

    word = models.TextField(primary_key=True)

    class Meta:
        ordering = ("word",)
        indexes = (GinIndex(fields=("word",), name="nameword_trigrams", opclasses=["gin_trgm_ops"], gin_pending_list_limit=64),)

    def __str__(self) -> str:
        return self.word


class Establishment(models.Model):
    """A place of business of a company, by its own name: people say the shop's name, not the company's."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="establishments")
    name = models.CharField(max_length=200)
    name_key = models.GeneratedField(expression=FinnishKey("name"), output_field=models.TextField(), db_persist=True)
    words = models.GeneratedField(expression=NameWords("name"), output_field=ArrayField(models.TextField()), db_persist=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who added it")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name_key", "id")
        indexes = (
            models.Index(fields=("name_key", "id"), name="establishment_key"),
            GinIndex(fields=("words",), name="establishment_words", gin_pending_list_limit=64),
        )

    def __str__(self) -> str:
        return self.name


class CompanyFact(models.Model):
    """An organisation's own edit of one fact: what, on which ground, as of when, by whom. The latest that has not ended counts.

    A trigger brings the value into the company's column, and the register's back when the edit ends: no request writes a company.
    """

    company = models.ForeignKey(Company, models.CASCADE, related_name="facts")
    field = models.CharField(max_length=16, choices=FactField)
    value = models.JSONField(null=True, help_text="as in the company's column; a municipality's code, a parent's business ID; null: there is none")
    source = models.CharField(max_length=8, choices=FactSource)
    stated_on = models.DateField(help_text="as of when it is true")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when another edit, or the register's value, took its place")

    class Meta:
        ordering = ("field", "-made_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("company", "field"), condition=Q(ended_at=None), name="company_fact_once"),
            models.CheckConstraint(name="company_fact_field", condition=Q(field__in=FactField.values)),
        )

    def __str__(self) -> str:
        return f"{self.company_id} {self.field}"


class RegisterCode(models.Model):
    """What a code of the register means: forms of company, industries by classification."""

    kind = models.CharField(max_length=10, help_text="legal-form, or an IndustrySystem")
    code = models.CharField(max_length=6)
    name_fi = models.CharField(max_length=300, blank=True)
    name_sv = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    name = Translated("name")

    class Meta:
        ordering = ("kind", "code")
        constraints = (models.UniqueConstraint(fields=("kind", "code"), name="register_code_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
