"""Words by which records are found, and the vocabulary that forgives a typo."""

from django.db import models

from pawfile.lib.columns import FoldedField
from pawfile.lib.text import WORD_LENGTH


class Word(models.Model):
    """One folded word of one field of one record.

    Subclasses add ``record``. ``key`` names the field the word comes from, so that a reader finds
    nothing by a field he or she may not see.
    """

    word = FoldedField(max_length=WORD_LENGTH)
    key = models.CharField(max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.word


class Vocabulary(models.Model):
    """Every distinct word of names and streets ever stored. It only grows; a word that no record
    has any more is harmless, because what it suggests is looked up among the words again."""

    word = models.CharField(max_length=WORD_LENGTH, unique=True)

    class Meta:
        verbose_name_plural = "vocabulary"

    def __str__(self) -> str:
        return self.word
