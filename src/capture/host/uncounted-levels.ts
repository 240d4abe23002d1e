import type { Layout, LevelName } from '../../geometry/layout.ts'
import { parseKernel } from '../../scenario/schema/kernel-version.ts'
import { isAtLeast } from '../../units/kernel-version.ts'
import type { HostFiles } from '../files/host-files.ts'
import { releaseOf } from '../files/host-files.ts'
import type { Observation } from '../machine/observation.ts'

/** Since Linux 4.15 VmPTE is the tables of all levels: "mm: account pud page tables". */
const countsAll = { major: 4, minor: 15 }

/**
 * Levels whose tables /proc/PID/status does not count, of those that it counts today: pud where there
 * is a VmPMD, pmd too where a kernel before 4.15 has none.
 */
export function uncountedLevels({
  files,
  processes,
}: Pick<Observation, 'files' | 'processes'>): readonly LevelName[] {
  if (processes.some(({ status }) => status.hasVmPmd === true)) return ['pud']
  return isOlder(files) ? ['pmd', 'pud'] : []
}

function isOlder(files: HostFiles): boolean {
  const release = releaseOf(files)
  const kernel = release === undefined ? undefined : parseKernel(release)
  return kernel !== undefined && !isAtLeast(kernel, countsAll)
}

/** The layout without those levels, for comparison with VmPTE. */
export function countedLayout(layout: Layout, uncounted: readonly LevelName[]): Layout {
  if (uncounted.length === 0) return layout
  return { ...layout, levels: layout.levels.filter(({ name }) => !uncounted.includes(name)) }
}

/** Which tables a counter is the sum of, in words. */
export function countedWords(uncounted: readonly LevelName[]): string {
  if (uncounted.length === 0) return 'VmPTE'
  return uncounted.includes('pmd') ? 'VmPTE (pte tables only)' : 'VmPTE + VmPMD'
}
