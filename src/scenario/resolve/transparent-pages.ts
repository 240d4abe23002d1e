import type { Layout } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import { writeSize } from '../../units/size.ts'
import type { Host } from '../../workload/host.ts'
import type { Backing } from '../../workload/region.ts'
import type { RegionText } from '../schema/scenario-text.ts'
import type { Flaw } from '../yaml/issue.ts'
import { hugePagesFor } from './page-sizes.ts'
import type { DeepPartial, Section } from './section.ts'
import { choiceOf, complain } from './section.ts'

type RegionSection = Section<DeepPartial<RegionText>>

/** True where transparent huge pages back a region: as it says or, where it does not, as the host does. */
export function thpOf(
  section: RegionSection,
  backing: Backing,
  huge: boolean,
  host: Host,
): boolean {
  const { layout, thp } = host
  const kind = hasPmd(layout) ? thpKind(backing, huge) : undefined
  const always = kind !== undefined && thp[kind] === 'always'
  const word = kind === undefined ? '' : `host.thp.${kind} is ${thp[kind]}`
  const value = choiceOf(section, 'thp', always, kind === undefined ? 'no such pages here' : word)
  const flaw = value ? thpFlaw(backing, huge, layout) : undefined
  if (flaw !== undefined) complain(section.log, [...section.path, 'thp'], flaw)
  return value && flaw === undefined
}

function thpFlaw(backing: Backing, huge: boolean, layout: Layout): Flaw | undefined {
  if (backing === 'dax') {
    const page = hugePagesFor(backing, layout)[0]
    return {
      message: 'the huge entries of dax are not transparent huge pages',
      expected: '`pageSize`, the size of the entries',
      ...(page === undefined ? {} : { suggestion: `write \`pageSize: ${writeSize(page.bytes)}\`` }),
    }
  }
  if (huge) {
    return {
      message: 'huge pages of this size are never transparent',
      expected: 'either `pageSize` or `thp: true`',
    }
  }
  if (hasPmd(layout)) return undefined
  return {
    message: `${layout.id} has no transparent huge pages: it has no pmd level`,
    expected: '`false`',
  }
}

function hasPmd(layout: Layout): boolean {
  return levelOf(layout, 'pmd') !== undefined
}

/** Which setting of the host decides; none for files, DAX and hugetlb. */
function thpKind(backing: Backing, huge: boolean): 'anonymous' | 'shmem' | undefined {
  if (huge || backing === 'file' || backing === 'dax' || backing === 'hugetlbfs') return undefined
  return backing === 'anonymous' ? 'anonymous' : 'shmem'
}
