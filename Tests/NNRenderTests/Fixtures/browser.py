"""A headless Chromium for the tests that look at pages.

The script that imports this is called with CHROMIUM CHROMEDRIVER FOLDER; FOLDER holds the pages.
"""
import pathlib
import re
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

chromium, chromedriver, folder = sys.argv[1:4]
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)


options = webdriver.ChromeOptions()
options.binary_location = chromium
for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
    options.add_argument(argument)
options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
driver = webdriver.Chrome(service=Service(chromedriver), options=options)


def show(name, width, scheme="light", media=""):
    metrics = dict(width=width, height=900, deviceScaleFactor=1, mobile=False)
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        dict(name="prefers-color-scheme", value=scheme),
        dict(name="prefers-reduced-motion", value="reduce"),
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dict(media=media, features=features))
    driver.get((pathlib.Path(folder) / name).resolve().as_uri())


def js(script, *arguments):
    return driver.execute_script("return " + script, *arguments)


def contrast(first, second):
    def luminance(color):
        parts = [int(v) / 255 for v in re.findall(r"\d+", color)[:3]]
        r, g, b = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def quiet(files):
    """Nothing was complained about, and nothing asked for but the pages themselves."""
    for entry in driver.get_log("browser"):
        failures.append("console: " + entry["message"])
    sent = r'"method":"Network.requestWillBeSent".*?"url":"([^"]*)"'
    found = [re.search(sent, entry["message"]) for entry in driver.get_log("performance")]
    requests = {match.group(1)[:60] for match in found if match}
    beyond = [u for u in requests if not u.startswith(("file://", "data:", "chrome"))]
    check(not beyond, f"requests: {beyond}")
    opened = {u for u in requests if u.startswith("file://")}
    check(len(opened) <= files, f"files: {opened}")


def finish():
    """Prints the findings and ends the script."""
    driver.quit()
    if sys.exc_info()[0] is None:
        print("\n".join(failures) or "ok")
        sys.exit(1 if failures else 0)
