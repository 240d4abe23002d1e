import { present } from './log/present.ts'
import type { KilledTask, OomReport, Task } from './log/report.ts'

/**
 * A report with killed processes that its list lacks, and with what the line of the kill says of them: the
 * list may be missing (vm.oom_dump_tasks = 0), or the log was cut or searched.
 */
export function withKilled(report: OomReport): OomReport {
  const { dump, killed, memory } = report
  if (dump.isWhole) return report
  const known = new Set(dump.tasks.map(({ pid }) => pid))
  const others = killed.filter(({ pid }) => !known.has(pid))
  const added = others.flatMap((one) => taskOf(one, memory.pageKib ?? usualKib))
  const hasTables = added.every(({ tableBytes }) => tableBytes !== undefined)
  if (dump.listed > 0) {
    const isAlike = hasTables && dump.tables === 'bytes'
    return isAlike ? { ...report, dump: { ...dump, tasks: [...dump.tasks, ...added] } } : report
  }
  const tables = hasTables && added.length > 0 ? 'bytes' : 'none'
  return { ...report, dump: { ...dump, tasks: added, tables } }
}

const usualKib = 4

function taskOf(
  { pid, name, uid = 0, anon, file, shmem, tables, adj = 0 }: KilledTask,
  pageKib: number,
): readonly Task[] {
  if (anon === undefined) return []
  const pages = (kib: number): number => Math.floor(kib / pageKib)
  const rss = pages(anon + (file ?? 0) + (shmem ?? 0))
  const parts =
    shmem === undefined ? {} : { anon: pages(anon), file: pages(file ?? 0), shmem: pages(shmem) }
  const tableBytes = tables === undefined ? undefined : tables * 1024
  return [{ pid, uid, name, rss, ...parts, ...present({ tableBytes }), swap: 0, adj }]
}
