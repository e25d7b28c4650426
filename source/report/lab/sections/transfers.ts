// The files that went from node to node, and how each receiver fared.
import { sizeText } from '../../../core/size-text.ts';
import { cliWords, fill } from '../../../words/cli.ts';
import { type Block, type Cell, note, paragraph, type Section, table } from '../document.ts';
import type { SharedFiles } from '../shared-files.ts';
import type { Context } from './context.ts';

export function transfers(context: Context): Section {
  const { run, words } = context;
  const blocks = run.files.flatMap((files) => one(context, files));
  return {
    title: words.parts.transfers,
    blocks: blocks.length > 0 ? blocks : [paragraph(words.transfers.none)],
  };
}

function one({ words, format, lang }: Context, { transfer, receivers }: SharedFiles): Block[] {
  const heads = words.transfers;
  const { number, measure } = format;
  const { title, total, from, mode, phase, sent, more } = transfer;
  const about = {
    title,
    size: sizeText(total),
    from,
    mode: heads.modes[mode],
    phase: cliWords(lang).plain.phases[phase],
  };
  const rows = receivers.map((receiver) => [
    receiver.name,
    number(receiver.number),
    { words: [{ code: `${receiver.address}:${receiver.port}` }] },
    stateCell(receiver.state, heads.states),
    number(receiver.bytes),
    number(receiver.lost),
    number(receiver.repaired),
    number(receiver.drops),
    receiver.seconds === undefined ? '—' : measure(receiver.seconds),
    receiver.seconds ? `${sizeText(receiver.bytes / receiver.seconds)}/s` : '—',
  ]);
  const figures = [heads.bytes, heads.blocks, heads.repaired, heads.drops, heads.seconds, heads.rate];
  const blocks: Block[] = [
    paragraph(fill(heads.title, about)),
    table(
      fill(heads.caption, { title }),
      [
        { head: heads.name },
        { head: heads.number, figures: true },
        { head: heads.address },
        { head: heads.state },
        ...figures.map((head) => ({ head, figures: true })),
      ],
      rows,
    ),
  ];
  if (more) blocks.push(note(fill(heads.more, { count: more })));
  if (sent !== undefined) {
    const facts = { sent: sizeText(sent), total: sizeText(total), receivers: receivers.length + (more ?? 0) };
    blocks.push(note(fill(heads.sent, facts)));
  }
  return blocks;
}

function stateCell(
  state: SharedFiles['receivers'][number]['state'],
  states: Record<typeof state, string>,
): Cell {
  const tone = state === 'whole' ? 'good' : state === 'failed' || state === 'stalled' ? 'bad' : undefined;
  return { words: states[state], ...(tone ? { tone } : {}) };
}
