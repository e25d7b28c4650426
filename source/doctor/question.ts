// What is asked: why is this group silent, joined in this way?
import type { Group } from '../core/group.ts';

export type Question = {
  group: Group;
  /** How many groups are asked for together. */
  groups: number;
  /** `--interface`, a name or an address. */
  interface: string | undefined;
  source: string | undefined;
  ttl: number;
  replyPort: number | undefined;
  /** Identity of the node in whose process this is asked: it has the reply port, and what it says is nobody else's. */
  self?: string;
  /** Who should be there, by name or address. */
  peer: string | undefined;
  /** How long to listen to the group, ms. */
  watch: number;
};
