import { arm64Layouts } from './arm64.ts'
import type { Layout } from './layout.ts'
import { ppc64RadixLayouts } from './ppc64-radix.ts'
import { riscv64Layouts } from './riscv64.ts'
import { s390x } from './s390x.ts'
import { x86Layouts } from './x86.ts'

/**
 * The room's main list. In: an id. Out: a layout, that is levels, huge pages, and how the kernel
 * allocates and counts tables.
 *
 * Every layout that can be planned. To add one: an entry in the table of its family. To add an
 * architecture: a file in this folder, and a line here.
 */
export const layouts: readonly Layout[] = [
  ...x86Layouts,
  ...arm64Layouts,
  ...riscv64Layouts,
  ...ppc64RadixLayouts,
  s390x,
]

export const layoutIds: readonly string[] = layouts.map(({ id }) => id)

/** The layout with that id, or `undefined`. */
export function findLayout(id: string): Layout | undefined {
  return layouts.find((layout) => layout.id === id)
}
