// /proc/net/igmp by interface: how many groups, and what the kernel believes about the querier there.

export type IgmpDevice = { device: string; groups: number /** `V1`, `V2` or `V3`. */; querier: string };

/** A line for each device: index, name, `:`, count, querier. Lines of groups are indented. */
export function devicesOfIgmp(table: string): IgmpDevice[] {
  return table.split('\n').flatMap((line) => {
    const found = /^\d+\s+(\S+?)\s*:\s*(\d+)\s+(V\d)/.exec(line);
    return found ? [{ device: found[1]!, groups: Number(found[2]), querier: found[3]! }] : [];
  });
}
