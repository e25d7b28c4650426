// The protocol of a networks class: a file over plain UDP, with nothing that repairs or even notices a loss. The plain
// scripts that speak it say one thing a message and wait for the other in between, so that no message needs an end:
//
//   TCP   server → client   its number in order of arrival
//         client → server   its UDP port
//         server → client   how many clients are expected; then all wait until so many have come
//   UDP   server → client   the file's name, its size, and the file, 1,024 bytes a datagram; silence is the end
//
// Numbers are decimal digits. A client of ours says over TCP at the end how many bytes came; a script hears nothing of it.
import { mendName, titleLimit } from './safe-path.ts';

export const datagramBytes = 1024;
/** After so long without a datagram a client has what it will have, ms. */
export const silence = 2000;
/** Registered at once, and bytes of one message of the control connection. */
export const mostClients = 1000;
export const mostMessage = 1024;

/** A number as the scripts write it, from 0 to `most`; undefined for anything else. */
export function readNumber(text: string, most: number): number | undefined {
  const digits = text.trim();
  const number = /^\d{1,16}$/.test(digits) ? Number(digits) : Number.NaN;
  return number <= most ? number : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What comes before the data: the file's name, then its size. Some scripts join them. */
export class LabHead {
  /** Of the file, fit for this disk whatever was sent. */
  name: string | undefined;
  size: number | undefined;

  /** Name or size, whichever is next. False when it is neither. */
  take(bytes: Uint8Array): boolean {
    const text = bytes.length <= mostMessage ? textOf(bytes) : undefined;
    if (text === undefined) return false;
    if (this.name !== undefined) return this.#setSize(text);
    const [name = '', size, more] = text.split(/<SEPARATOR>|\r?\n/).filter((part) => part !== '');
    const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    if (base === '' || more !== undefined) return false;
    this.name = mendName(base, titleLimit);
    return size === undefined || this.#setSize(size);
  }

  #setSize(text: string): boolean {
    this.size = readNumber(text, Number.MAX_SAFE_INTEGER);
    return this.size !== undefined;
  }
}

/** What a client makes of the datagrams: the first is the name, the second the size, the others are the file. */
export class LabIntake {
  head = new LabHead();
  /** What should have been name and size is neither: one of them was lost, and with it what is what. */
  headLost = false;
  /** Bytes of the file, as far as one can tell. */
  bytes = 0;

  /** All that was announced has come, or more than that. */
  get isFull(): boolean {
    const { size } = this.head;
    return size !== undefined && this.bytes >= size;
  }

  get isWhole(): boolean {
    return this.bytes === this.head.size;
  }

  /** Bytes that are of use: none where nobody knows of what they are. */
  get had(): number {
    return this.head.size === undefined ? 0 : this.bytes;
  }

  /** Bytes that belong into the file, which are no more than were announced; nothing while it is not known. */
  datagram(bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.length === 0) return undefined;
    const { head } = this;
    if (head.size === undefined && !this.headLost) {
      this.headLost = !head.take(bytes);
      if (!this.headLost) return undefined;
    }
    const room = (head.size ?? 0) - this.bytes;
    this.bytes += bytes.length;
    return room > 0 ? bytes.subarray(0, room) : undefined;
  }

  /** Name and size came another way, before any datagram did. */
  adopt(head: LabHead): void {
    if (this.head.name === undefined && this.bytes === 0) this.head = head;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
