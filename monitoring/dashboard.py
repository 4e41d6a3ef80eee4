#!/usr/bin/env python3
"""Asks a Prometheus all that the dashboard asks.

    dashboard.py check [--prometheus URL] [--minutes N]          which queries return nothing; exit code 1 if one does
    dashboard.py draw [--prometheus URL] [--minutes N] -o FILE   a picture of the panels (SVG), without Grafana

Only what this dashboard uses is drawn: rows, stats, time series, and their units. Needs Python 3 and nothing else.
"""
import argparse
import html
import json
import math
import re
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

DASHBOARD = Path(__file__).with_name("weir-dashboard.json")
POINTS = 120


class Prometheus:
    def __init__(self, url, minutes):
        self.url = url.rstrip("/")
        self.end = time.time()
        self.start = self.end - 60 * minutes
        self.step = max(5, math.ceil(60 * minutes / POINTS))
        scrape = re.search(r"scrape_interval: (\d+)(ms|s|m)", self.get("status/config")["yaml"])
        seconds = int(scrape[1]) * {"ms": 0.001, "s": 1, "m": 60}[scrape[2]] if scrape else 15
        # As Grafana has it: never less than four scrapes.
        self.rate_interval = f"{math.ceil(max(self.step + seconds, 4 * seconds))}s"

    def get(self, path, **parameters):
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        with urllib.request.urlopen(f"{self.url}/api/v1/{path}{query}", timeout=30) as answer:
            return json.load(answer)["data"]

    def series(self, expression):
        """Labels and points of each series; a pause is a point of None."""
        expression = expression.replace("$__rate_interval", self.rate_interval).replace("$instance", ".*")
        found = self.get("query_range", query=expression, start=self.start, end=self.end, step=self.step)
        return [(one["metric"], self.points(one["values"])) for one in found["result"]]

    def points(self, values):
        points, before = [], None
        for at, text in values:
            if before is not None and at - before > 1.5 * self.step:
                points.append((at, None))
            value = float(text)
            points.append((at, value if math.isfinite(value) else None))
            before = at
        return points


def legend(target, labels):
    name = re.sub(r"{{\s*(\w+)\s*}}", lambda label: labels.get(label[1], ""), target.get("legendFormat", ""))
    return name or ", ".join(f"{key}={value}" for key, value in labels.items())


def asked(panel, prometheus):
    return [
        (legend(target, labels), points)
        for target in panel["targets"]
        for labels, points in prometheus.series(target["expr"])
    ]


def panels():
    return json.loads(DASHBOARD.read_text())["panels"]


def check(prometheus):
    empty = queries = 0
    for panel in panels():
        for target in panel.get("targets", []):
            queries += 1
            series = prometheus.series(target["expr"])
            values = [value for _, points in series for _, value in points if value is not None]
            if not values:
                empty += 1
            state = f"{len(series)} series, {min(values):g} to {max(values):g}" if values else "NOTHING"
            print(f"{panel['title']} [{target['refId']}]: {state}")
    print(f"{queries} queries, {empty} of them return nothing")
    return 1 if empty else 0


# --- drawing ------------------------------------------------------------------------------------------------------

COLUMN, ROW, GAP = 58, 32, 8
COLOURS = "#73bf69 #f2cc0c #5794f2 #ff9830 #f2495c #b877d9 #8ab8ff #96d98d #ffb357 #ca95e5 #fade2a #3274d9".split()
STATS = {"green": "#299c46", "red": "#d44a3a", "blue": "#1f60c4"}
SECONDS = [(3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms")]
BYTES = [(1 << 30, " GiB"), (1 << 20, " MiB"), (1 << 10, " KiB"), (1, " B")]
SHORT = [(1e6, " M"), (1e3, " K")]


def scaled(value, units, last):
    for size, name in units:
        if abs(value) >= size:
            return f"{float(f'{value / size:.3g}'):g}{name if name.startswith(' ') else ' ' + name}"
    return f"{float(f'{value:.2g}'):g}{last}"


def shown(value, unit):
    if unit == "bool_yes_no":
        return "Yes" if value else "No"
    if unit == "s":
        return scaled(value, SECONDS, " s")
    if unit == "bytes":
        return scaled(value, BYTES, " B")
    if unit == "percentunit":
        return f"{float(f'{100 * value:.3g}'):g} %"
    return scaled(value, SHORT, "") + {"cps": " c/s", "eps": " evt/s"}.get(unit, "")


def text(x, y, words, size=11, fill="#ccccdc", anchor="start", weight="normal"):
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{html.escape(words)}</text>"
    )


def short(words, length):
    return words if len(words) <= length else words[: length - 1] + "…"


def step_to(top, unit):
    """A round step for at most five lines up to the top."""
    if unit == "s" and top > 60:
        return 60 * step_to(top / 60, "min")
    base, factors = (1024, [1 << i for i in range(11)]) if unit == "bytes" else (10, (1, 2, 2.5, 5, 10))
    power = base ** math.floor(math.log(top / 4, base))
    return next(factor * power for factor in factors if top / (factor * power) <= 5)


def stat(panel, series, x, y, width, height):
    defaults = panel["fieldConfig"]["defaults"]
    values = [value for _, points in series for _, value in points if value is not None]
    value = values[-1] if values else None
    colour = "#808080"
    for step in defaults["thresholds"]["steps"]:
        if value is not None and (step["value"] is None or value >= step["value"]):
            colour = STATS[step["color"]]
    words = "No data" if value is None else shown(round(value) if defaults["unit"] == "short" else value, defaults["unit"])
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" fill="{colour}"/>'
    yield text(x + 8, y + 18, panel["title"], 12, "#ffffff", weight="500")
    yield text(x + width / 2, y + height / 2 + 20, words, 34, "#ffffff", "middle", "500")


def timeseries(panel, series, x, y, width, height, prometheus):
    unit = panel["fieldConfig"]["defaults"]["unit"]
    side = min(300, int(width * 0.42))
    left, right, over, under = x + 74, x + width - side - 12, y + 34, y + height - 26
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" fill="#181b1f" stroke="#2c3235"/>'
    yield text(x + 8, y + 19, panel["title"], 12, weight="500")
    most = max((value for _, points in series for _, value in points if value is not None), default=0)
    step = step_to(most if most > 0 else 1, unit)
    top = max(step, math.ceil(most / step - 1e-9) * step)
    for i in range(round(top / step) + 1):
        at = under - (under - over) * i * step / top
        yield f'<path d="M{left} {at:.1f}H{right}" stroke="#2c3235"/>'
        yield text(left - 6, at + 4, shown(i * step, unit) if i else "0", 10, "#9fa7b3", "end")
    span = prometheus.end - prometheus.start
    for i in range(1, 4):
        at = prometheus.start + span * i / 4
        yield text(left + (right - left) * i / 4, under + 16, time.strftime("%H:%M", time.gmtime(at)), 10, "#9fa7b3", "middle")
    for number, (name, points) in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        path, pen = [], "M"
        for at, value in points:
            if value is None:
                pen = "M"
                continue
            path.append(
                f"{pen}{left + (right - left) * (at - prometheus.start) / span:.0f} {under - (under - over) * value / top:.1f}"
            )
            pen = "L"
        yield f'<path d="{"".join(path)}" stroke="{colour}" fill="none" stroke-width="1.4" stroke-linejoin="round"/>'
        line = over + 4 + 16 * number
        if line > under + 12:
            continue
        last = next((value for _, value in reversed(points) if value is not None), None)
        yield f'<rect x="{right + 10}" y="{line - 4}" width="12" height="3" fill="{colour}"/>'
        yield text(right + 27, line + 2, short(name, int((side - 88) / 5.7)), 10)
        yield text(x + width - 8, line + 2, "" if last is None else shown(last, unit), 10, anchor="end")
    if not series:
        yield text((left + right) / 2, (over + under) / 2, "No data", 12, "#9fa7b3", "middle")


def draw(prometheus, out):
    parts, bottom = [], 0
    for panel in panels():
        grid = panel["gridPos"]
        x, y = GAP + grid["x"] * COLUMN, 40 + grid["y"] * ROW
        width, height = grid["w"] * COLUMN - GAP, grid["h"] * ROW - GAP
        bottom = max(bottom, y + height)
        if panel["type"] == "row":
            parts.append(text(x + 2, y + 17, "⌄ " + panel["title"], 14, weight="500"))
        elif panel["type"] == "stat":
            parts.extend(stat(panel, asked(panel, prometheus), x, y, width, height))
        else:
            parts.extend(timeseries(panel, asked(panel, prometheus), x, y, width, height, prometheus))
    width, height = GAP + 24 * COLUMN, bottom + GAP
    begin, end = (time.strftime("%H:%M", time.gmtime(at)) for at in (prometheus.start, prometheus.end))
    out.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="Inter, Helvetica, Arial, sans-serif">'
        f'<rect width="{width}" height="{height}" fill="#111217"/>'
        + text(GAP + 2, 26, "Weir", 17, weight="500")
        + text(width - GAP, 26, f"{begin} to {end} UTC", 11, "#9fa7b3", "end")
        + "\n".join(parts)
        + "</svg>\n"
    )
    print(f"{out}: {out.stat().st_size // 1024} KiB")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "draw"])
    parser.add_argument("-o", dest="out", type=Path, metavar="FILE")
    parser.add_argument("--prometheus", default="http://127.0.0.1:9090", metavar="URL")
    parser.add_argument("--minutes", type=int, default=15, metavar="N")
    arguments = parser.parse_args()
    if (arguments.command == "draw") != (arguments.out is not None):
        parser.error("'draw' needs -o FILE, and 'check' does not")
    prometheus = Prometheus(arguments.prometheus, arguments.minutes)
    return check(prometheus) if arguments.command == "check" else draw(prometheus, arguments.out)


if __name__ == "__main__":
    sys.exit(main())
