import { findLayout } from '../../geometry/catalogue.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import { writeSize } from '../../units/size.ts'
import type { YamlNode } from '../yaml/yaml-tree.ts'
import { nodeAt } from '../yaml/yaml-tree.ts'
import { defaults } from './defaults.ts'

/** A bare number as the pool means pages of the default size, as in vm.nr_hugepages. */
export function suggestPool(root: YamlNode, path: Path, written: string): string | undefined {
  if (pathText(path) !== 'host.hugepages' || !/^\d+$/.test(written)) return undefined
  const node = nodeAt(root, ['host', 'layout'])
  const layout = findLayout(node?.kind === 'scalar' ? node.text : defaults.layout)
  const page = layout?.hugePages.find(({ leaf }) => leaf === 'pmd') ?? layout?.hugePages[0]
  return page === undefined ? undefined : `write \`{ ${writeSize(page.bytes)}: ${written} }\``
}
