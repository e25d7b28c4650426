// A node for lab tests whose receive buffer is small and whose program is busy most of the time.
// Run with `node --import tsx slow-node-script.ts MS`: it does nothing for MS of each 300 ms.
import { randomBytes } from 'node:crypto';
import { Socket } from 'node:dgram';
import { Engine } from '../../source/engine/engine.ts';
import type { EngineOptions } from '../../source/engine/options.ts';

const busy = Number(process.argv[2]);
// As if the system granted next to nothing, whatever is asked for.
const grant = Socket.prototype.setRecvBufferSize;
Socket.prototype.setRecvBufferSize = function (this: Socket) {
  grant.call(this, 2_048);
};
const group = { address: '239.255.0.1', port: 50_000, family: 4 } as const;
const options: EngineOptions = {
  version: 'test',
  groups: [{ name: '239.255.0.1:50000', group, ttl: 1 }],
  id: randomBytes(8).toString('hex'),
  name: 'bob',
  workers: 1,
  work: 0,
  heartbeat: 300,
  bandwidth: 100e6,
  ack: false,
  record: undefined,
  lines: false,
  count: undefined,
  duration: undefined,
};

await Engine.open(options, { snapshot: () => {}, lines: () => {}, ended: () => {} });
console.log('joined');
const wait = new Int32Array(new SharedArrayBuffer(4));
if (busy > 0) setInterval(() => Atomics.wait(wait, 0, 0, busy), 300 - busy);
