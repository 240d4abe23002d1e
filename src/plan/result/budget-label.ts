import { pageLabel } from '../../geometry/derive-levels.ts'
import type { LineSubject } from '../../host/budget.ts'

/** A line of the budget in words: the published `name`, what tables print, the end of its path in explain. */
export function budgetLabel(line: LineSubject): string {
  const word = budgetWords[line.kind]
  if ('region' in line) return `${word}: ${line.region}`
  if (line.kind === 'pool') {
    return `${word} ${pageLabel(line.pageBytes)}${line.missing ? ', missing' : ''}`
  }
  return line.kind === 'reserve' && line.reserve !== undefined ? `${word}: ${line.reserve}` : word
}

/** What each kind of line is called. */
export const budgetWords: Readonly<Record<LineSubject['kind'], string>> = {
  memory: 'memory',
  reserve: 'reserve',
  pool: 'huge-page pool',
  watermark: 'min watermark',
  shared: 'resident shared memory',
  'locked-file': 'locked file pages',
  'private-region': 'private region',
  private: 'private memory',
  'page-tables': 'page tables',
  kernel: 'kernel memory',
  'reclaimable-file': 'reclaimable file pages',
  locked: 'locked memory',
  unswappable: 'not swappable',
  swap: 'swap',
}
