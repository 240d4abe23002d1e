import type { ControlGroup } from '../files/control-group.ts'
import { limitPath, withAncestors } from '../files/control-group.ts'
import { hostFiles, kernelConfig, poolFolder } from '../files/host-files.ts'
import type { FolderTree, TreeReason, TreeRefusal } from '../files/tree.ts'
import { isRefused } from '../files/tree.ts'
import type { SeenProcess } from './observation.ts'
import { readText } from './text-sink.ts'

/**
 * Texts that describe the machine, by path.
 * @param unread takes those that stand there in a way that no machine has them.
 */
export function readHostFiles(tree: FolderTree, unread: TreeRefusal[]): Map<string, string> {
  const files = new Map<string, string>()
  const take = (path: string): void => {
    const text = readText(tree, path)
    if (!isRefused(text)) files.set(path, text)
    // That something is not there, or not for everybody, is usual; a link or a pipe is not.
    else if (!usual.has(text.reason)) unread.push(text)
  }
  for (const path of hostFiles) take(path)
  for (const name of namesIn(tree, poolFolder)) {
    for (const what of ['nr', 'free', 'resv']) take(`${poolFolder}/${name}/${what}_hugepages`)
  }
  const release = files.get('proc/sys/kernel/osrelease')?.trim()
  for (const name of namesIn(tree, 'boot')) {
    const isOurs = release === undefined || name === `config-${release}`
    if (isOurs && kernelConfig.test(`boot/${name}`)) take(`boot/${name}`)
  }
  return files
}

const usual: ReadonlySet<TreeReason> = new Set(['missing', 'denied'])

/** Names in a folder; none where it cannot be read. */
export function namesIn(tree: FolderTree, folder: string): readonly string[] {
  const names = tree.list(folder)
  return isRefused(names) ? [] : names
}

/** Limits of the control groups that the processes are in, and of those above them. */
export function readLimits(
  tree: FolderTree,
  processes: readonly SeenProcess[],
  files: Map<string, string>,
): void {
  const groups = processes.flatMap(({ cgroup }) =>
    cgroup === undefined ? [] : withAncestors(cgroup),
  )
  const asked = new Set<string>()
  for (const path of groups.map((group: ControlGroup) => limitPath(group))) {
    if (asked.has(path)) continue
    asked.add(path)
    const text = readText(tree, path, 100)
    if (!isRefused(text)) files.set(path, text)
  }
}
