// The datagrams of the flood: made once for each peer, with the few digits that change written over, so that the
// sender's cost is the sending.

/** `mixed`: chat with a heartbeat every fifth. `text` is what mcjoin's own sender writes, for it to count. */
export type Kind = 'chat' | 'text' | 'heartbeat' | 'mixed';

export type PayloadOptions = {
  kind: Kind;
  /** Bytes of a chat or text; a heartbeat has its own length. */
  size: number;
  peers: number;
  /** Reports in a heartbeat, on the other peers in rotation. */
  hears: number;
  /** First sequence number of each peer. */
  from: number;
  /** Datagrams a second of all peers together. */
  rate: number;
};

/** Sequence numbers have ten digits from the start, so that the length never changes. */
const firstSeq = 1_000_000_000;
const heartbeatEvery = 5;

/** Returns a function that gives the nth datagram. Peers take turns, each with its own numbering. */
export function makePayloads(options: PayloadOptions): (n: number) => Buffer {
  const { kind, size, peers, hears, from, rate } = options;
  const ids = Array.from({ length: peers }, (_, i) => (0xf100d000 + i).toString(16).padStart(16, '0'));
  if (kind === 'text') {
    const head = 'Sender PID 1, MC group 239.255.77.7 ... count: ';
    const text = template(`${head}${firstSeq}, freq: 1`.padEnd(size, ' '), head.length, undefined);
    return (n) => text(from + n, 0);
  }
  const beatShare = kind === 'heartbeat' ? 1 : heartbeatEvery;
  const every = Math.max(1, Math.round((1000 * peers * beatShare) / rate));
  const started = Date.now();

  const opening = (what: string, peer: number) =>
    `{"mcast":1,"kind":"${what}","id":"${ids[peer]}","name":"peer${peer}","seq":`;
  const chats = ids.map((_, peer) => {
    const head = opening('chat', peer);
    const body = `${head}${firstSeq},"at":${started},"ttl":1,"text":"`;
    const line = `${body}${'x'.repeat(Math.max(1, size - body.length - 2))}"}`;
    return template(line, head.length, head.length + 16);
  });
  const heartbeat = (peer: number, seq: number, at: number) => {
    const reports = Array.from({ length: Math.min(hears, peers - 1) }, (_, i) => {
      const id = ids[(peer + 1 + ((seq * hears + i) % (peers - 1))) % peers];
      return { id, seq, got: seq - 1000, lost: 0, dup: 0, jitter: 0.12, at: at - 400.5, held: 400.25 };
    });
    const tail = { every, up: at - started, hears: reports };
    return Buffer.from(
      `${opening('heartbeat', peer)}${seq},"at":${at},"ttl":1,${JSON.stringify(tail).slice(1)}`,
    );
  };
  return (n) => {
    const peer = n % peers;
    const turn = Math.floor(n / peers);
    const seq = firstSeq + from + turn;
    const at = Date.now();
    const beats = kind === 'heartbeat' || (kind === 'mixed' && (turn + peer) % heartbeatEvery === 0);
    return beats ? heartbeat(peer, seq, at) : chats[peer]!(from + turn, at);
  };
}

/** `seqAt` and `clockAt`: where ten digits of the number and thirteen of the time stand. */
function template(line: string, seqAt: number, clockAt: number | undefined) {
  const bytes = Buffer.from(line);
  return (count: number, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    writeDigits(copy, firstSeq + count, seqAt + 9);
    if (clockAt !== undefined) writeDigits(copy, at, clockAt + 12);
    return copy;
  };
}

/** From the last digit back, as many as the number has. */
function writeDigits(bytes: Buffer, value: number, last: number): void {
  for (let at = last, rest = value; rest > 0; at--, rest = Math.floor(rest / 10))
    bytes[at] = 48 + (rest % 10);
}
