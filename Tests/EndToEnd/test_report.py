"""The report of a backtest in a browser: what it loads, how it lays itself out, and whether everybody can read it."""

import json

import pytest
from browser import Browser, executable
from traffic import lines

import conftest

GOLDEN = conftest.REPOSITORY / "Tests/Golden"
WIDTHS = [320, 360, 768, 1200]
SCHEMES = ["light", "dark"]

pytestmark = pytest.mark.skipif(executable() is None, reason="there is no Chromium here: deploy/prepare test installs it")

# The colours of a text and of what is behind it, for every element that has text of its own. Markers and hidden texts have none.
CONTRASTS = """
(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || ['title', 'desc'].includes(e.tagName)) continue;
    const style = getComputedStyle(e);
    const front = parse(e instanceof SVGElement ? style.fill : style.color);
    const [light, dark] = [luminance(front), luminance(behind(e))].sort((a, b) => b - a);
    found.push([(light + .05) / (dark + .05), e.tagName + '.' + (e.getAttribute('class') || '') + ': ' + e.textContent.slice(0, 40)]);
  }
  return found;
})()
"""

UNNAMED = """
[...document.querySelectorAll('svg, img')].filter(e => {
  if (e.closest('[aria-hidden=true]') || e.parentElement.closest('svg')) return false;
  const ids = (e.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean);
  return e.getAttribute('role') !== 'img' || !ids.length || !ids.every(id => document.getElementById(id)?.textContent.trim());
}).length
"""

WIDE = """
[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('svg') && !e.closest('.skip') && !e.closest('thead')
  && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.tagName + '.' + e.className).slice(0, 5)
"""


@pytest.fixture(scope="module")
def browser():
    browser = Browser()
    yield browser
    browser.close()


def backtest(out, *arguments) -> None:
    result = conftest.run("backtest", "--out", str(out), *map(str, arguments))
    assert result.returncode == 0, result.stderr.decode()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Of the recorded hour, with everything that a report can have."""
    out = tmp_path_factory.mktemp("report")
    backtest(
        out, "--input", GOLDEN / "hour.ndjson", "--labels", GOLDEN / "faults.json", "--compare", GOLDEN / "strict.json5"
    )
    return out / "report.html"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    out = tmp_path_factory.mktemp("plain")
    backtest(out, "--input", GOLDEN / "hour.ndjson")
    return out / "report.html"


def test_it_loads_nothing_and_complains_of_nothing(browser, report, plain):
    for page in (report, plain):
        for scheme in SCHEMES:
            browser.open(page, scheme=scheme)
            assert browser.requests == [page.resolve().as_uri()]
            assert browser.logged == []


def test_its_sections_are_there(browser, report, plain):
    titles = "[...document.querySelectorAll('main h2')].map(e => e.textContent)"
    common = ["Summary", "Time line", "Triage", "Incidents", "Heal actions", "Endpoints", "Tenants"]
    browser.open(plain)
    assert set(common) <= set(browser.evaluate(titles))
    browser.open(report)
    assert {*common, "Comparison", "Labelled faults"} <= set(browser.evaluate(titles))


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(browser, report, plain, width):
    for page in (report, plain):
        browser.open(page, width=width)
        browser.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        assert browser.evaluate(WIDE) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1200])
def test_every_text_can_be_read(browser, report, scheme, width):
    browser.open(report, width=width, scheme=scheme)
    browser.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    contrasts = browser.evaluate(CONTRASTS)
    assert len(contrasts) > 200
    assert [entry for entry in contrasts if entry[0] < 4.5] == []


def test_light_and_dark_differ(browser, report):
    colours = set()
    for scheme in SCHEMES:
        browser.open(report, scheme=scheme)
        colours.add(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def test_its_structure_is_told_to_those_who_do_not_see_it(browser, report):
    browser.open(report)
    assert browser.evaluate("document.documentElement.lang") == "en"
    assert "hour.ndjson" in browser.evaluate("document.title")
    levels = browser.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => +e.tagName[1])")
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))
    assert browser.evaluate("['header', 'nav', 'main', 'footer'].every(e => document.querySelectorAll(e).length === 1)")
    assert browser.evaluate(UNNAMED) == 0
    assert browser.evaluate("document.querySelectorAll('table').length") > 5
    assert browser.evaluate("[...document.querySelectorAll('table')].every(e => e.caption?.textContent.trim() && e.querySelector('th[scope]'))")
    ids = browser.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    references = browser.evaluate(
        "[...document.querySelectorAll('[aria-labelledby], a[href^=\"#\"]')]"
        ".flatMap(e => (e.getAttribute('aria-labelledby') || e.getAttribute('href').slice(1)).split(' '))"
    )
    assert set(references) <= set(ids)


def test_the_tables_are_still_tables_on_a_phone(browser, report):
    browser.open(report, width=360)
    browser.call("Accessibility.enable")
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node.get("ignored") and "role" in node]
    assert roles.count("table") > 5 and roles.count("columnheader") > 10 and roles.count("cell") > 50


def test_the_keyboard_reaches_the_report_first_then_its_sections_in_order(browser, report):
    browser.open(report)
    reached = []
    for _ in range(4):
        browser.press("Tab", 9)
        reached.append(browser.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["Skip to the report", "Summary", "Comparison", "Time line"]
    browser.open(report)
    browser.press("Tab", 9)
    assert browser.evaluate("document.activeElement.getBoundingClientRect().left") >= 0, "the link shows itself"


def test_paper_has_what_is_folded_on_the_screen(browser, report):
    browser.open(report, media="print", scheme="dark")
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert browser.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert browser.evaluate(
        "[...document.querySelectorAll('details table')].every(e => e.checkVisibility({contentVisibilityAuto: true}))"
    )


def test_names_from_records_stay_names(browser, tmp_path):
    evil = '"><img src=x onerror="document.title=1"><script>document.title=1</script>'
    events = [
        {
            "delivery_id": f"d{number}",
            "tenant_id": evil,
            "endpoint": f"https://a.example/{evil}",
            "status": "failed" if number > 20 else "delivered",
            "error": evil,
            "occurred_at": 1_772_000_000_000 + number * 60_000,
        }
        for number in range(60)
    ]
    source = tmp_path / f"<b>evil.ndjson"
    source.write_bytes(b"\n".join(lines(events)))
    labels = tmp_path / "labels.json"
    labels.write_text(json.dumps({"faults": [{"tenant": evil, "from": 1_772_000_000_000, "to": 1_772_000_060_000, "kind": evil}]}))
    backtest(tmp_path / "out", "--input", source, "--labels", labels)
    browser.open(tmp_path / "out/report.html")
    assert browser.evaluate("document.title").startswith("Backtest of <b>evil")
    assert browser.evaluate("document.querySelectorAll('script, img, b b, iframe, object').length") == 0
    assert browser.evaluate("document.body.textContent.includes('<script>document.title=1</script>')")
    assert browser.logged == [] and len(browser.requests) == 1
