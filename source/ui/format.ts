// Figures as a person reads them, coarse enough to stand still between two frames.
import type { Millis } from '../core/event.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** Local time of day, HH:MM:SS.mmm. */
export function clock(at: Millis): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '--:--:--.---';
  const seconds = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** HH:MM:SS of a length of time; days before it. */
export function duration(ms: Millis): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(seconds / 86400);
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${days}d ${time}` : time;
}

/** How long ago: tenths below ten seconds, then the two greatest units. */
export function age(ms: Millis): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 10) return `${s.toFixed(1)}s`;
  if (s < 60) return `${Math.floor(s)}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m${two(Math.floor(s % 60))}`;
  if (s < 86400) return `${Math.floor(s / 3600)}h${two(Math.floor((s / 60) % 60))}`;
  return `${Math.floor(s / 86400)}d${two(Math.floor((s / 3600) % 24))}`;
}

/** Three significant figures with k, M, G (powers of 1000). */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '-';
  let rest = value;
  for (const unit of ['', 'k', 'M', 'G']) {
    if (Math.abs(rest) < 999.5 || unit === 'G') {
      if (unit === '') return String(Math.round(rest));
      return `${rest.toFixed(Math.abs(rest) < 9.995 ? 2 : Math.abs(rest) < 99.95 ? 1 : 0)}${unit}`;
    }
    rest /= 1000;
  }
  return String(value);
}

export const bytes = (value: number): string => `${short(value)}B`;

/** 1234567 as `1 234 567`: the same in every language. */
export const whole = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');

/** A ratio of 0 to 1 in percent; what is not nothing never reads 0. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value === 0) return '0%';
  if (value < 0.1) return '<0.1%';
  return value < 10 ? `${value.toFixed(1)}%` : `${Math.round(value)}%`;
}

/** Milliseconds without unit, to three figures. */
export function millis(ms: Millis | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return '-';
  if (ms >= 10_000) return ms < 99_950 ? `${(ms / 1000).toFixed(1)}s` : `${short(ms / 1000)}s`;
  return ms < 9.995 ? ms.toFixed(2) : ms < 99.95 ? ms.toFixed(1) : ms.toFixed(0);
}

const ipv4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const ipv6 = /\b(?:[0-9a-f]{1,4})?(?::{1,2}[0-9a-f]{1,4}){2,}\b|\b[0-9a-f]{0,4}::[0-9a-f]{0,4}/gi;

/** Hides addresses, for screenshots. The length tells nothing either. */
export const maskAddresses = (text: string, glyph: string): string =>
  text.replace(ipv4, Array(4).fill(glyph).join('.')).replace(ipv6, `${glyph}:${glyph}`);
