// Figures and times as a reader of the report's language writes them. Times are local.
import type { Millis } from '../../core/event.ts';
import type { Lang } from '../../words/lang.ts';

/** A space that no line breaks. */
export const nbsp = '\u00a0';

export type Format = ReturnType<typeof formatOf>;

export function formatOf(lang: Lang) {
  const written = new Map<number, Intl.NumberFormat>();
  /** With at most so many decimals. */
  const number = (value: number, decimals = 0): string => {
    let form = written.get(decimals);
    if (!form) {
      form = new Intl.NumberFormat(lang, {
        maximumFractionDigits: decimals,
        minimumFractionDigits: decimals,
      });
      written.set(decimals, form);
    }
    return form.format(value === 0 ? 0 : value);
  };
  return {
    number,
    /** Of a measure: three figures, no more than it is worth. */
    measure: (value: number): string =>
      number(value, value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2),
    /** Of a share of 0 to 1: `1.25${nbsp}%`. One that is not nothing never reads 0. */
    percent: (share: number): string => {
      const percent = share * 100;
      if (percent > 0 && percent < 0.01) return `< ${number(0.01, 2)}${nbsp}%`;
      return `${number(percent, Number.isInteger(percent) ? 0 : 2)}${nbsp}%`;
    },
    dateTime,
    clock,
    length,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-21 09:30:11 +01:00` */
function dateTime(at: Millis): string {
  const date = new Date(at);
  const away = -date.getTimezoneOffset();
  const zone = `${away < 0 ? '-' : '+'}${two(Math.floor(Math.abs(away) / 60))}:${two(Math.abs(away) % 60)}`;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone}`;
}

/** `09:30:11.250` */
function clock(at: Millis): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `850 ms`, `12 s`, `3 min 5 s`, `2 h 10 min` */
function length(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 ? ` ${seconds % 60} s` : ''}`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
}
