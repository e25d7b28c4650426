// The receivers of a share, in order of their arrival.
import type { Hello } from './control.ts';
import { Member } from './member.ts';
import { mostReceivers } from './sender-ledger.ts';

export type Barrier = {
  /** Receivers to wait for, and for how long at most, ms; without either the first one opens it. */
  clients?: number;
  wait?: number;
};

export class Roster {
  readonly members: Member[] = [];

  /** Those who are neither whole nor given up. */
  get open(): Member[] {
    return this.members.filter(({ isOver }) => !isOver);
  }

  get allWhole(): boolean {
    return this.members.every(({ state }) => state === 'whole');
  }

  get isFull(): boolean {
    return this.open.length >= mostReceivers;
  }

  find(id: string): Member | undefined {
    return this.members.find((member) => member.id === id);
  }

  /** The member that has a slot in the stream of that token. */
  at(token: number, slot: number): Member | undefined {
    return this.members.find((member) => member.token === token && member.place?.slot === slot);
  }

  add(hello: Hello, token: number): Member {
    const member = new Member(this.members.length + 1, hello, token);
    this.members.push(member);
    return member;
  }

  /** Whether enough have told what they have, or `waited` ms were long enough; never without anybody. */
  passes({ clients, wait }: Barrier, waited: number): boolean {
    const ready = this.open.filter(({ known }) => known).length;
    const enough = clients ?? (wait === undefined ? 1 : Number.POSITIVE_INFINITY);
    return ready > 0 && (ready >= enough || (wait !== undefined && waited >= wait));
  }
}
