import type { AdvisedRegion } from '../../plan/result/advice-result.ts'
import type { Obstacle } from '../../plan/result/result.ts'
import type { Naming } from './finding-words.ts'

/** The memory behind a region, after `is`. */
const backingWords: Readonly<Record<AdvisedRegion['backing'], string>> = {
  'sysv-shm': 'a SysV segment',
  'posix-shm': 'POSIX shared memory',
  memfd: 'a memfd',
  'anonymous-shared': 'an anonymous mapping',
  file: 'a file',
  dax: 'persistent memory (DAX)',
  hugetlbfs: 'a file in hugetlbfs',
  anonymous: 'private memory',
}

/** Why a region takes no part, in as few words as a footnote holds: `south is a SysV segment`. */
export function shortObstacle(obstacle: Obstacle, name: Naming): string {
  const { kind, region = '', group, backing } = obstacle
  const what = name(region)
  const who = group === undefined ? 'its processes' : name(group)
  const words: Readonly<Record<Obstacle['kind'], string>> = {
    layout: 'the layout does not offer it',
    'page-size': 'the machine has no such pages',
    backing: `${what} is ${backing === undefined ? 'other memory' : backingWords[backing]}`,
    'private-memory': `${what} is private memory`,
    'private-mapping': `${what} is mapped private`,
    alignment: `${what} is not aligned`,
    overlap: `${what} overlaps another mapping`,
    permission: `${who} may not open ${what}`,
    'address-space': `${what} finds no free addresses`,
    pool: `the pool is too small for ${what}`,
    'not-mapped': `no process maps ${what}`,
  }
  return words[kind]
}
