// How far a transfer is, in the figures that a bar shows: on the full screen and on a plain terminal alike.
import type { Transfer } from './event.ts';
import type { TransferReceiver } from './share.ts';
import { sizeText } from './size-text.ts';
import { isOver } from './transfers.ts';

export type Progress = {
  /** 0 to 1. */
  ratio: number;
  /** `62%`; what is not whole never reads 100%. */
  percent: string;
  bytes: string;
  /** `12.3 MB/s`; empty when nothing moves. */
  rate: string;
  /** Time left as `0:05`, or how long it took; empty when nobody can tell. */
  time: string;
};

export function progressOf(transfer: Transfer, receiver: TransferReceiver): Progress {
  const { total } = transfer;
  const whole = receiver.state === 'whole';
  const ratio = whole ? 1 : total > 0 ? Math.min(1, receiver.bytes / total) : 0;
  const moves = isMoving(transfer, receiver);
  const rate = moves ? receiver.rate : meanRate(receiver, transfer.seconds);
  const left = Math.max(0, total - receiver.bytes) / receiver.rate;
  const time = moves ? left : receiver.seconds;
  return {
    ratio,
    percent: `${Math.min(whole ? 100 : 99, Math.floor(ratio * 100))}%`,
    bytes: sizeText(receiver.bytes),
    rate: rate ? `${sizeText(rate)}/s` : '',
    time: time === undefined || !Number.isFinite(time) ? '' : timeText(time),
  };
}

/** It is on its way: a rate and a time left mean something. */
export const isMoving = (transfer: Transfer, { state }: TransferReceiver): boolean =>
  !isOver(transfer) && state !== 'whole' && state !== 'failed' && state !== 'verifying';

/** Bytes per second over the whole of it; undefined where it took no time that can be told. */
export function meanRate({ bytes, seconds }: TransferReceiver, otherwise?: number): number | undefined {
  const time = seconds ?? otherwise;
  return time === undefined || time <= 0 ? undefined : Math.round(bytes / time);
}

/** `0:05`, `12:00`, `3h00m`; a part of a second counts as a whole one. */
export function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}h${two(minutes)}m` : `${minutes}:${two(whole % 60)}`;
}

/** A bar of exactly `width` characters. */
export function barOf(ratio: number, width: number, full: string, empty: string): string {
  const done = Math.max(0, Math.min(width, Math.floor(ratio * width)));
  return full.repeat(done) + empty.repeat(width - done);
}
