// Whatever others are called and say, in a report it is text.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartsOf } from '../../../source/report/lab/document.ts';
import { escapeHtml, htmlOf } from '../../../source/report/lab/html.ts';
import { chartFiles, escapeMarkdown, markdownOf } from '../../../source/report/lab/markdown.ts';
import { reportOf } from '../../../source/report/lab/report.ts';
import { langs } from '../../../source/words/lang.ts';
import { hostileRun, hostileTexts } from './hostile.ts';

/** Every element that a report has; SVG's among them. */
const elements = new Set(
  (
    'html head meta title style body header h1 h2 h3 h4 dl div dt dd nav ul ol li a main section span p aside b table ' +
    'caption thead tbody tr th td figure figcaption code cite footer wbr svg g path text rect defs clippath desc tspan'
  ).split(' '),
);
const attributes = new Set(
  (
    'lang charset http-equiv content name class id href rel role scope data-head aria-label aria-labelledby width height ' +
    'xmlns viewbox x y d fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity ' +
    'stroke-miterlimit transform dominant-baseline text-anchor font-size font-family font-style font-weight clip-path opacity ' +
    'paint-order stroke-dashoffset color'
  ).split(' '),
);

/** Reads markup strictly: what is a tag must be one of ours, with attributes of ours, all quoted. */
function judge(markup: string): void {
  const body = markup.replace(/<!DOCTYPE html>/, '').replace(/<style>[^<]*<\/style>/, '');
  const foreign = new Set<string>();
  for (const [tag] of body.matchAll(/<[^>]*>?/g)) {
    const parsed = /^<\/?([a-zA-Z][\w]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*\/?>$/.exec(tag);
    const names = [...(parsed?.[2] ?? '').matchAll(/\s+([\w:-]+)="/g)].map(([, name]) => name!.toLowerCase());
    const known =
      parsed && elements.has(parsed[1]!.toLowerCase()) && names.every((name) => attributes.has(name));
    if (!known) foreign.add(tag);
  }
  expect([...foreign]).toEqual([]);
}

describe.each(hostileTexts.map((text) => [text]))('%j', (text) => {
  const report = reportOf(hostileRun(text), { lang: 'en', version: '0.1.0', title: text });

  test('no markup of it lives in HTML, and every link is ours', () => {
    const html = htmlOf(report, 'en');
    judge(html);
    expect(html).not.toContain('<script');
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link!);
    expect(
      links.filter((link) => !/^#s[\d-]+$|^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+$/.test(link)),
    ).toEqual([]);
    expect(html).not.toMatch(/url\((?!#)/);
  });

  test('nor in the charts, which are XML on their own', () => {
    const files = chartFiles(report);
    expect(files.length).toBe(chartsOf(report.sections).length);
    expect(files.length).toBeGreaterThan(5);
    for (const { svg, name } of files) {
      expect(name).toMatch(/^[a-z0-9-]+\.svg$/);
      judge(svg);
    }
  });

  test('nor in Markdown', () => {
    const markdown = markdownOf(report, 'en', 'lab-charts');
    // What is no code and not escaped must not have a meaning.
    const live = withoutCode(markdown).replace(/\\[\\`*_[\]<>#|~&$!:.]/g, '');
    const ours = live
      .replace(/!\[[^\]]*\]\(<lab-charts\/[a-z0-9-]+\.svg>\)/g, '')
      .replace(/<https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+>/g, '');
    expect(ours.match(/.{0,60}(?:[<[\]~`$&]|:\/\/|(?<!\w)www\.|\S@[a-z]).{0,60}/i)).toBeNull();
  });
});

/** CommonMark 0.31 §6.1: a run of backticks up to the next one as long. */
function withoutCode(markdown: string): string {
  return markdown.replace(/\\.|(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (span) => (span.startsWith('\\') ? span : ''));
}

test.each(langs)('a plain report has every part, and no place is left without words (%s)', (lang) => {
  const report = reportOf(hostileRun('ana'), { lang, version: '0.1.0' });
  const html = htmlOf(report, lang);
  judge(html);
  expect(html).toContain(`<html lang="${lang}">`);
  expect(html.replace(/<style>[^<]*<\/style>/, '')).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
  expect(markdownOf(report, lang)).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
  expect(report.sections.length).toBe(9);
});

test('escaping is lossless', () => {
  const read = (html: string) =>
    html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(read(escapeHtml(text))).toBe(text);
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      const flat = escapeMarkdown(text)
        .replace(/\\([\\`*_[\]<>#|~&$!:.])/g, '$1')
        .replaceAll('@\u2060', '@');
      expect(flat).toBe(text.replace(/\s+/g, ' '));
    }),
  );
});
