// A node for lab tests whose receive buffer is small and whose program is busy most of the time.
// Run with `node --import tsx slow-node-script.ts MS`: it does nothing for MS of each 300 ms.
import { Socket } from 'node:dgram';
import { Engine } from '../../source/engine/engine.ts';
import { engineOptions, inLab } from '../support/engine-options.ts';

const busy = Number(process.argv[2]);
// As if the system granted next to nothing, whatever is asked for.
const grant = Socket.prototype.setRecvBufferSize;
Socket.prototype.setRecvBufferSize = function (this: Socket) {
  grant.call(this, 2_048);
};
const options = engineOptions({ groups: [inLab()], name: 'bob', heartbeat: 300, lines: false });

await Engine.open(options, { snapshot: () => {}, lines: () => {}, ended: () => {} });
console.log('joined');
const wait = new Int32Array(new SharedArrayBuffer(4));
if (busy > 0) setInterval(() => Atomics.wait(wait, 0, 0, busy), 300 - busy);
