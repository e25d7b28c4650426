// A sender at a stated pace, as a process of its own. Prints what it sent and what that cost as JSON.
// Usage: flood --group ADDR:PORT --rate N --seconds S|--count N [--kind chat|text|heartbeat|mixed] [--peers N] …
import { createSocket } from 'node:dgram';
import { parseArgs } from 'node:util';
import { type Kind, makePayloads } from './payloads.ts';

const { values } = parseArgs({
  options: {
    group: { type: 'string', default: '239.255.77.7:47000' },
    address: { type: 'string', default: '127.0.0.1' },
    /** Datagrams a second. */
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '3' },
    /** Datagrams in all, instead of seconds. */
    count: { type: 'string' },
    size: { type: 'string', default: '200' },
    kind: { type: 'string', default: 'chat' },
    peers: { type: 'string', default: '1' },
    /** Reports in a heartbeat. */
    hears: { type: 'string', default: '0' },
    /** First sequence number: another sender may have been the same peers before. */
    from: { type: 'string', default: '1' },
  },
});
const [host, port] = values.group.split(':') as [string, string];
const rate = Number(values.rate);
const total = Math.round(Number(values.count ?? rate * Number(values.seconds)));
const payload = makePayloads({
  kind: values.kind as Kind,
  size: Number(values.size),
  peers: Number(values.peers),
  hears: Number(values.hears),
  from: Number(values.from),
  rate,
});
/** Sends at most this many before the event loop turns. */
const burst = 64;
const queueLimit = 256 * 1024;
/** ms */
const mostLate = 10;

const socket = createSocket('udp4');
socket.bind(0, values.address, () => {
  socket.setMulticastInterface(values.address);
  socket.setMulticastTTL(0);
  socket.connect(Number(port), host, run);
});

function run(): void {
  const began = performance.now();
  let start = began;
  const cpuAtStart = process.cpuUsage();
  let sent = 0;
  const turn = (): void => {
    const now = performance.now();
    // What a stall of its own left undone is not caught up with: that would be a burst, not a rate.
    start = Math.max(start, now - ((sent + 1) * 1000) / rate - mostLate);
    const due = Math.min(total, Math.floor(((now - start) * rate) / 1000));
    for (let i = 0; i < burst && sent < due && socket.getSendQueueSize() < queueLimit; i++)
      socket.send(payload(sent++));
    if (sent < total) {
      if (sent < due) setImmediate(turn);
      else setTimeout(turn, 1);
      return;
    }
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpuAtStart);
    socket.close();
    const cpu = (user + system) / 1e6 / seconds;
    console.log(JSON.stringify({ sent, seconds, rate: sent / seconds, cpu }));
  };
  turn();
}
