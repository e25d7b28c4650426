// The HTML report in a real browser: nothing complains, nothing is clipped on a phone or on paper, and it prints.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../../source/net/memory-network.ts';
import { htmlOf } from '../../../source/report/lab/html.ts';
import { reportOf } from '../../../source/report/lab/report.ts';
import { labRunOf } from '../../../source/report/lab/run.ts';
import type { Lang } from '../../../source/words/lang.ts';
import { hostileRun, hostileTexts } from './hostile.ts';
import { simulate } from './simulation.ts';

const executablePath = '/usr/bin/chromium';
const missing = existsSync(executablePath) ? '' : 'there is no /usr/bin/chromium';

/** A phone, and A4 without its margins at 96 pixels an inch. */
const phone = 390;
const paper = 673;

// A machine that does other things too takes its time for a browser.
const timeout = 120_000;

let folder: string;
let browser: BrowserContext;

beforeAll(async () => {
  if (missing) return;
  folder = mkdtempSync(join(tmpdir(), 'mcast-browser-'));
  browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const classroom = () => {
  const names = ['ana', 'bob', 'eva', 'juan', 'lía', 'maría-fernanda', 'node-7', 'zoe'];
  const nodes = names.map((name, index) => ({ name, offset: index * 31 }));
  return labRunOf(simulate({ nodes, beats: 20, random: seeded(5), loss: 0.1 }).map(({ figures }) => figures));
};

/** A page on which the report was opened, and all that the browser had to say of it. */
async function open(html: string) {
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const page = await browser.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, said, asked, url: pathToFileURL(file).href };
}

type Page = Awaited<ReturnType<typeof open>>['page'];

/** Elements that are wider than their place, that reach beyond the page, or that have text outside of the drawing. */
const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push('page: ' + document.documentElement.scrollWidth);
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || getComputedStyle(element).clipPath !== 'none' || element.closest('thead')?.offsetWidth === 1) continue;
      const name = element.tagName + '.' + (element.getAttribute('class') ?? '') + ' ' + element.textContent.trim().slice(0, 40);
      if (element instanceof HTMLElement && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) found.push('inside: ' + name);
      const svg = element.ownerSVGElement?.getBoundingClientRect();
      const [left, right] = svg ? [svg.left, svg.right] : [0, width];
      if (svg && element.tagName !== 'text') continue;
      if (box.left < left - 1 || box.right > right + 1) found.push('outside: ' + name);
      if (svg && (box.top < svg.top - 1 || box.bottom > svg.bottom + 1)) found.push('above or below: ' + name);
    }
    return found.slice(0, 20);
  })()`) as Promise<string[]>;

const longNames = hostileTexts.filter(
  (text) => text.startsWith('W') || text.includes('[x]') || text.includes('漢'),
);
const cases: [string, Lang, () => ReturnType<typeof hostileRun>][] = [
  ['a classroom', 'es', classroom],
  ['a classroom', 'en', classroom],
  ...longNames.map((text): (typeof cases)[number] => [text, 'es', () => hostileRun(text)]),
];

describe.skipIf(missing)(`in Chromium${missing && ` (skipped: ${missing})`}`, () => {
  test.each(cases)(
    '%s, %s: nothing is clipped on a phone or on paper',
    async (_, lang, run) => {
      const { page, said, asked, url } = await open(
        htmlOf(reportOf(run(), { lang, version: '0.1.0' }), lang),
      );
      for (const [width, media] of [
        [phone, 'screen'],
        [1000, 'screen'],
        [paper, 'print'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ media });
        expect(await clipped(page), `${width} ${media}`).toEqual([]);
        const drawings = await page.$$eval(
          'figure svg',
          (all) => all.filter((svg) => svg.clientWidth > 0).length,
        );
        expect(drawings).toBe(await page.locator('figure').count());
      }
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(20_000);
      expect(said).toEqual([]);
      expect(asked).toEqual([url]);
      await page.close();
    },
    timeout,
  );

  test(
    'markup that others send does nothing',
    async () => {
      for (const text of hostileTexts.slice(0, 4)) {
        const { page, said, asked } = await open(
          htmlOf(reportOf(hostileRun(text), { lang: 'en', version: '0.1.0', title: text }), 'en'),
        );
        expect(await page.title()).toBe(text);
        expect(await page.locator('script, img, [onload], [onerror], [onmouseover]').count()).toBe(0);
        expect({ said, asked: asked.length }).toEqual({ said: [], asked: 1 });
        await page.close();
      }
    },
    timeout,
  );

  test(
    'the policy bars a script, even if one came in',
    async () => {
      const html = htmlOf(reportOf(classroom(), { lang: 'en', version: '0.1.0' }), 'en');
      const { page, said } = await open(
        html.replace('</body>', '<script>document.title = "owned"</script></body>'),
      );
      expect(await page.title()).not.toBe('owned');
      expect(said.join()).toContain('Content Security Policy');
      await page.close();
    },
    timeout,
  );

  test(
    'tables and charts tell what they are to those who do not see them',
    async () => {
      const { page } = await open(htmlOf(reportOf(classroom(), { lang: 'en', version: '0.1.0' }), 'en'));
      await page.setViewportSize({ width: phone, height: 900 });
      // As cards on a phone, they are tables still.
      await expect.poll(() => page.getByRole('table').count()).toBeGreaterThan(6);
      expect(await page.getByRole('columnheader').count()).toBeGreaterThan(40);
      await expect.poll(() => page.getByRole('img', { name: /Reachability/ }).count()).toBe(1);
      await page.close();
    },
    timeout,
  );
});
