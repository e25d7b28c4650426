// This node's part in one group: its sockets, and what it says there.
import type { Event, GroupName, GroupSettings, Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { messageLimit } from '../core/message.ts';
import type { Peer } from '../core/peer.ts';
import { looksLikeProbing } from '../core/probing.ts';
import type { Offer } from '../core/share.ts';
import type { State } from '../core/state.ts';
import { type Entrance, Respondent } from '../doctor/respondent.ts';
import { now } from '../net/clock.ts';
import type { Membership } from '../net/membership.ts';
import type { OnDatagram, Transport, TransportListener, TransportOptions } from '../net/transport.ts';
import { type EngineOptions, type GroupOptions, wantsPayloads } from './options.ts';
import { Speaker } from './speaker.ts';

/** How a group is joined: real sockets, or whatever a demonstration or a test puts in their place. */
export type Connect = (options: TransportOptions, listener: TransportListener) => Promise<Transport>;

export type MemberOptions = {
  connect: Connect;
  options: EngineOptions;
  startedAt: Millis;
  state: State;
  datagram: OnDatagram;
  event(event: Event): void;
  /** Something to know that does not end the membership. */
  fault(error: unknown): void;
};

/** A failing network is told of once in this time, not at every heartbeat, ms. */
const faultEvery = 10_000;
/** The counter of kernel drops goes on showing; its remedy is told once in this time, ms. */
const overrunEvery = 60_000;

export class Member {
  readonly #speaker: Speaker;
  readonly #respondent: Respondent;
  #faultAt = Number.NEGATIVE_INFINITY;
  #overrunAt = Number.NEGATIVE_INFINITY;

  private constructor(
    readonly group: GroupOptions,
    private readonly transport: Transport,
    private readonly around: MemberOptions,
  ) {
    const { options, startedAt, state, event } = around;
    const { name } = group;
    this.#speaker = new Speaker({
      group: name,
      transport,
      settings: { ...options, payloads: wantsPayloads(options) },
      startedAt,
      peers: () => presentIn(state, name),
      onSent: event,
      onFault: (error) => this.#sendFault(error),
    });
    const speaker = this.#speaker;
    this.#respondent = new Respondent({
      id: options.id,
      family: group.group.family,
      toGroup: (write) => speaker.echo(write),
      toHost: (...answer) => speaker.answer(...answer),
      sent: () => speaker.sent,
    });
  }

  /** Rejects with the Fault that keeps this host from the group. */
  static async join(group: GroupOptions, around: MemberOptions): Promise<Member> {
    let member: Member | undefined;
    const transport = await around.connect(group, {
      datagram: (bytes, address, port, at, unicast) => {
        if (member?.probed(bytes, address, port, unicast ? 'reply' : 'group') !== true) {
          around.datagram(bytes, address, port, at, unicast);
        }
      },
      door: (bytes, address, port) => void member?.probed(bytes, address, port, 'door'),
      notice: (fault) => {
        around.fault(fault);
        member?.noticed(fault);
      },
      dropped: (count) => {
        around.event({ type: 'dropped', at: now(), group: group.name, count });
        member?.overrun(count);
      },
    });
    member = new Member(group, transport, around);
    return member;
  }

  get name(): GroupName {
    return this.group.name;
  }

  get settings(): GroupSettings {
    return { ...this.transport.settings, group: this.name };
  }

  get membership(): Membership {
    return this.transport.membership;
  }

  /** Tells that the group is joined, and starts to heartbeat. */
  begin(): void {
    this.#tellJoined();
    this.#speaker.start();
  }

  /** Throws Fault('too-long'). */
  chat(text: string): void {
    this.#speaker.chat(text);
  }

  share(offer: Offer): void {
    this.#speaker.share(offer);
  }

  acknowledge(address: string, port: number, of: number | undefined): void {
    this.#speaker.acknowledge(address, port, of).catch((error) => this.#sendFault(error));
  }

  async leave(reason: string): Promise<void> {
    await this.#speaker.stop();
    this.#tellLeft(reason);
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  /**
   * Looks at a datagram first; true when it was a probe and nothing else. Those to the group are in their sender's
   * numbering, so they are told like any other, unless they are larger than any message may be.
   */
  private probed(bytes: Uint8Array, address: string, port: number, by: Entrance): boolean {
    if (by === 'group') this.#respondent.heard();
    if (!looksLikeProbing(bytes)) return by === 'door';
    this.#respondent.hear(bytes, address, port, by, performance.now());
    return by !== 'group' || bytes.length > messageLimit;
  }

  /** The kernel dropped datagrams here: once in a while it is said what to do about it. */
  private overrun(count: number): void {
    this.#respondent.dropped(count);
    if (now() - this.#overrunAt < overrunEvery) return;
    this.#overrunAt = now();
    this.around.fault(new Fault('kernel-drops', { count, group: this.name }));
  }

  /** The transport lost the group, or has it again. */
  private noticed({ code }: Fault): void {
    if (code === 'membership-lost' || code === 'interface-gone') this.#tellLeft(code);
    if (code === 'membership-regained' || code === 'interface-back') this.#tellJoined();
  }

  #tellJoined(): void {
    const { receiveBuffer, replyPort } = this.transport;
    const buffer = receiveBuffer === undefined ? {} : { receiveBuffer };
    this.around.event({ type: 'joined', at: now(), ...this.settings, ...buffer, replyPort });
  }

  #tellLeft(reason: string): void {
    this.around.event({ type: 'left', at: now(), group: this.name, reason });
  }

  #sendFault(error: unknown): void {
    if (now() - this.#faultAt < faultEvery) return;
    this.#faultAt = now();
    this.around.fault(error);
  }
}

function presentIn(state: State, group: GroupName): Peer[] {
  return [...state.peers.values()].filter((peer) => peer.group === group && peer.state !== 'gone');
}
