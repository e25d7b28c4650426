// Thread entry of one transfer, in either role: its sockets and files keep no other thread from its work.
import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import { socketNet } from './data-net.ts';
import { LabReceiver } from './lab-receiver.ts';
import { LabSender } from './lab-sender.ts';
import type { TransferOptions } from './options.ts';
import { Receiver } from './receiver.ts';
import { Sender } from './sender.ts';
import { type FromTransfer, type ToTransfer, threadFile } from './transfer-link.ts';

const port = parentPort!;
const options = workerData as TransferOptions;
const post = (message: FromTransfer): void => port.postMessage(message);
const hashThread = threadFile('hash-thread');

async function open(): Promise<Sender | Receiver | LabSender | LabReceiver> {
  const onEvent = (event: NonNullable<FromTransfer['event']>) => post({ event });
  if (options.role === 'sender') {
    const net = socketNet(options.group, options.interface, options.ttl);
    const sender =
      options.mode === 'lab'
        ? await LabSender.open(options, { net, onEvent })
        : await Sender.open(options, { net, hashThread, onEvent });
    post({ ready: sender.announced });
    return sender;
  }
  const { address, interface: wanted } = options;
  if (options.lab) {
    const netAt = (local: string) => socketNet(someGroup(local), local, 1);
    const receiver = new LabReceiver(options, { netAt, onEvent });
    post({ ready: undefined });
    return receiver;
  }
  const receiver = new Receiver(options, {
    net: socketNet(someGroup(address), wanted, 1),
    hashThread,
    id: randomBytes(8).toString('hex'),
    onEvent,
  });
  post({ ready: undefined });
  return receiver;
}

/** Any group of the address's family will do: it tells the family, and the way out where no interface was named. */
function someGroup(address: string): Group {
  const family = address.includes(':') ? 6 : 4;
  return { address: family === 4 ? '239.255.0.1' : 'ff15::1', port: 1, family };
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
