import search.tuning.synonyms
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.CharField(
                        help_text="The words typed; their order, case and endings do not matter.",
                        max_length=200,
                        verbose_name="question",
                    ),
                ),
                ("key", models.CharField(db_index=True, editable=False, max_length=400)),
                (
                    "document",
                    models.CharField(
                        help_text="Identifier without the edition: BPF-2014-SPAM.",
                        max_length=110,
                        verbose_name="document",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Shown below the title.", max_length=200, verbose_name="why"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="last day")),
            ],
            options={
                "verbose_name": "recommended result",
                "verbose_name_plural": "recommended results",
                "ordering": ["question", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            (search.tuning.synonyms.Rule["TWO_WAY"], "Each of the terms also finds the others"),
                            (search.tuning.synonyms.Rule["ONE_WAY"], "The first term also finds the others"),
                            (
                                search.tuning.synonyms.Rule["NEVER"],
                                "Typed alone, these terms find nothing but themselves",
                            ),
                        ],
                        default=search.tuning.synonyms.Rule["TWO_WAY"],
                        max_length=10,
                        verbose_name="rule",
                    ),
                ),
                (
                    "terms",
                    models.TextField(
                        help_text="One a line, as people write them. Several words make one term.",
                        max_length=2000,
                        verbose_name="terms",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh-hans", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        default="en",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Why the row is here. Not public.", max_length=300, verbose_name="note"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ["terms"],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("address", models.CharField(max_length=2000)),
                ("language", models.CharField(max_length=10)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("told", models.JSONField(default=list)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("email", "address"), name="alert_once_a_reader")],
            },
        ),
        migrations.CreateModel(
            name="AskedQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("question", models.CharField(max_length=200)),
                ("engine", models.CharField(max_length=30)),
                ("results", models.PositiveIntegerField()),
                ("times", models.PositiveIntegerField(default=0)),
                ("clicks", models.PositiveIntegerField(default=0)),
                ("rank_sum", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-day", "-times"],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "question", "engine"), name="asked_question_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="FacetValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=120)),
                ("label", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("facet", "value"), name="facet_value_once")],
            },
        ),
        migrations.CreateModel(
            name="IndexChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("engine", models.CharField(max_length=30)),
                ("edition", models.CharField(help_text="Identifier of the edition.", max_length=120)),
                ("removes", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["engine", "done_at"], name="search_inde_engine_e61e57_idx")],
            },
        ),
    ]
