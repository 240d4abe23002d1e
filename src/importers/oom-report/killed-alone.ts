import { present } from './log/present.ts'
import type { KilledTask, OomReport, Task } from './log/report.ts'

/**
 * A report without a list of processes (vm.oom_dump_tasks = 0, or a log that was cut or searched): the killed
 * processes are in its place, with what the line of the kill says of them. Other reports as they are.
 */
export function withKilled(report: OomReport): OomReport {
  const { dump, killed, memory } = report
  if (dump.tasks.length > 0) return report
  const tasks = killed.flatMap((one) => taskOf(one, memory.pageKib ?? usualKib))
  const hasTables = tasks.length > 0 && tasks.every(({ tableBytes }) => tableBytes !== undefined)
  const tables = hasTables ? 'bytes' : 'none'
  return { ...report, dump: { tasks, tables, isWhole: false, isMissing: true } }
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
