#!/usr/bin/env python3
"""Opens every page of the book in a real browser, on a phone and on a screen.

browser.py TOUCHSTONE          writes a book from a few claims of every chapter and tests it
browser.py TOUCHSTONE FOLDER   tests the book that is there

Exit status: 0 all is well, 1 something is not (a line each), 77 Chromium, its driver, Selenium or html5lib is missing.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

try:
    import html5lib
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.select import Select
except ImportError as error:
    print(f"skipped: {error}; Debian has python3-selenium and python3-html5lib")
    sys.exit(77)

CHROMIUM = pathlib.Path("/usr/bin/chromium")
DRIVER = pathlib.Path("/usr/bin/chromedriver")
WIDTHS = (375, 1280)  # CSS pixels: a phone, a screen
MOST_BYTES = 30_000_000
CLAIMS = [
    "compressor/rand-k/*",
    "compressor/top-k/*",
    "unified-sgd/gd/*",
    "error-feedback/parallel-top1-gd/*",
    "local/local-sgd/*",
    "marina/gd/*",
    "moshpit/ring/*",
]
XHTML = "{http://www.w3.org/1999/xhtml}"

problems = []


def complain(page, line):
    problems.append(f"{page}: {line}")


def write_book(touchstone, folder):
    report = folder / "report.json"
    subprocess.run([touchstone, "verify", *CLAIMS, "--json", report], check=True, stdout=subprocess.DEVNULL)
    site = folder / "book"
    subprocess.run([touchstone, "book", site, "--report", report], check=True)
    return site


# What is in the files: valid HTML, links that lead somewhere, names for what cannot be seen.


def read_page(site, name):
    parser = html5lib.HTMLParser()
    tree = parser.parse((site / name).read_text(encoding="utf-8"))
    for position, code, _ in parser.errors:
        complain(name, f"no valid HTML at line {position[0]}: {code}")
    return tree


def read_pages(site):
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {name: read_page(site, name) for name in names}


def ids_of(name, tree):
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    for twice in {one for one in ids if ids.count(one) > 1}:
        complain(name, f"two elements have the id {twice}")
    return set(ids)


def check_links(site, pages, checked=None):
    ids = {name: ids_of(name, tree) for name, tree in pages.items()}
    for name, tree in pages.items():
        if checked and name not in checked:
            continue
        for node in tree.iter():
            link = node.get("href") or node.get("src")
            if not link or link.startswith(("http:", "https:")) or not isinstance(node.tag, str):
                continue
            path, _, fragment = link.partition("#")
            target = (site / name).parent / urllib.parse.unquote(path) if path else site / name
            if not target.is_file():
                complain(name, f"the link {link} leads nowhere")
            elif fragment and fragment not in ids.get(target.resolve().relative_to(site.resolve()).as_posix(), set()):
                complain(name, f"the link {link} names a place that is not there")


def check_accessibility(name, tree):
    level = 0
    for node in tree.iter():
        heading = re.fullmatch(re.escape(XHTML) + "h([1-6])", node.tag) if isinstance(node.tag, str) else None
        if heading and tree.find(f".//{XHTML}main") is not None and node in set(tree.find(f".//{XHTML}main").iter()):
            if int(heading[1]) > level + 1:
                complain(name, f"heading level {heading[1]} follows {level}")
            level = int(heading[1])
    if level == 0:
        complain(name, "has no heading")
    labelled = {node.get("for") for node in tree.iter(f"{XHTML}label")}
    for node in tree.iter(f"{XHTML}input"):
        if node.get("id") not in labelled:
            complain(name, "an input has no label")
    for node in tree.iter(f"{XHTML}img"):
        if not node.get("alt"):
            complain(name, "a picture has no alternative text")
    for node in tree.iter("{http://www.w3.org/2000/svg}svg"):
        if node.get("role") == "img" and not node.get("aria-label"):
            complain(name, "a picture has no alternative text")


# What a browser makes of them.


def open_browser():
    options = Options()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(str(DRIVER)))


def set_width(browser, width):
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


LAYOUT = """
const seen = (element) => element.getBoundingClientRect().width > 0 && element.getBoundingClientRect().height > 0;
const hidden = (element) => element.closest("details:not([open])") !== null;
const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => !hidden(element));
return {
  width: document.documentElement.scrollWidth,
  flat: all("math").filter((element) => !seen(element)).length,
  errors: document.querySelectorAll("merror").length,
  formulas: all("math").length,
  empty: all("figure svg").filter((element) => !seen(element) || element.querySelectorAll("path").length < 3).length,
  remote: performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.startsWith("file:")),
};
"""


def check_page(browser, site, name):
    """Loads the page once, on a phone, then looks at it on every width. The number of its formulas."""
    set_width(browser, WIDTHS[0])
    browser.get((site / name).resolve().as_uri())
    formulas = [check_layout(browser, name, width) for width in WIDTHS]
    for entry in browser.get_log("browser"):
        complain(name, f"the browser says: {entry['message']}")
    return formulas[0]


def check_layout(browser, name, width):
    set_width(browser, width)
    found = browser.execute_script(LAYOUT)
    if found["width"] > width:
        complain(name, f"is {found['width']} pixels wide on a screen of {width}")
    if found["flat"] or found["errors"]:
        complain(name, f"{found['flat'] + found['errors']} formulas are not set at {width} pixels")
    if found["empty"]:
        complain(name, f"{found['empty']} pictures are empty at {width} pixels")
    if found["remote"]:
        complain(name, f"asks the network for {found['remote'][0]}")
    return found["formulas"]


SHOWN = """
return [...document.querySelectorAll("#methods-table tbody tr")].filter((row) => row.offsetParent !== null)
  .map((row) => [row.cells[0].innerText.toLowerCase(), row.innerText.toLowerCase()]);
"""


def check_table(browser, site):
    browser.get((site / "methods.html").resolve().as_uri())
    table = browser.find_element(By.ID, "methods-table")
    bar = table.find_element(By.XPATH, "./ancestor::div[@class='wide']/preceding-sibling::div[@class='filters'][1]")
    everything = len(browser.execute_script(SHOWN))

    def expect_only(word, what):
        rows = browser.execute_script(SHOWN)
        if not 0 < len(rows) < everything or not all(word in text for _, text in rows):
            complain("methods.html", f"{what} leaves {len(rows)} of {everything} rows")

    menu = Select(bar.find_element(By.TAG_NAME, "select"))
    menu.select_by_visible_text("MARINA")
    expect_only("marina", "the menu of chapters")
    menu.select_by_visible_text("all")
    field = bar.find_element(By.TAG_NAME, "input")
    field.send_keys("diana")
    expect_only("diana", "the word 'diana'")
    field.send_keys(Keys.BACKSPACE * 5)
    button = table.find_element(By.CSS_SELECTOR, "thead th button")
    for order, extreme in (("ascending", min), ("descending", max)):
        button.send_keys(Keys.ENTER)
        names = [name for name, _ in browser.execute_script(SHOWN)]
        if names[0] != extreme(names) or table.find_elements(By.CSS_SELECTOR, f"th[aria-sort={order}]") == []:
            complain("methods.html", f"the heading's button does not sort {order}")


def check_search(browser, site):
    browser.get((site / "search.html").resolve().as_uri() + "?q=error+compensation")
    links = browser.find_elements(By.CSS_SELECTOR, "#results a")
    if not links:
        complain("search.html", "finds nothing for 'error compensation'")
        return
    links[0].click()
    if browser.find_elements(By.TAG_NAME, "h1") == []:
        complain("search.html", "its first result leads nowhere")


CONTRAST = """
const channels = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
const luminance = (colour) => {
  const [r, g, b] = channels(colour).map((value) => value / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!colour.endsWith(", 0)")) return colour;
  }
  return "rgb(255, 255, 255)";
};
return [...document.querySelectorAll("main p, main a, main td, main th, main code span, .level, figcaption, nav a")].map((element) => {
  const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
  return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element.className || element.tagName];
}).filter(([contrast]) => contrast < 4.5);
"""


def check_colours(browser, site):
    for scheme in ("light", "dark"):
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        for name in ("index.html", "methods.html", "methods/gd.html", "compressors/rand-k.html", "errata.html"):
            browser.get((site / name).resolve().as_uri())
            for contrast, what in browser.execute_script(CONTRAST)[:3]:
                complain(name, f"{scheme}: '{what}' has a contrast of {contrast:.2f}, less than 4.5")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    browser.get((site / "methods/gd.html").resolve().as_uri())
    if browser.find_element(By.TAG_NAME, "nav").is_displayed():
        complain("methods/gd.html", "the navigation is printed")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def check_files(site):
    pages = read_pages(site)
    check_links(site, pages)
    for name, tree in pages.items():
        check_accessibility(name, tree)
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        complain("book", f"has {size} bytes, more than {MOST_BYTES}")
    return pages, size


def check(site, browser):
    pages, size = check_files(site)
    formulas = 0
    for name in pages:
        formulas += check_page(browser, site, name)
    for width in WIDTHS:
        set_width(browser, width)
        check_table(browser, site)
        check_search(browser, site)
    check_colours(browser, site)
    for line in problems:
        print(line)
    widths = " and ".join(map(str, WIDTHS))
    print(f"{len(pages)} pages at {widths} pixels, {formulas} formulas, {size / 1e6:.1f} MB: {len(problems)} problems")
    return not problems


# Damage that each check must see: a file, what is replaced in it, by what, and the words of the complaint.

GD = "methods/gd.html"
DAMAGE = [
    (GD, "</h1>", "</h2>", "no valid HTML"),
    (GD, 'href="../methods.html"', 'href="../nowhere.html"', "leads nowhere"),
    (GD, 'href="../methods.html"', 'href="../methods.html#nowhere"', "not there"),
    (GD, '<main id="main">', '<main id="main"><p id="main"></p>', "have the id main"),
    (GD, "<h1>", "<h1>One</h1><h3>Three</h3><h1>", "follows 1"),
    (GD, '<label for="quick">', '<label for="slow">', "no label"),
    (GD, " aria-label=\"", " data-label=\"", "no alternative text"),
    (GD, "<h1>", "<h1><script>undefined.nothing</script>", "the browser says"),
    (GD, "<h1>", '<h1 style="width:2000px">', "pixels wide"),
    (GD, "<math ", '<math style="display:none" ', "not set"),
    (GD, "<svg ", '<svg style="display:none" ', "are empty"),
    (GD, "<h1>", '<h1><img alt="x" src="http://127.0.0.1:9/x.png">', "network"),
    ("book.js", "const kept =", "const kept = true || ", "rows"),
    ("book.js", "rows.sort(", "[].sort(", "does not sort"),
    ("search.js", "results.append(item)", "void item", "finds nothing"),
    ("style.css", "--soft: #595959", "--soft: #aaaaaa", "contrast"),
    ("style.css", "--soft: #a8a8a3", "--soft: #444444", "contrast"),
    ("style.css", "nav, .skip", ".skip", "is printed"),
]


def check_damaged(site, browser):
    """Whether every damage is seen, on what it damages."""
    passed = True
    pages = read_pages(site)
    for name, old, new, words in DAMAGE:
        whole = (site / name).read_text(encoding="utf-8")
        if old not in whole:
            print(f"{name}: has no '{old}' to damage")
            passed = False
            continue
        problems.clear()
        (site / name).write_text(whole.replace(old, new), encoding="utf-8")
        if name == GD:
            tree = read_page(site, name)
            check_links(site, {**pages, name: tree}, {name})
            check_accessibility(name, tree)
            check_page(browser, site, name)
        else:
            check_table(browser, site)
            check_search(browser, site)
            check_colours(browser, site)
        (site / name).write_text(whole, encoding="utf-8")
        if not any(words in line for line in problems):
            print(f"{name}: '{new}' in place of '{old}' was not seen; found {problems[:2]}")
            passed = False
    print(f"{len(DAMAGE)} kinds of damage {'are all seen' if passed else 'are not all seen'}")
    return passed


def main():
    if not CHROMIUM.exists() or not DRIVER.exists():
        print("skipped: Chromium or its driver is missing; Debian has them as chromium and chromium-driver")
        sys.exit(77)
    browser = open_browser()
    try:
        with tempfile.TemporaryDirectory() as folder:
            if len(sys.argv) > 2:
                passed = check(pathlib.Path(sys.argv[2]), browser)
            else:
                site = write_book(sys.argv[1], pathlib.Path(folder))
                passed = check(site, browser)
                passed = check_damaged(site, browser) and passed
    finally:
        browser.quit()
    sys.exit(0 if passed else 1)


main()
