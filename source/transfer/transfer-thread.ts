// Thread entry of one transfer, in either role: its sockets and files keep no other thread from its work.
import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import { socketNet } from './data-net.ts';
import type { TransferOptions } from './options.ts';
import { Receiver } from './receiver.ts';
import { Sender } from './sender.ts';
import { type FromTransfer, type ToTransfer, threadFile } from './transfer-link.ts';

const port = parentPort!;
const options = workerData as TransferOptions;
const post = (message: FromTransfer): void => port.postMessage(message);
const hashThread = threadFile('hash-thread');

async function open(): Promise<Sender | Receiver> {
  const onEvent = (event: NonNullable<FromTransfer['event']>) => post({ event });
  if (options.role === 'sender') {
    const net = socketNet(options.group, options.interface, options.ttl);
    const sender = await Sender.open(options, { net, hashThread, onEvent });
    post({ ready: sender.announced });
    return sender;
  }
  const { address, interface: wanted } = options;
  // Any group will do: it tells the family, and the way out where no interface was named.
  const family = address.includes(':') ? 6 : 4;
  const group: Group = { address: family === 4 ? '239.255.0.1' : 'ff15::1', port: 1, family };
  const receiver = new Receiver(options, {
    net: socketNet(group, wanted, 1),
    hashThread,
    id: randomBytes(8).toString('hex'),
    onEvent,
  });
  post({ ready: undefined });
  return receiver;
}

try {
  const transfer = await open();
  port.on('message', (message: ToTransfer) => {
    if ('cancel' in message) transfer.cancel();
    else if (transfer instanceof Receiver) transfer.moved(message.moved.address, message.moved.port);
  });
  await transfer.ended;
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  const { code, facts, exitCode } = error;
  post({ fault: { code, facts, exitCode } });
}
port.close();
