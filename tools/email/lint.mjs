// Cross-checks of rendered mails that need Node: html-validate, caniemail, emailens and, where a
// headless Chromium is found, axe. Usage: node lint.mjs FILE.html ...   Exit status 1: a finding.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { auditEmail, simulateDarkMode } from "@emailens/engine";
import { caniemail } from "caniemail";
import { chromium } from "playwright-core";

const here = path.dirname(new URL(import.meta.url).pathname);
const require = createRequire(import.meta.url);

// The least that each simulated client may score; spam is of the words of the issue, too.
const LEAST = {
  "gmail-web": 93,
  "outlook-windows-legacy": 82,
  "outlook-web": 98,
  "apple-mail-macos": 100,
  "apple-mail-ios": 100,
};
const CLIENTS = ["gmail.desktop-webmail", "gmail.ios", "outlook.windows", "outlook.outlook-com",
  "apple-mail.*", "yahoo.*"];
// Clients that turn every colour round; emailens cannot do what those that turn some round do.
const INVERTING = ["gmail-ios", "outlook-windows-legacy"];
// What a client may lack, and why that does no harm.
const ALLOWED = {
  "color-scheme meta tag": "a hint to Apple Mail; nothing depends on it",
  "@media": "dark and narrow rules only: right without them",
  "Attribute selector": "[data-ogsc] is for Outlook.com alone",
  "display:none": "the preheader, hidden four ways",
  "display property": "the preheader, and headings that run in: Word breaks the line after them",
  "max-height property": "the preheader",
  "overflow": "the preheader",
  "height property": "height:auto of pictures: in Yahoo's apps a wide one is drawn too tall on a phone",
  "<wbr> element": "a place to break an endless word; Gmail has its own, Word gets word-break",
  "<body> element": "its colours are repeated on the outer table",
};

let findings = 0;
const fault = (file, text) => { findings += 1; console.log(`${file}: ${text}`); };

function validate(file) {
  const tool = path.join(here, "node_modules", "html-validate", "bin", "html-validate.mjs");
  const config = path.join(here, ".htmlvalidate-email.json");
  try {
    execFileSync(process.execPath, [tool, "-c", config, "-f", "text", path.resolve(file)]);
  } catch (error) {
    fault(file, `html-validate:\n${error.stdout}${error.stderr}`);
  }
}

function support(file, html) {
  const { issues } = caniemail({ clients: CLIENTS, html });
  for (const [client, found] of issues.errors) {
    for (const { title } of found) {
      if (!(title in ALLOWED)) fault(file, `caniemail: ${client} does not support ${title}`);
    }
  }
}

function simulate(file, html) {
  const { compatibility, spam, accessibility } = auditEmail(html, {});
  const scores = Object.fromEntries(
    Object.keys(LEAST).map((client) => [client, compatibility.scores[client].score]));
  console.log(`${file}: ${html.length} characters, ${JSON.stringify(scores)}, ` +
    `spam ${spam.score}, accessibility ${accessibility.score}`);
  for (const [client, least] of Object.entries(LEAST)) {
    if (scores[client] < least) fault(file, `emailens: ${client} scores ${scores[client]}`);
  }
  for (const issue of spam.issues) {
    if (issue.rule === "spam-phrases") console.log(`${file}: note: ${issue.message}`);
    else fault(file, `emailens: ${issue.message}`);
  }
}

function browser() {
  const names = ["chromium-headless-shell", "chrome-headless-shell"];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(existsSync);
}

async function rules(page, where, options) {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate((o) => window.axe.run(document, o), options);
  for (const { id, nodes } of violations) {
    fault(where, `axe: ${id} (${nodes.length}): ${nodes[0].html}`);
  }
}

async function contrast(files, executablePath) {
  const shell = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  // A mail has no <main>; everything else must hold.
  const all = {
    rules: { region: { enabled: false }, "landmark-one-main": { enabled: false } },
    resultTypes: ["violations"],
  };
  for (const file of files) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [600, 375]) {
        const page = await shell.newPage({ viewport: { width, height: 900 }, colorScheme });
        await page.goto(pathToFileURL(path.resolve(file)).href);
        await rules(page, `${file}, ${colorScheme} at ${width}`, all);
        await page.close();
      }
    }
    for (const client of INVERTING) {
      const page = await shell.newPage({ viewport: { width: 600, height: 900 } });
      await page.setContent(simulateDarkMode(readFileSync(file, "utf8"), client).html);
      await rules(page, `${file}, dark as in ${client}`, { runOnly: ["color-contrast"] });
      await page.close();
    }
  }
  await shell.close();
}

const files = process.argv.slice(2);
for (const file of files) {
  const html = readFileSync(file, "utf8");
  validate(file);
  support(file, html);
  simulate(file, html);
}
const shell = browser();
if (shell) await contrast(files, shell);
else console.log("no headless Chromium shell: axe is skipped");
console.log(findings ? `${findings} findings` : `${files.length} mails: nothing found`);
process.exitCode = findings ? 1 : 0;
