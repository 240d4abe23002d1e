import { findLayout } from '../../geometry/catalogue.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import { writeSize } from '../../units/size.ts'
import type { PlainData } from '../yaml/plain-data.ts'
import { placeAt } from '../yaml/plain-data.ts'
import { defaults } from './defaults.ts'

/** A bare number as the pool means pages of the default size, as in vm.nr_hugepages. */
export function suggestPool(data: PlainData, path: Path, written: string): string | undefined {
  if (pathText(path) !== 'host.hugepages' || !/^\d+$/.test(written)) return undefined
  const id = placeAt(data, ['host', 'layout'])?.value
  const layout = findLayout(typeof id === 'string' ? id : defaults.layout)
  const page = layout?.hugePages.find(({ leaf }) => leaf === 'pmd') ?? layout?.hugePages[0]
  return page === undefined ? undefined : `write \`{ ${writeSize(page.bytes)}: ${written} }\``
}
