/**
 * Names of runs: sorted by name they are sorted by time, also when the clock was set back in between.
 */

const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/;

/** `20261123T184659250Z-<plan>`. @param last the newest run so far, or null. */
export function newRunId(now: Date, plan: string, last: string | null): string {
  const earliest = last === null ? null : timeOf(last);
  const time = earliest === null ? now.getTime() : Math.max(now.getTime(), earliest + 1);
  const stamp = new Date(time).toISOString().replace(/[-:.]/g, '');
  return `${stamp}-${plan.slice(0, 6)}`;
}

function timeOf(run: string): number | null {
  const [, year, month, day, hour, minute, second, milli] = form.exec(run) ?? [];
  if (year === undefined) return null;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
}
