"""What editors see in the Wagtail admin: menus, panels, the page of a step, bulk steps."""
