// A report as Markdown (CommonMark with the tables of GitHub), with its charts as files beside it. Text is escaped
// here, all of it: a name must not become a link, a picture or markup.
import type { Lang } from '../../words/lang.ts';
import { reportWords } from '../../words/report.ts';
import {
  type Block,
  type Cell,
  type Chart,
  chartsOf,
  type Report,
  type Section,
  type Table,
  type Words,
} from './document.ts';
import { named } from './html.ts';

export type ChartFile = { name: string; svg: string };

/** `folder`: where the charts are, as seen from the report; without one, they are left out. */
export function markdownOf(report: Report, lang: Lang, folder?: string): string {
  const writer = new MarkdownWriter(lang, folder);
  const head = report.head.map(({ name, value, place }) => [
    `**${escapeMarkdown(name)}**`,
    place ? `*${inline(value)}*` : inline(value),
  ]);
  return `${[
    `# ${escapeMarkdown(report.title)}`,
    lines(['', ''], head),
    ...report.sections.map((section, index) => writer.section(section, [index + 1])),
    '---',
    escapeMarkdown(report.foot),
  ].join('\n\n')}\n`;
}

/** A page of its own has neither colours nor a font to take over. */
export function chartFiles(report: Report): ChartFile[] {
  return chartsOf(report.sections).map((chart) => ({
    name: `${chart.name}.svg`,
    svg: `${named(chart, 'wide')
      .replace(/^<svg /, '<svg color="#1b1d22" font-family="sans-serif" ')
      .replace(/<\/desc>/, '</desc><rect width="100%" height="100%" fill="#ffffff"/>')}\n`,
  }));
}

/**
 * Plain text that stays plain: nothing in it is markup (CommonMark 0.31 §2.4), nor an address that GitHub would turn
 * into a link (GFM §6.9).
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|~&$!]/g, '\\$&')
    .replace(/:(?=\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/@/g, '@\u2060');
}

/** As a code span with a fence that its text does not hold; `cell`: a bar would end it there, even inside of code. */
function codeSpan(text: string, cell: boolean): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') || flat === '' ? ' ' : '';
  const span = `${fence}${pad}${flat}${pad}${fence}`;
  return cell ? span.replaceAll('|', '\\|') : span;
}

function inline(words: Words, cell = false): string {
  if (typeof words === 'string') return escapeMarkdown(words);
  return words
    .map((part) => (typeof part === 'string' ? escapeMarkdown(part) : codeSpan(part.code, cell)))
    .join('');
}

class MarkdownWriter {
  #tables = 0;
  #figures = 0;

  constructor(
    private readonly lang: Lang,
    private readonly folder: string | undefined,
  ) {}

  section({ title, blocks, sections = [] }: Section, number: readonly number[]): string {
    return [
      `${'#'.repeat(Math.min(6, number.length + 1))} ${number.join('.')} ${escapeMarkdown(title)}`,
      ...blocks.map((block) => this.#block(block)),
      ...sections.map((section, index) => this.section(section, [...number, index + 1])),
    ].join('\n\n');
  }

  #block(block: Block): string {
    switch (block.kind) {
      case 'paragraph':
        return inline(block.words);
      case 'note':
        return `*${inline(block.words)}*`;
      case 'caution':
        return `**${inline(block.words)}**`;
      case 'place':
        return `> **${escapeMarkdown(reportWords(this.lang).place)}:** ${inline(block.words)}\n>\n> …`;
      case 'list':
        return block.items.map((item) => `- ${inline(item)}`).join('\n');
      case 'sources':
        return block.items
          .map(
            ({ name, title, url }, index) =>
              `${index + 1}. ${escapeMarkdown(name)}: *${escapeMarkdown(title)}*. <${encodeURI(url)}>`,
          )
          .join('\n');
      case 'table':
        return this.#table(block);
      case 'chart':
        return this.#chart(block);
    }
  }

  #table({ caption, columns, rows }: Table): string {
    const number = reportWords(this.lang).table.replace('{n}', String(++this.#tables));
    const head = columns.map(({ head }) => escapeMarkdown(head));
    const body = rows.map((row) => row.map(tableCell));
    return `**${number}.** ${inline(caption)}\n\n${lines(
      head,
      body,
      columns.map(({ figures }) => figures === true),
    )}`;
  }

  #chart({ name, title, description }: Chart): string {
    const words = reportWords(this.lang);
    const number = words.figure.replace('{n}', String(++this.#figures));
    const caption = `**${number}.** ${escapeMarkdown(title)}. ${escapeMarkdown(description)}`;
    if (this.folder === undefined) return `${caption} *${escapeMarkdown(words.noChart)}*`;
    return `![${escapeMarkdown(title)}](<${encodeURI(this.folder).replace(/[<>]/g, '')}/${name}.svg>)\n\n${caption}`;
  }
}

function tableCell({ words, tone }: Cell): string {
  const text = inline(words, true);
  return tone === 'bad' || tone === 'poor' ? `**${text}**` : text;
}

function lines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly boolean[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (right[index] ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
