// The foot of the screen: totals and rates, then the keys that work now, or what there is to say about the last.
import type { Landmark } from '../core/feed.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { bytes, percent, short } from './format.ts';
import { type Binding, type Hint, keyLabel, landmarkKeys } from './keymap.ts';
import type { Look } from './look.ts';
import { Rows } from './rows.tsx';
import { type Segment, segment, segmentsWidth, spread, whole } from './segments.ts';
import { sparkline } from './sparkline.ts';
import type { ViewState } from './view-state.ts';

type TotalsProps = { width: number; look: Look; latest: Snapshot };

export function Totals({ width, look, latest }: TotalsProps) {
  return <Rows width={width} height={1} lines={[totalsRow(latest, width, look)]} />;
}

export function totalsRow(latest: Snapshot, width: number, look: Look): string {
  const { totals, rates, rateHistory, queued } = latest;
  const { footer } = look.words;
  const shed = Object.values(totals.shed).reduce((sum, count) => sum + count, 0);
  const asked = totals.received + totals.lost;
  const chart = Math.min(60, Math.max(0, width - 96));
  const fact = (label: string, value: string, bad = false): Segment[] => [
    segment(`${label} `, 'dim'),
    segment(value, bad ? 'warn' : 'title'),
  ];
  const groups: Segment[][] = [
    [
      ...fact(footer.received, short(totals.received)),
      segment(` ${short(rates.received)}${footer.rate} ${bytes(rates.bytes)}${footer.rate}`, 'accent'),
      ...(chart >= 10 ? [segment(` ${sparkline(rateHistory, chart, look.glyphs)}`, 'accent')] : []),
    ],
    fact(footer.sent, short(totals.sent)),
    fact(
      footer.lost,
      `${short(totals.lost)}${asked > 0 && totals.lost > 0 ? ` ${percent(totals.lost / asked)}` : ''}`,
      totals.lost > 0,
    ),
    ...(totals.kernelDrops > 0 ? [fact(footer.drops, short(totals.kernelDrops), true)] : []),
    ...(shed > 0 ? [fact(footer.shed, short(shed), true)] : []),
    fact(footer.duplicates, short(totals.duplicates), totals.duplicates > 0),
    fact(footer.reordered, short(totals.reordered), totals.reordered > 0),
    fact(footer.malformed, short(totals.kinds.malformed), totals.kinds.malformed > 0),
    fact(footer.queue, short(queued), queued > 1000),
  ];
  const gap = `  ${look.glyphs.dot}  `;
  return spread([segment(' '), ...whole(groups, width >= 100 ? gap : '  ', width - 1)], [], width, look);
}

type LandmarksProps = { width: number; height: number; look: Look; asking: 'landmark' | 'landmark-back' };

/** The kinds that can be looked for, with their keys. */
export function Landmarks({ width, height, look, asking }: LandmarksProps) {
  const kinds = Object.keys(landmarkKeys) as Landmark[];
  const lines: string[] = [];
  for (let at = 0; lines.length < height; ) {
    const before = lines.length === 0 ? [segment(` ${look.words.prompts[asking]}`, 'title')] : [segment(' ')];
    const row = whole(
      kinds
        .slice(at)
        .map((kind) => [segment(landmarkKeys[kind], 'key'), segment(` ${look.keys.landmarks[kind]}`, 'dim')]),
      '  ',
      width - segmentsWidth(before),
    );
    at += Math.ceil(row.length / 3);
    lines.push(spread([...before, ...row], [], width, look));
  }
  return <Rows width={width} height={height} lines={lines} />;
}

type KeysProps = {
  width: number;
  look: Look;
  bindings: readonly Binding[];
  message: ViewState['message'];
};

export function KeysRow({ width, look, bindings, message }: KeysProps) {
  const row = message
    ? spread(
        [segment(' '), segment(message.text, message.tone === 'warn' ? 'warn' : 'match')],
        [],
        width,
        look,
      )
    : spread([segment(' '), ...whole(hints(bindings, look), '  ', width - 1)], [], width, look);
  return <Rows width={width} height={1} lines={[row]} />;
}

/** `Esc keys`: the first key of the first binding of each action that has a hint. */
function hints(bindings: readonly Binding[], { keys }: Look): Segment[][] {
  return bindings
    .filter(({ hint, action }, i, all) => hint && all.findIndex((other) => other.action === action) === i)
    .map(({ keys: names, action }) => [
      segment(keyLabel(names[0]!, keys), 'key'),
      segment(` ${keys.hints[action as Hint] ?? keys.actions[action]}`, 'dim'),
    ]);
}
