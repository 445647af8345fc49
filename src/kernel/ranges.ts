/** Half-open range of integers: `from` included, `to` excluded. */
export interface Range {
  from: number;
  to: number;
}

/** Sorted, without overlaps, touching ranges made one; empty ones dropped. */
export function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) result.push({ from, to });
  }
  return result;
}

/** What is left of a range. @param taken sorted and without overlaps, as `merged` gives them */
export function without(range: Range, taken: readonly Range[]): Range[] {
  const left: Range[] = [];
  let { from } = range;
  for (let index = firstEndingAfter(taken, range.from); index < taken.length; index += 1) {
    const next = taken[index];
    if (next === undefined || next.from >= range.to) break;
    if (next.from > from) left.push({ from, to: next.from });
    from = Math.max(from, next.to);
  }
  if (from < range.to) left.push({ from, to: range.to });
  return left;
}

/** Binary search: sorted ranges without overlaps end in the same order as they begin. */
function firstEndingAfter(ranges: readonly Range[], point: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}
