"""How the manual is built: ``make docs``. Warnings are errors, in the tests too."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "_ext"))

from holdfast import __version__  # noqa: E402

project = "Holdfast"
author = "the Holdfast contributors"
project_copyright = "2026, the Holdfast contributors"
version = release = __version__

extensions = ["myst_parser", "holdfast_reference"]
exclude_patterns = ["_build", "README.md"]
myst_enable_extensions = ["deflist", "colon_fence", "attrs_inline", "attrs_block", "dollarmath"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
nitpicky = True
# the same bytes on every build
html_last_updated_fmt = None
smartquotes = False

html_theme = "furo"
html_title = "Holdfast"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"] if any((HERE / "_static").glob("[!.]*")) else []
html_theme_options = {"navigation_with_keys": False}
