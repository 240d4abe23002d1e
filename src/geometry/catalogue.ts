import type { Layout } from './layout.ts'
import { x8664, x8664FiveLevel } from './x86-64.ts'

/** Every layout that can be planned. To add one: a file beside this, and a line here. */
export const layouts: readonly Layout[] = [x8664, x8664FiveLevel]

export const layoutIds: readonly string[] = layouts.map((layout) => layout.id)

/** The layout with that id, or `undefined`. */
export function findLayout(id: string): Layout | undefined {
  return layouts.find((layout) => layout.id === id)
}
