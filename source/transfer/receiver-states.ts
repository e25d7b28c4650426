// How a receiver does that nothing more is known of than how far the whole transfer is.
import type { ReceiverState, TransferPhase } from '../core/share.ts';

export const stateIn: Readonly<Record<TransferPhase, ReceiverState>> = {
  waiting: 'registered',
  running: 'receiving',
  verifying: 'verifying',
  done: 'whole',
  failed: 'failed',
  cancelled: 'failed',
};
