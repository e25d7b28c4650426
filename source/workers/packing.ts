// Many datagrams in one buffer: what crosses into a worker is a single transferred ArrayBuffer, because a message
// between threads costs 20 to 40 µs whatever it carries.
//
// A record, little-endian:
//   f64 at | u32 record bytes | u32 datagram bytes | u16 port | u16 group | u8 unicast
//   | address (one byte a character) | datagram

/** One datagram as it arrived. `bytes` is a view of the packed buffer. */
export type Packed = {
  at: number;
  port: number;
  /** Index into the pool's list of groups. */
  group: number;
  unicast: boolean;
  address: string;
  bytes: Uint8Array;
};

const headBytes = 21;
const firstCapacity = 65_536;

/** A queue of packed datagrams, first in first out, that grows as needed. Its bounds are the pool's business. */
export class PackedQueue {
  #bytes = new Uint8Array(firstCapacity);
  #view = new DataView(this.#bytes.buffer);
  #head = 0;
  #tail = 0;
  #items = 0;

  get items(): number {
    return this.#items;
  }

  /** Arrival of the oldest. */
  get firstAt(): number | undefined {
    return this.#items > 0 ? this.#view.getFloat64(this.#head, true) : undefined;
  }

  /** Copies the datagram in. Returns the bytes that its record takes. */
  push(
    bytes: Uint8Array,
    address: string,
    port: number,
    group: number,
    at: number,
    unicast: boolean,
  ): number {
    const addressBytes = address.length;
    const size = headBytes + addressBytes + bytes.length;
    if (this.#tail + size > this.#bytes.length) this.#makeRoom(size);
    const start = this.#tail;
    const view = this.#view;
    view.setFloat64(start, at, true);
    view.setUint32(start + 8, size, true);
    view.setUint32(start + 12, bytes.length, true);
    view.setUint16(start + 16, port, true);
    view.setUint16(start + 18, group, true);
    view.setUint8(start + 20, unicast ? 1 : 0);
    const body = start + headBytes;
    for (let i = 0; i < addressBytes; i++) this.#bytes[body + i] = address.charCodeAt(i);
    this.#bytes.set(bytes, body + addressBytes);
    this.#tail += size;
    this.#items++;
    return size;
  }

  /** Takes the oldest records: at least one (if there is one), at most `items`, and no more once `bytes` are reached. */
  take(items: number, bytes: number): { packed: ArrayBuffer; items: number; firstAt: number } {
    const start = this.#head;
    const firstAt = this.firstAt ?? 0;
    let taken = 0;
    while (taken < items && taken < this.#items && this.#head - start < bytes) {
      this.#head += this.#view.getUint32(this.#head + 8, true);
      taken++;
    }
    const packed = this.#bytes.buffer.slice(start, this.#head);
    this.#items -= taken;
    if (this.#items === 0) this.#reset();
    return { packed, items: taken, firstAt };
  }

  #reset(): void {
    this.#head = 0;
    this.#tail = 0;
    // After a burst the memory goes back.
    if (this.#bytes.length > firstCapacity * 16) this.#hold(new Uint8Array(firstCapacity));
  }

  #makeRoom(size: number): void {
    const used = this.#tail - this.#head;
    const needed = used + size;
    if (needed <= this.#bytes.length / 2) {
      this.#bytes.copyWithin(0, this.#head, this.#tail);
    } else {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, 2 ** Math.ceil(Math.log2(needed))));
      larger.set(this.#bytes.subarray(this.#head, this.#tail));
      this.#hold(larger);
    }
    this.#head = 0;
    this.#tail = used;
  }

  #hold(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** The datagrams of a packed buffer, in order. */
export function* unpack(packed: ArrayBuffer): Generator<Packed> {
  const all = new Uint8Array(packed);
  const view = new DataView(packed);
  let start = 0;
  while (start < packed.byteLength) {
    const end = start + view.getUint32(start + 8, true);
    const body = end - view.getUint32(start + 12, true);
    // Three times as fast as spreading the bytes into String.fromCharCode.
    let address = '';
    for (let at = start + headBytes; at < body; at++) address += String.fromCharCode(all[at]!);
    yield {
      at: view.getFloat64(start, true),
      port: view.getUint16(start + 16, true),
      group: view.getUint16(start + 18, true),
      unicast: view.getUint8(start + 20) === 1,
      address,
      bytes: all.subarray(body, end),
    };
    start = end;
  }
}
