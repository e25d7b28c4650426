// What this program itself had no room for, since it was last asked.
import type { Shed } from '../core/event.ts';
import { now } from '../net/clock.ts';
import type { Pool } from '../workers/pool.ts';
import type { Acknowledger } from './acknowledger.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';

type Parts = { pool: Pool; intake: Intake | undefined; acks: Acknowledger; journal: Journal };

export function takeLosses({ pool, intake, acks, journal }: Parts): Shed[] {
  const losses: Record<Exclude<Shed['what'], 'peers'>, number> = {
    queue: pool.takeShed() + (intake?.takeRefused() ?? 0),
    acks: acks.takeRefused(),
    screen: journal.takeMissed(),
    record: (journal.recorder?.takeDropped() ?? 0) + (journal.pcap?.takeDropped() ?? 0),
  };
  return (Object.entries(losses) as [Shed['what'], number][])
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ type: 'shed', at: now(), what, count }));
}
