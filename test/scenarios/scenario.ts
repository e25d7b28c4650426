// A scenario is a story told in lines, and what must come of it as tables. Its datagrams are real ones: they are
// written as any script would write them and read by the codec.
//
//   0+1000x5 ana beat 1 without=3 delay=20   five heartbeats, one a second, numbers 1 to 5, the third lost,
//                                            each 20 ms on its way
//   2500 ana#2 chat 9 hello                  a second process of that name on the same host
//   2600 ben bye 7
//   3000 ben ack of=4                        by unicast, but for `to=group`; `bare-ack` is the three plain bytes
//   3100 10.0.0.9 raw hola                   any bytes, from any address
//   100 me chat 1 hello                      this node sent it; `me looped` heard itself
//   0+1000x5 ana share 1 a.pdf id=1          announces files, share 000…1
//   0+1000x5 ana beat 1 hears=ben,me         says that it hears them; else it hears nobody,
//                                            and with silent=yes it does not say what it hears
//   0+1000x5 ana beat 1 from=10.0.0.9        from another address of its host
//   300 me dropped 5                         the kernel dropped so many; `me left`, `me joined` the group
//   200 me transfer running id=1             how far a transfer here is; `role=sender`, `whole=1`
import type { Kind, PeerState, Totals } from '../../source/core/event.ts';
import type { TransferPhase } from '../../source/core/share.ts';

export type Scenario = {
  name: string;
  story: string;
  /** Played to here, ms. */
  until: number;
  /** How slow this node itself is, from when: every deadline stretches by it. */
  patience?: number;
  /** Rows of the peers at the end; the first line names the columns. All peers must be listed. */
  rows?: string;
  /** Every change of a peer's state: `time who state reason`. All of them must be listed. */
  states?: string;
  /** Lines of the chat pane without notices: `who: text`. All of them must be listed. */
  chat?: string;
  /** Own lines' ticks: `text delivered/of acks`. */
  ticks?: string;
  /** Offers that stand, and transfers: `title from`, `title phase`. All of them must be listed. */
  offers?: string;
  transfers?: string;
  /** Notices of files in the chat: `code title`. All of them must be listed. */
  fileNotices?: string;
  totals?: Partial<Totals>;
  /** Since when this node is isolated at the end, ms; false: it is not. */
  isolated?: number | false;
};

/** Ends where `until` says, not before. */
export const start = 1_790_000_000_000;
export const group = '239.255.0.1:50000';
export const selfId = 'ffffffffffffffff';

export type Step =
  | { at: number; who: string; is: 'datagram'; bytes: Uint8Array; address: string; unicast: boolean }
  | { at: number; who: 'me'; is: 'sent'; kind: Kind; seq: number; text: string }
  | { at: number; who: 'me'; is: 'looped' }
  | { at: number; who: 'me'; is: 'left' }
  | { at: number; who: 'me'; is: 'joined' }
  | { at: number; who: 'me'; is: 'dropped'; count: number }
  | {
      at: number;
      who: 'me';
      is: 'transfer';
      phase: TransferPhase;
      share: string;
      role: 'sender' | 'receiver';
      whole: number;
    };

export type Told = { at: number; who: string; state: PeerState; reason: string };

/** `ana#2` is a second process of ana's: same name and host, another identity. */
export function nodeOf(label: string): { id: string; name: string; address: string } {
  const name = label.split('#')[0]!;
  return { id: hash(label).toString(16).padStart(16, '0'), name, address: addressOf(name) };
}

function addressOf(name: string): string {
  return /^[\d.]+$/.test(name) ? name : `10.0.${hash(name) % 256}.${(hash(name) >> 8) % 256}`;
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + letter.codePointAt(0)!) % 0x7fffffff;
  return value;
}

export const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The story's steps in order of time. */
export function stepsOf(story: string): Step[] {
  const firsts = new Map<string, number>();
  const steps = lines(story).flatMap((line) => stepsOfLine(line, firsts));
  return steps.sort((a, b) => a.at - b.at);
}

const pattern =
  /^(?<from>[\d.]+)(?:\+(?<every>[\d.]+)x(?<times>\d+))? +(?<who>\S+) +(?<verb>\S+) ?(?<rest>.*)$/;
const option = /(?:^| )([a-z]+)=(\S+)/g;

function stepsOfLine(line: string, firsts: Map<string, number>): Step[] {
  const match = pattern.exec(line)?.groups;
  if (!match) throw new Error(`not a line of a story: ${line}`);
  const { who = '', verb = '', rest = '' } = match;
  const options = new Map([...rest.matchAll(option)].map(([, key, value]) => [key!, value!]));
  const plain = verb === 'raw' ? rest : rest.replace(option, '').trim();
  const without = options.get('without')?.split(',').map(Number) ?? [];
  const steps: Step[] = [];
  for (let i = 0; i < Number(match.times ?? 1); i++) {
    const at = Number(match.from) + i * Number(match.every ?? 0);
    const [, number, text = ''] = /^(\d*) ?(.*)$/s.exec(plain)!;
    const seq = Number(number) + i;
    if (without.includes(seq)) continue;
    if (!firsts.has(who)) firsts.set(who, at);
    steps.push(stepOf({ at, who, verb, seq, text, plain, options, up: at - firsts.get(who)! }));
  }
  return steps;
}

type Parsed = {
  at: number;
  who: string;
  verb: string;
  seq: number;
  text: string;
  plain: string;
  options: Map<string, string>;
  up: number;
};

function stepOf(parsed: Parsed): Step {
  const { at, who, verb, seq, text, plain, options } = parsed;
  if (who === 'me') {
    if (verb === 'looped' || verb === 'left' || verb === 'joined') return { at, who, is: verb };
    if (verb === 'dropped') return { at, who, is: verb, count: Number(plain) };
    if (verb === 'transfer') {
      const role = options.get('role') === 'sender' ? 'sender' : 'receiver';
      const phase = plain as TransferPhase;
      return {
        at,
        who,
        is: 'transfer',
        phase,
        share: shareOf(options),
        role,
        whole: Number(options.get('whole') ?? 0),
      };
    }
    return { at, who, is: 'sent', kind: verb as Kind, seq, text };
  }
  const said = verb === 'raw' ? plain : verb === 'bare-ack' ? 'ack' : JSON.stringify(messageOf(parsed));
  const bytes = new TextEncoder().encode(said);
  const unicast = (verb === 'ack' && options.get('to') !== 'group') || verb === 'bare-ack';
  return { at, who, is: 'datagram', bytes, address: options.get('from') ?? nodeOf(who).address, unicast };
}

function messageOf({ at, who, verb, seq, text, options, up }: Parsed): object {
  const { id, name } = nodeOf(who);
  const number = (key: string, otherwise: number): number => Number(options.get(key) ?? otherwise);
  const sentAt = options.has('clock') ? number('clock', 0) : start + at - number('delay', 1);
  const envelope = { mcast: 1, kind: verb, id, name, seq, at: sentAt, ttl: 1 };
  switch (verb) {
    case 'beat': {
      const every = number('every', 1000);
      const about = options.get('me');
      const heard = (options.get('hears')?.split(',') ?? []).map((name) => ({
        ...reportOf('1-1', at, number('held', 0)),
        id: name === 'me' ? selfId : nodeOf(name).id,
      }));
      const hears = about === undefined ? heard : [reportOf(about, number('echo', at), number('held', 0))];
      const beat = { ...envelope, kind: 'heartbeat', every, up: number('up', up) };
      return options.has('silent') ? beat : { ...beat, hears };
    }
    case 'chat':
      return { ...envelope, text };
    case 'share': {
      const [share, title] = [shareOf(options), text];
      return { ...envelope, share, title, files: 1, bytes: 1_000_000, control: 40_000, mode: 'multicast' };
    }
    case 'ack':
      return { ...envelope, seq: 1, of: number('of', 0) };
    default:
      return envelope;
  }
}

const shareOf = (options: Map<string, string>): string => (options.get('id') ?? '0').padStart(16, '0');

/** `first-last/lost`: it heard this node from number first to last, with so many lost. */
function reportOf(about: string, echo: number, held: number): object {
  const [first = 0, last = 0, lost = 0] = about.split(/[-/]/).map(Number);
  const got = last - first + 1 - lost;
  return { id: selfId, seq: last, got, lost, dup: 0, jitter: 0, at: start + echo, held };
}
