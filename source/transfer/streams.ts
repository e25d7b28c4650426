// The streams of a share: one to the group, and one to each receiver that is served apart or by unicast.
import type { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import type { DataOut } from '../net/data-out.ts';
import type { Shape } from './block-datagram.ts';
import type { DataNet } from './data-net.ts';
import { Distribution, type DistributionOptions } from './distribution.ts';
import type { Member } from './member.ts';

type Stream = { distribution: Distribution; out: DataOut };

/** What all streams have in common. */
export type StreamOptions = Omit<DistributionOptions, 'out' | 'shape' | 'tell'> & {
  net: DataNet;
  shape: Shape;
  /** Tells the receiver of a slot how far its stream is. */
  tell(token: number, slot: number, number: number, front: number): void;
};

export class Streams {
  #main: (Stream & { group: Group }) | undefined;
  readonly #own = new Map<Member, Stream>();
  #sentBefore = 0;
  #running = false;

  constructor(private readonly options: StreamOptions) {}

  /** Where the data go; undefined when each receiver has a stream of its own. */
  get group(): Group | undefined {
    return this.#main?.group;
  }

  /** Payload bytes of all streams. */
  get sent(): number {
    let sent = this.#sentBefore + (this.#main?.distribution.sent ?? 0);
    for (const { distribution } of this.#own.values()) sent += distribution.sent;
    return sent;
  }

  /** Rejects as the network does. `failed` is told when nothing gets out to the group any more. */
  async openMain(group: Group, failed: (fault: Fault) => void): Promise<void> {
    const out = await this.options.net.openOut(group, failed);
    this.#main = { group, out, distribution: this.#distribution(this.options.shape, out) };
  }

  start(): void {
    this.#running = true;
    this.#main?.distribution.start();
    for (const { distribution } of this.#own.values()) distribution.start();
  }

  /** The stream that serves a member: of its own to that port, or that of the group. */
  async of(member: Member, port: number | undefined): Promise<Distribution> {
    if (this.#main && !member.isApart) return this.#main.distribution;
    this.close(member);
    const { address, token } = member;
    const family = address.includes(':') ? 6 : 4;
    // What does not reach one receiver shows in its reports.
    const out = await this.options.net.openOut({ address, port: port!, family }, () => {});
    const distribution = this.#distribution({ ...this.options.shape, token }, out);
    this.#own.set(member, { distribution, out });
    if (this.#running) distribution.start();
    return distribution;
  }

  /** Whether a member takes part in the stream to the group. */
  isOnMain(member: Member): boolean {
    return this.#main !== undefined && member.place?.distribution === this.#main.distribution;
  }

  /** Ends the stream of a member, if it has one of its own. */
  close(member: Member): void {
    const own = this.#own.get(member);
    if (!own) return;
    this.#own.delete(member);
    this.#sentBefore += own.distribution.sent;
    own.distribution.stop();
    void own.out.close();
  }

  async closeAll(): Promise<void> {
    for (const member of this.#own.keys()) this.close(member);
    this.#main?.distribution.stop();
    await this.#main?.out.close();
  }

  #distribution(shape: Shape, out: DataOut): Distribution {
    const { tell, ...common } = this.options;
    return new Distribution({
      ...common,
      shape,
      out,
      tell: (slot, number, front) => tell(shape.token, slot, number, front),
    });
  }
}
