"""Synonyms and recommended results in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import CreateView as SnippetCreateView
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.tuning.models import Recommendation, Synonym


class PrefilledCreateView(SnippetCreateView):
    """A form that opens with the terms named in its address: the report links to it."""

    def get_initial_form_instance(self) -> Synonym:
        instance = super().get_initial_form_instance() or Synonym()
        instance.terms = self.request.GET.get("terms", "")[:200]
        return instance


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = ["__str__", "rule", "language", "updated_at"]
    list_filter = ["rule", "language"]
    search_fields = ["terms"]
    add_view_class = PrefilledCreateView
    panels = [FieldPanel("rule"), FieldPanel("terms"), FieldPanel("language"), FieldPanel("note")]


class RecommendationViewSet(SnippetViewSet):
    model = Recommendation
    icon = "pick"
    menu_label = _("Recommended results")
    list_display = ["question", "document", "ends_on"]
    search_fields = ["question", "document"]
    panels = [FieldPanel("question"), FieldPanel("document"), FieldPanel("note"), FieldPanel("ends_on")]


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Search tuning")  # Wagtail has an entry "Search" of its own
    menu_icon = "sliders"
    menu_order = 350
    items = (SynonymViewSet, RecommendationViewSet)
