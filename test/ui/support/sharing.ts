// Files that are offered and on their way, made by hand for the screen to show.
import type { Transfer } from '../../../source/core/event.ts';
import type { TransferReceiver } from '../../../source/core/share.ts';
import type { OfferView, Snapshot } from '../../../source/core/snapshot.ts';
import { chatOf, classroom, group, noon } from './scenario.ts';

export const receiverOf = (
  number: number,
  name: string,
  part: Partial<TransferReceiver> = {},
): TransferReceiver => ({
  number,
  name,
  address: `10.0.0.${5 + number}`,
  port: 40_000 + number,
  bytes: 65_100_000,
  lost: 0,
  repaired: 0,
  drops: 0,
  rate: 12_300_000,
  seconds: 5.3,
  state: 'receiving',
  ...part,
});

export const transferOf = (part: Partial<Transfer> = {}): Transfer => ({
  type: 'transfer',
  at: noon - 100,
  share: 'f1',
  role: 'sender',
  phase: 'running',
  title: 'slides.pdf',
  files: 1,
  total: 104_857_600,
  mode: 'multicast',
  group: '239.255.3.7:50100',
  from: 'ana',
  path: '/home/ana/slides.pdf',
  sent: 67_000_000,
  receivers: [
    receiverOf(1, 'beto'),
    receiverOf(2, 'carla', { state: 'repairing', lost: 312, repaired: 290, bytes: 64_000_000 }),
    receiverOf(3, 'diego', { state: 'stalled', rate: 0, bytes: 1_000_000, lost: 40 }),
    receiverOf(4, 'elena', { state: 'failed', rate: 0, reason: 'connection-lost', bytes: 20_000_000 }),
  ],
  ...part,
});

export const offerOf = (part: Partial<OfferView> = {}): OfferView => ({
  share: 'f3',
  title: 'capture of the whole morning.pcapng',
  files: 1,
  bytes: 734_003_200,
  control: 40_001,
  mode: 'multicast',
  group,
  from: 'carla',
  address: '10.0.0.7',
  firstAt: noon - 3000,
  ...part,
});

/** The classroom while this node shares one file, has received another and is offered a third. */
export function sharing(): Snapshot {
  const room = classroom();
  const received = transferOf({
    share: 'f2',
    role: 'receiver',
    phase: 'done',
    title: 'lab-03',
    files: 12,
    total: 4_200_000,
    from: 'beto',
    path: '/home/ana/lab-03',
    at: noon - 20_000,
    receivers: [
      receiverOf(1, 'ana', { state: 'whole', bytes: 4_200_000, seconds: 0.9, lost: 7, repaired: 7 }),
    ],
  });
  return {
    ...room,
    offers: [offerOf(), offerOf({ share: 'f4', title: 'notes' })],
    transfers: [received, transferOf()],
    chat: [
      ...room.chat,
      chatOf('', '', {
        n: 7,
        kind: 'notice',
        code: 'share-offered',
        facts: { name: 'carla', title: 'capture of the whole morning.pcapng', size: '734 MB' },
      }),
    ],
  };
}
