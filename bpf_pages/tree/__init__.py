"""The fixed pages of the tree, menus, robots.txt and sitemap."""
