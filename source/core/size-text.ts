// Amounts of data as a person reads them: three figures and a unit, powers of 1000 as networks count.
const units = ['kB', 'MB', 'GB', 'TB', 'PB'];

/** `999 B`, `1.05 MB`, `105 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  let rest = bytes / 1000;
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${rest.toFixed(rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0)} ${units[unit]}`;
}
