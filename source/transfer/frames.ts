// What a control connection carries, cut into frames: 4 bytes of length (big endian), a byte of kind, a body. TCP cuts
// its stream where it likes; here the frames come out whole, and a length that nobody would send ends it.

const prefixBytes = 4;

export type Frame = { kind: number; body: Buffer };

/** `body` as a frame, ready to be written. */
export function frame(kind: number, body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(prefixBytes + 1 + body.length);
  bytes.writeUInt32BE(body.length + 1, 0);
  bytes[prefixBytes] = kind;
  bytes.set(body, prefixBytes + 1);
  return bytes;
}

export class FrameReader {
  /** True after a length that is too large, or zero: nothing after it can be understood. */
  broken = false;
  #parts: Buffer[] = [];
  #held = 0;

  /** `most`: bytes of a frame, kind and body. Never more than that and one chunk are held. */
  constructor(readonly most: number) {}

  /** Takes the next bytes of the stream; returns the frames that they complete. */
  push(chunk: Buffer): Frame[] {
    if (this.broken) return [];
    this.#parts.push(chunk);
    this.#held += chunk.length;
    const frames: Frame[] = [];
    if (this.#held < this.#needed()) return frames;
    let rest = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    while (rest.length >= prefixBytes) {
      const length = rest.readUInt32BE(0);
      if (length === 0 || length > this.most) {
        this.broken = true;
        rest = rest.subarray(0, 0);
        break;
      }
      const end = prefixBytes + length;
      if (rest.length < end) break;
      frames.push({ kind: rest[prefixBytes]!, body: rest.subarray(prefixBytes + 1, end) });
      rest = rest.subarray(end);
    }
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#held = rest.length;
    return frames;
  }

  /** Bytes that the frame at the head needs before it is worth joining the parts. */
  #needed(): number {
    const head = this.#parts[0]!;
    return head.length < prefixBytes ? prefixBytes : prefixBytes + Math.min(head.readUInt32BE(0), this.most);
  }
}
