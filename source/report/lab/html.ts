// A report as one HTML file: no script, nothing from elsewhere, and a policy that would let nothing in even if some
// text were taken for markup. Text is escaped here, all of it.
import { createHash } from 'node:crypto';
import type { Lang } from '../../words/lang.ts';
import { reportWords } from '../../words/report.ts';
import type { Block, Cell, Chart, Report, Section, Table, Words } from './document.ts';
import { css } from './html-style.ts';

/** For text and for values of attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

export function htmlOf(report: Report, lang: Lang): string {
  const writer = new HtmlWriter(lang);
  const body = report.sections.map((section, index) => writer.section(section, [index + 1])).join('');
  const { toc } = reportWords(lang);
  const hash = createHash('sha256').update(css).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="mcast-tui">
<title>${escapeHtml(report.title)}</title>
<style>${css}</style>
</head>
<body>
<header>
<h1>${escapeHtml(report.title)}</h1>
<dl>
${report.head.map(({ name, value, place }) => `<div><dt>${escapeHtml(name)}</dt><dd${place ? ' class="place"' : ''}>${inline(value)}</dd></div>`).join('\n')}
</dl>
</header>
<nav aria-label="${escapeHtml(toc)}">
<h2>${escapeHtml(toc)}</h2>
${contents(report.sections)}
</nav>
<main>
${body}</main>
<footer><p>${escapeHtml(report.foot)}</p></footer>
</body>
</html>
`;
}

const anchor = (number: readonly number[]): string => `s${number.join('-')}`;

function contents(sections: readonly Section[], above: readonly number[] = []): string {
  const items = sections.map(({ title, sections: inner }, index) => {
    const number = [...above, index + 1];
    return `<li><a href="#${anchor(number)}">${number.join('.')} ${escapeHtml(title)}</a>${inner ? contents(inner, number) : ''}</li>`;
  });
  return `<ul>${items.join('\n')}</ul>`;
}

/** A word that a narrow column may break, and characters of a command that no line breaks. */
const longWord = /\S{10}(?=\S{10})/gu;
const veryLong = /\S{24}/u;
const shortCode = 22;

function inline(words: Words, safely = escapeHtml): string {
  if (typeof words === 'string') return safely(words);
  return words
    .map((part) =>
      typeof part === 'string'
        ? safely(part)
        : `<code${part.code.length <= shortCode ? ' class="short"' : ''}>${safely(part.code)}</code>`,
    )
    .join('');
}

/** For cells: longer words may be broken, or one of them would push a table off the paper. */
function breakable(text: string): string {
  const marked = text.replaceAll('\0', '').replace(longWord, '$&\0');
  return escapeHtml(marked).replaceAll('\0', '<wbr>');
}

const textOf = (part: string | { code: string }): string => (typeof part === 'string' ? part : part.code);

/** Counts tables and figures as it goes. */
class HtmlWriter {
  #tables = 0;
  #figures = 0;

  constructor(private readonly lang: Lang) {}

  section({ title, blocks, sections = [] }: Section, number: readonly number[]): string {
    const heading = `h${Math.min(6, number.length + 1)}`;
    const inner = sections.map((section, index) => this.section(section, [...number, index + 1]));
    return `<section aria-labelledby="${anchor(number)}">
<${heading} id="${anchor(number)}"><span class="number">${number.join('.')}</span> ${escapeHtml(title)}</${heading}>
${blocks.map((block) => this.#block(block)).join('\n')}
${inner.join('')}</section>
`;
  }

  #block(block: Block): string {
    switch (block.kind) {
      case 'paragraph':
        return `<p>${inline(block.words)}</p>`;
      case 'note':
      case 'caution':
        return `<p class="${block.kind}">${inline(block.words)}</p>`;
      case 'place':
        return `<aside class="place"><b>${escapeHtml(reportWords(this.lang).place)}</b> ${inline(block.words)}</aside>`;
      case 'list':
        return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
      case 'sources':
        return `<ol>${block.items
          .map(
            ({ name, title, url }) =>
              `<li>${escapeHtml(name)}: <cite>${escapeHtml(title)}</cite>. <a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(url)}</a></li>`,
          )
          .join('')}</ol>`;
      case 'table':
        return this.#table(block);
      case 'chart':
        return this.#chart(block);
    }
  }

  /** Roles are told outright, for a table that a phone shows as cards is none to a browser any more. */
  #table({ caption, columns, rows }: Table): string {
    const number = reportWords(this.lang).table.replace('{n}', String(++this.#tables));
    const head = columns.map(headCell).join('');
    const body = rows.map(
      (row) =>
        `<tr role="row">${row.map((cell, index) => tableCell(cell, columns[index]!, index)).join('')}</tr>`,
    );
    return `<table role="table"${columns.length >= 8 ? ' class="broad"' : ''}>
<caption><b>${number}.</b> ${inline(caption)}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body.join('\n')}
</tbody>
</table>`;
  }

  #chart(chart: Chart): string {
    const number = reportWords(this.lang).figure.replace('{n}', String(++this.#figures));
    return `<figure>
<div class="wide">${named(chart, 'wide')}</div>
<div class="narrow">${named(chart, 'narrow')}</div>
<figcaption><b>${number}.</b> ${escapeHtml(chart.title)}. ${escapeHtml(chart.description)}</figcaption>
</figure>`;
  }
}

/** Long words of a head may be broken where a table is tight, short ones never. */
const longHead = /\S{10}/u;

function headCell({ head, figures }: Table['columns'][number]): string {
  return `<th role="columnheader" scope="col"${classOf([figures && 'n', longHead.test(head) && 'long'])}>${escapeHtml(head)}</th>`;
}

const classOf = (names: readonly (string | false | undefined)[]): string => {
  const some = names.filter(Boolean);
  return some.length > 0 ? ` class="${some.join(' ')}"` : '';
};

function tableCell(
  { words, tone }: Cell,
  { head, figures }: Table['columns'][number],
  index: number,
): string {
  const isLong = veryLong.test(typeof words === 'string' ? words : words.map(textOf).join(''));
  const attributes = `${classOf([figures && 'n', tone, isLong && 'long'])} data-head="${escapeHtml(head)}"`;
  return index === 0
    ? `<th role="rowheader" scope="row"${attributes}>${inline(words, breakable)}</th>`
    : `<td role="cell"${attributes}>${inline(words, breakable)}</td>`;
}

/** The SVG with a title and a description of its own, for those who do not see it. */
export function named({ name, title, description, drawing }: Chart, size: keyof Chart['drawing']): string {
  const id = `${name}-${size}`;
  return drawing[size].replace(
    /^<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" aria-labelledby="${id}-t ${id}-d" ${attributes}><title id="${id}-t">${escapeHtml(title)}</title><desc id="${id}-d">${escapeHtml(description)}</desc>`,
  );
}
