"""The person with the keyboard notices what a person would: what Tab does not reach, and a focus that is not shown."""

import pytest

from tests.browser.chromium import chromium
from tests.browser.keyboard import choose, press, tab_to

pytestmark = pytest.mark.browser

PAGE = """
<style>.unseen:focus { outline: none }</style>
<button>First</button>
<span role="button" onclick="document.title = 'clicked'">Only for mice</span>
<button class="unseen">Unseen</button>
<fieldset><label><input type="radio" name="r">One</label><label><input type="radio" name="r">Two</label></fieldset>
<button onclick="document.title = 'pressed'">Last</button>
"""


def test_a_thing__is_reached_only_if_a_person_would_reach_and_see_it() -> None:
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(PAGE)
        with pytest.raises(AssertionError, match="“Only for mice” is not reached in 120 stops"):
            tab_to(page, "button", "Only for mice")
        with pytest.raises(AssertionError, match="“Unseen” has the focus and does not show it"):
            tab_to(page, "button", "Unseen")
        choose(page, "Two")
        assert page.get_by_label("Two").is_checked()
        press(page, "button", "Last")
        assert page.title() == "pressed"
