"""Time the rendering of one issue, after imports: processor time of every file, best of several.

    python tools/bench_render.py [--stories 60] [--runs 5] [--style dispatch]

The bound that the project keeps on two idle cores: 0.3 s for 60 stories.
"""

from __future__ import annotations

import argparse
import time

from bench_site import issue_of
from digest.render import builtin_styles, load_theme, render


def main() -> None:
    """Print seconds, and the size of the mail."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--style", choices=builtin_styles(), default="dispatch")
    options = parser.parse_args()
    theme = load_theme(options.style)
    issue = issue_of(0, options.stories)
    made = render(issue, theme)  # imports what is needed, and compiles the templates
    times = []
    for _ in range(options.runs):
        start = time.process_time()
        render(issue, theme)
        times.append(time.process_time() - start)
    mail = next(len(a.content) for a in made if a.path.endswith("/issue.html"))
    print(f"{options.stories} stories: {len(made.artifacts)} files, a mail of {mail:,} bytes")
    print(f"render  CPU min {min(times):.3f} s, max {max(times):.3f} s")
    for note in made.notes:
        print(f"        {note}")


if __name__ == "__main__":
    main()
