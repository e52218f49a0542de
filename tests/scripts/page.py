# SPDX-License-Identifier: MIT
"""Opens pages in headless Chromium and looks at them as axe-core, a keyboard and a mouse do. PAGE_SHOTS=DIR keeps pictures."""
import os
import sys

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def browser(driver):
    o = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"):
        o.add_argument(argument)
    o.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service(driver), options=o)


def look(b, name, width, scheme):
    b.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
    b.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    wide = b.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width, f"{name}: {wide} wide at {width}"
    check_columns(b, name, width)
    bars = b.execute_script("return [...document.querySelectorAll('#rows svg.bar, #outlets svg.bar')].map(t => t.getBoundingClientRect().right)")
    assert all(x <= width for x in bars), f"{name}: bars reach to {max(bars)} at {width}"
    axe = Axe(b)
    axe.inject()
    found = axe.run()["violations"]
    for v in found:
        print(f"{name} {width} {scheme}: {v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['any'][:1]}")
    if os.environ.get("PAGE_SHOTS"):
        b.save_screenshot(f"{os.environ['PAGE_SHOTS']}/{name}-{width}-{scheme}.png")
    return len(found)


def check_columns(b, name, width):
    """Every cell stands under its heading, also where columns are left out; on paper no table or chart is wider than the page.
    The first column stays when the rest is scrolled."""
    crooked = b.execute_script("""return [...document.querySelectorAll('table')].filter(t => t.offsetParent).filter(t => {
        const lefts = r => [...r.cells].filter(c => c.offsetParent).map(c => c.getBoundingClientRect().left);
        if (!t.tHead || !t.tBodies[0].rows[0]) return false;
        const heads = lefts(t.tHead.rows[0]), cells = lefts(t.tBodies[0].rows[0]);
        return heads.length !== cells.length || heads.some((x, i) => i && Math.abs(x - cells[i]) > 3); }).map(t => t.id)""")
    assert not crooked, f"{name}: cells of {crooked} do not stand under their headings at {width}"


def check_print(b, name):
    b.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 718, "height": 1000, "deviceScaleFactor": 1, "mobile": False}) # A4 less 1 cm on each side
    b.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    wide = b.execute_script("return [...document.querySelectorAll('table,svg')].map(t => t.getBoundingClientRect().right)")
    if os.environ.get("PAGE_SHOTS"):
        b.save_screenshot(f"{os.environ['PAGE_SHOTS']}/{name}-print.png")
    b.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert all(x <= 718 for x in wide), f"{name}: a table or chart of {max(wide)} on a page of 718"


def shown(b, css):
    return [x for x in b.find_elements(By.CSS_SELECTOR, css) if x.is_displayed()]


def names(table):
    return [r.find_element(By.CSS_SELECTOR, "th,td").text for r in table.find_elements(By.CSS_SELECTOR, "tbody tr") if r.is_displayed()]


def use(b, name):
    """Sorts by keyboard, filters, opens the views behind a number."""
    button = shown(b, "thead th button")[0]
    table = button.find_element(By.XPATH, "./ancestor::table")
    before = names(table)
    button.send_keys(Keys.ENTER)
    assert table.find_element(By.CSS_SELECTOR, "thead th").get_attribute("aria-sort") == "ascending", "aria-sort"
    assert names(table) == sorted(before, key=str.lower), "sorted by name"
    box = shown(b, "input[type=search]")[0]
    box.send_keys(before[0][:6])
    assert 0 < len(names(table)) < len(before), "filtered"
    box.send_keys(Keys.BACKSPACE * 6)
    assert len(names(table)) == len(before), "all again"
    link = shown(b, "td a[data-open]")[0]
    link.send_keys(Keys.ENTER)
    opened = b.find_element(By.ID, link.get_attribute("data-open"))
    assert opened.get_attribute("open") and any(x.is_displayed() for x in opened.find_elements(By.TAG_NAME, "li")), "views are open"
    assert b.switch_to.active_element.tag_name == "summary", "focus went to the views"
    if os.environ.get("PAGE_SHOTS"):
        b.save_screenshot(f"{os.environ['PAGE_SHOTS']}/{name}-open.png")


def main():
    bad = 0
    b = browser(sys.argv[1])
    try:
        for path in sys.argv[2:]:
            name = os.path.basename(path)[:-5]
            b.get("file://" + path)
            bad += sum(look(b, name, width, scheme) for width in (1280, 390) for scheme in ("light", "dark"))
            check_print(b, name)
            if b.find_elements(By.CSS_SELECTOR, "a[data-open]"):
                use(b, name)
                bad += look(b, name + "-used", 390, "dark") + look(b, name + "-used", 1280, "light")
            log = b.get_log("browser")
            assert not log, log
            asked = [e for e in b.get_log("performance") if '"Network.requestWillBeSent"' in e["message"] and '"url":"file://' not in e["message"]]
            assert not asked, asked[0]
            print(f"{name}: looked at")
    finally:
        b.quit()
    assert bad == 0, f"{bad} findings"


main()
