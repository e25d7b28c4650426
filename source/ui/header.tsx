// The top of the screen: which groups on which interface, for how long, whether it is recorded; and what must
// not be missed: a replay, a frozen screen, a node that is cut off, datagrams that this host was too slow for.
import { findingsOf } from '../core/diagnoses.ts';
import type { Diagnosed, GroupView, Snapshot } from '../core/snapshot.ts';
import { diagnosisBanner } from './diagnosis-banner.ts';
import { bytes, duration, short } from './format.ts';
import type { Look } from './look.ts';
import { offerBanner } from './offer-banner.ts';
import { Rows } from './rows.tsx';
import { type Segment, segment, segmentsWidth, spread, whole } from './segments.ts';

type Props = {
  width: number;
  /** Rows: 2, or 1 where room is short. */
  height: number;
  look: Look;
  latest: Snapshot;
  diagnoses: readonly Diagnosed[];
  /** Seconds the screen stands still, and lines that came meanwhile. */
  frozen: { seconds: number; missed: number } | undefined;
  /** The one group shown. */
  group: string | undefined;
  masked: boolean;
  /** Keys are text now. */
  writing: boolean;
};

/** A stall of the engine worth telling, ms. */
const longStall = 200;

export function Header(props: Props) {
  const { width, height, look, latest, group, writing } = props;
  const about = facts(latest, look);
  const beside = height < 2 ? segmentsWidth(about.slice(-1)) + 1 : 0;
  const alerts = banners({ ...props, width: width - beside });
  const offer = latest.player ? undefined : offerBanner(latest.offers, writing, width - 4, look);
  if (offer !== undefined) alerts.unshift([segment(` ${offer} `, 'banner')]);
  const name: Segment[] = [
    segment(width >= 90 ? ' mcast-tui ' : ' ', 'title'),
    segment(latest.self.name, 'own'),
    segment(' '),
  ];
  if (height < 2) {
    const left =
      alerts.length > 0
        ? [segment(' '), ...whole(alerts, ' ', width - 2)]
        : [...name, ...groupLine(latest, group, look)];
    return (
      <Rows
        width={width}
        height={1}
        lines={[spread(left, offer === undefined ? [segment(' '), ...about.slice(-1)] : [], width, look)]}
      />
    );
  }
  const first = spread([...name, ...groupLine(latest, group, look)], about, width, look);
  const tail = [segment(`${latest.self.id} ${look.glyphs.dot} ${latest.self.version} `, 'dim')];
  const told = [segment(' '), ...whole(alerts, ' ', width - 1)];
  const roomy = alerts.length < 2 && segmentsWidth([...told, ...tail]) <= width;
  const second = spread(told, roomy && offer === undefined ? tail : [], width, look);
  return <Rows width={width} height={2} lines={[first, second]} />;
}

function groupLine({ groups }: Snapshot, only: string | undefined, look: Look): Segment[] {
  const several = groups.length > 1;
  const shown = only === undefined ? groups : groups.filter(({ group }) => group === only);
  return shown.flatMap((view) => [
    segment(`${look.glyphs.down} `, 'border'),
    ...(several ? [segment(`${groupLabel(groups, view.group)} `, 'match')] : []),
    ...groupFacts(view, look),
    ...(only === undefined || !several ? [] : [segment(`(${look.words.header.only}) `, 'match')]),
  ]);
}

function groupFacts(view: GroupView, { words: { header }, address }: Look): Segment[] {
  const source = view.source === undefined ? '' : `${header.source} ${address(view.source)} `;
  return [
    segment(`${address(view.group)} `, 'focus'),
    segment(`${header.on} ${view.interface} ${address(view.address)} ${header.ttl} ${view.ttl} ${source}`),
    ...(view.joined ? [] : [segment(` ${header.notJoined} `, 'alarm'), segment(' ')]),
  ];
}

/** `g1`, `g2`: the groups by their place in the header. */
export const groupLabel = (groups: readonly GroupView[], group: string): string => {
  const at = groups.findIndex((view) => view.group === group);
  return at < 0 ? '' : `g${at + 1}`;
};

function facts(
  { now, startedAt, recording, player }: Snapshot,
  { words: { header }, glyphs }: Look,
): Segment[] {
  const up = segment(` ${header.up} ${duration(now - startedAt)} `, 'dim');
  if (player) return [up];
  if (recording && 'path' in recording) {
    return [up, segment(`${glyphs.recording} ${header.recording} ${bytes(recording.bytes)} `, 'bad')];
  }
  return [up, segment(`${header.notRecording} `, recording ? 'warn' : 'dim')];
}

function banners({ width, look, latest, diagnoses, frozen, masked, writing }: Props): Segment[][] {
  const { words, notice } = look;
  const out: Segment[][] = [];
  const add = (text: string, role: 'banner' | 'alarm' | 'warn') => out.push([segment(` ${text} `, role)]);
  if (latest.player) add(words.banners.replay, 'banner');
  if (frozen) add(words.banners.frozen(frozen.seconds, frozen.missed), 'banner');
  const room = width - 2 - segmentsWidth(out.flat()) - out.length;
  const wrong = diagnosisBanner(diagnoses, writing && !latest.player, room, look);
  if (wrong) out.push(wrong);
  // What is diagnosed is not told twice.
  const open = findingsOf(diagnoses).map(({ id }) => id);
  const silent = open.includes('live.silence') || open.includes('live.snooping');
  if (latest.isolatedSince !== undefined && !silent) {
    add(words.banners.isolated(Math.max(0, Math.floor((latest.now - latest.isolatedSince) / 1000))), 'alarm');
  }
  if (latest.totals.kernelDrops > 0 && !open.includes('live.drops')) {
    add(words.banners.drops(short(latest.totals.kernelDrops)), 'warn');
  }
  if (latest.lag >= longStall) add(words.banners.stall(Math.round(latest.lag)), 'warn');
  if (latest.recording && 'stopped' in latest.recording) {
    add(notice(latest.recording.stopped, {}, latest.recording.stopped), 'warn');
  }
  if (masked) add(words.masked, 'warn');
  return out;
}
