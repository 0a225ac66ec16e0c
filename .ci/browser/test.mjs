// The page of `--format html` in a real browser: node test.mjs TERMSCHECK FOLDER
// FOLDER has node_modules with playwright-core and axe-core; screenshots go there.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { reports } from "./samples.mjs";

const [termscheck, folder] = process.argv.slice(2).map((path) => resolve(path));
const source = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(folder, "here.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const work = mkdtempSync(join(tmpdir(), "termscheck-browser-"));
const shots = join(folder, "screenshots");
mkdirSync(shots, { recursive: true });
const pages = reports(termscheck, source, work);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

// Opens a page; whatever it says, asks for or runs that it should not is an error.
const open = async (name, { width = 1280, colorScheme = "light", javaScriptEnabled = true } = {}) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
  const page = await context.newPage();
  const wrong = [];
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith("file://") || request.resourceType() !== "document") wrong.push(`request: ${request.url()}`); });
  await page.addInitScript(() => { window.hits = []; window.hit = (what) => window.hits.push(what); });
  const start = performance.now();
  await page.goto(pathToFileURL(pages[name].page).href);
  if (javaScriptEnabled) await page.waitForFunction(() => document.getElementById("count").textContent !== "");
  const took = performance.now() - start;
  const close = async () => {
    assert.deepEqual(wrong, [], name);
    if (javaScriptEnabled) assert.deepEqual(await page.evaluate(() => window.hits), [], `${name}: scanned text ran`);
    await context.close();
  };
  return { page, took, close };
};
const status = (page) => page.locator("#count").textContent();
// The list shows fifty findings a sheet and says so where there are more.
const sheet = (count) => Math.min(count, 50);
const counted = (count, all) => `${count} of ${all} findings${count > 50 ? ", 1 to 50 shown" : ""}`;
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
const shown = (name) => JSON.parse(readFileSync(pages[name].json, "utf8")).findings.filter((finding) => !finding.suppressed);
const step = async (what, act) => { const said = await act(); console.log(`ok: ${what}${said ? ` (${said})` : ""}`); };

for (const name of ["none", "some", "many", "hostile"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      await step(`${name}, ${colorScheme}, ${width} wide: fits, and axe has nothing against it`, async () => {
        const { page, close } = await open(name, { width, colorScheme });
        const [all, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(all <= seen, `${all} > ${seen}`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`), []);
        await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), clip: { x: 0, y: 0, width, height: 2200 }, fullPage: true });
        await close();
      });
    }
  }
}

await step("nothing found is said", async () => {
  const { page, close } = await open("none");
  assert.equal(await status(page), "Nothing was found.");
  assert.equal(await page.locator("#filters").isVisible(), false);
  await close();
});

await step("numbers are those of the JSON report", async () => {
  const findings = shown("some");
  assert.ok(findings.length >= 20, `${findings.length}`);
  const { page, close } = await open("some");
  const level = (name) => findings.filter((finding) => finding.severity === name).length;
  assert.deepEqual((await page.locator("#totals dd").allTextContents()).slice(0, 3), ["error", "warning", "note"].map((name) => String(level(name))));
  assert.equal(await status(page), counted(findings.length, findings.length));
  assert.equal(await page.locator("#list article").count(), sheet(findings.length));
  const first = page.locator("#list article").first();
  assert.ok(await first.locator("pre mark").count() > 0 && await first.locator(".help").textContent());
  const clauses = new Set(findings.map((finding) => finding.pack + finding.clause.id));
  assert.equal(await page.locator("#clauses > li").count(), clauses.size);
  for (const { clause } of findings) assert.ok((await page.locator("#clauses").textContent()).includes(clause.quote.trim().split("\n")[0]), clause.quote);
  await close();
});

await step("search, levels, rules, families and clauses filter, and say so", async () => {
  const findings = shown("some");
  const { page, close } = await open("some");
  const expect = async (count) => {
    await page.waitForFunction((text) => document.getElementById("count").textContent.startsWith(text), `${count} of `);
    assert.equal(await page.locator("#list article").count(), sheet(count));
  };
  await page.locator("#query").fill("nothing-has-this");
  await expect(0);
  await page.locator("#query").fill("");
  await expect(findings.length);
  await page.locator("[name=level][value=warning]").uncheck();
  await expect(findings.filter((finding) => finding.severity !== "warning").length);
  await page.locator("[name=level][value=warning]").check();
  const rule = findings[0].rule;
  await page.locator("#rule").selectOption({ label: rule });
  await expect(findings.filter((finding) => finding.rule === rule).length);
  const family = findings[0].rule.split("/")[0];
  await page.locator("#families button", { hasText: family }).click();
  await expect(findings.filter((finding) => finding.rule.startsWith(`${family}/`)).length);
  assert.equal(await focused(page), "findings");
  await page.locator("#chips button").click();
  await expect(findings.length);
  await page.locator("#clauses button").first().click();
  await page.locator("#chips button").click();
  await page.locator("#order").selectOption("path");
  const places = await page.locator("#list .where code").allTextContents();
  const paths = places.map((place) => place.replace(/:\d+:\d+$/, ""));
  assert.deepEqual(paths, [...paths].sort());
  await close();
});

await step("everything is reached by the keyboard", async () => {
  const { page, close } = await open("some");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to the findings");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "query");
  await page.locator("#map button").first().focus();
  const all = await status(page);
  await page.keyboard.press("Enter");
  assert.notEqual(await status(page), all);
  assert.equal(await page.locator("#crumbs button[aria-current]").evaluate((node) => node === document.activeElement), true);
  assert.equal(await page.locator("#crumbs li").count(), 2);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await status(page), all);
  await page.locator("#theme").selectOption("dark");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(246, 247, 249)");
  await close();
});

await step("20,000 findings are fast", async () => {
  const { page, took, close } = await open("many");
  assert.equal(shown("many").length, 20_000);
  assert.equal(await status(page), "20,000 of 20,000 findings, 1 to 50 shown");
  assert.ok(took < 5_000, `opened in ${took} ms`);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(elements < 5_000, `${elements} elements`);
  const start = performance.now();
  await page.locator("#query").fill("page-399.md line 49");
  await page.waitForFunction(() => document.getElementById("count").textContent === "1 of 20,000 findings");
  const search = performance.now() - start;
  assert.ok(search < 2_000, `searched in ${search} ms`);
  await page.locator("#query").fill("");
  await page.waitForFunction(() => document.getElementById("count").textContent.startsWith("20,000 of"));
  await page.locator("#next").click();
  assert.ok((await status(page)).endsWith("51 to 100 shown"));
  assert.equal(await focused(page), "findings");
  await close();
  const size = statSync(pages.many.page).size / 1e6;
  return `${Math.round(took)} ms to open, ${Math.round(search)} ms to search, ${elements} elements, ${size.toFixed(1)} MB`;
});

await step("hostile names and words are shown and do nothing", async () => {
  const { page, close } = await open("hostile");
  const text = await page.locator("body").innerText();
  for (const words of ["<img src=x onerror=hit('path')>.md", "SHOUT</script><script>hit('script')</script>", "\\u{2028}", "\\u{202e}", "{{data}}"]) {
    assert.ok(text.includes(words), words);
  }
  assert.ok(!/[\u202a-\u202e\u2066-\u2069\u2028\u2029]/.test(text));
  assert.equal(await page.locator("img, svg, iframe, object").count(), 0);
  for (const address of await page.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
    assert.match(address, /^(https:\/\/acme\.example\/|#findings$)/);
  }
  for (const summary of await page.locator("summary").all()) await summary.click();
  await page.locator("#map button").first().click();
  await close();
});

await step("without scripts the page says so", async () => {
  const { page, close } = await open("some", { javaScriptEnabled: false });
  assert.ok(await page.locator("noscript p").isVisible());
  await close();
});

await browser.close();
rmSync(work, { recursive: true });
console.log(`screenshots: ${shots}`);
