import { leaderOf } from '../files/process-status.ts'
import type { Selection } from './selection.ts'

/**
 * /proc/TID exists for every thread, though only processes are listed: copies that were made by the
 * numbers of `ps -eLf` have a folder for each, with the memory of the whole process in it.
 */
export interface ThreadFolders {
  /**
   * The process that a folder represents: its own number, or, where the process has no folder, that of
   * the process for the first of its threads; `undefined` for a thread of one that is known.
   */
  readonly processOf: (number: number, status: string | undefined) => number | undefined
}

/** @param hasFolder whether a process has a folder of its own that can be read. */
export function threadFolders(hasFolder: (pid: number) => boolean): ThreadFolders {
  const standIns = new Set<number>()
  const processOf = (number: number, status: string | undefined): number | undefined => {
    const leader = status === undefined ? undefined : leaderOf(status)
    if (leader === undefined || leader === number) return number
    if (hasFolder(leader) || standIns.has(leader)) return undefined
    standIns.add(leader)
    return leader
  }
  return { processOf }
}

/** The selection with each thread that it names as its process. */
export function withLeaders(
  selection: Selection,
  statusOf: (number: number) => string | undefined,
): Selection {
  const pids = selection.pids.map((number) => leaderOf(statusOf(number) ?? '') ?? number)
  return { ...selection, pids: [...new Set(pids)] }
}
