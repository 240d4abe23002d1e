import { wholeNumber } from './numbers.ts'
import type { CgroupInfo } from './report.ts'

/** Reads what the kernel prints of a cgroup that ran out: mem_cgroup_print_oom_meminfo() of mm/memcontrol.c. */
export interface CgroupReader {
  /** @returns false where the line is not of it. */
  readonly take: (line: string) => boolean
  readonly name: (path: string) => void
  /** `undefined` where no line was of it. */
  readonly info: () => CgroupInfo | undefined
}

export function readCgroup(): CgroupReader {
  const figures = new Map<string, number>()
  const stats = new Map<string, number>()
  let path: string | undefined
  let isListing = false
  return {
    take: (line) => {
      const usage = usages.exec(line)
      if (usage !== null) {
        takeUsage(usage, figures)
        return true
      }
      const victim = /^Task in (.{1,4096}) killed as a result of limit of (.{1,4096})$/.exec(line)
      if (victim !== null) {
        path ??= victim[2]
        return true
      }
      const head = /^Memory cgroup stats for (\S{0,4096}?):(?: (?=\w+:\d)|(?=\w+ \d)|$)/.exec(line)
      if (head !== null) {
        path ??= head[1]
        isListing = true
        const rest = line.slice(head[0].length)
        if (!takeOldStats(rest, stats)) takeStat(rest, stats)
        return true
      }
      return isListing && takeStat(line.trim(), stats)
    },
    name: (given) => {
      path = given
    },
    info: () =>
      path === undefined && figures.size === 0 && stats.size === 0
        ? undefined
        : {
            stats,
            ...(path === undefined ? {} : { path }),
            ...Object.fromEntries(figures),
          },
  }
}

const usages =
  /^(memory|memory\+swap|swap|kmem): usage (\d{1,20})kB, limit (\d{1,20})kB, failcnt \d+/

const usageKeys: Readonly<Record<string, readonly [usage: string, limit: string]>> = {
  memory: ['usage', 'limit'],
  'memory+swap': ['bothUsage', 'bothLimit'],
  swap: ['swapUsage', 'swapLimit'],
  kmem: ['kernelUsage', 'kernelLimit'],
}

/** PAGE_COUNTER_MAX in kB: no limit. On kernels before 3.19 it is ULLONG_MAX in kB. */
const unlimited = 9_007_199_254_000_000

function takeUsage([, what = '', usage, limit]: RegExpExecArray, figures: Map<string, number>) {
  const [usageKey = '', limitKey = ''] = usageKeys[what] ?? []
  const [used, most] = [wholeNumber(usage), wholeNumber(limit)]
  if (used !== undefined && !figures.has(usageKey)) figures.set(usageKey, used)
  if (most !== undefined && most < unlimited && !figures.has(limitKey)) figures.set(limitKey, most)
}

/** Before Linux 5.1: a line for the cgroup and one for each below it, in KB, which add up. */
function takeOldStats(text: string, stats: Map<string, number>): boolean {
  let isOld = false
  for (const [, name = '', digits] of text.matchAll(
    /(?:^|\s)([a-z_]{3,40}):(\d{1,20})KB(?=\s|$)/g,
  )) {
    const kib = wholeNumber(digits)
    isOld = true
    if (kib === undefined || !Number.isSafeInteger(kib * 1024)) continue
    stats.set(name, (stats.get(name) ?? 0) + kib * 1024)
  }
  return isOld
}

/** Since Linux 5.1: memory.stat of the cgroup, `anon 925286400`. */
function takeStat(text: string, stats: Map<string, number>): boolean {
  const [, name = '', digits] = /^([a-z_0-9]{3,40}) (\d{1,20})$/.exec(text) ?? []
  const value = wholeNumber(digits)
  if (value === undefined) return false
  if (!stats.has(name)) stats.set(name, value)
  return true
}
