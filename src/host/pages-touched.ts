import { basePagesTouched } from '../accounting/leaf-pages.ts'
import type { Paging } from '../accounting/paging.ts'
import type { Layout } from '../geometry/layout.ts'
import type { Access } from '../space/access.ts'
import { touchAlike } from '../space/access.ts'

/** Accesses, and an object that is the same whenever the same mappings are asked about. */
export interface Touching {
  readonly by: object
  readonly paging: Paging
  readonly accesses: readonly Access[]
}

/** Base pages behind each access; most accesses are the same for any number of processes. */
export function pagesTouched(
  layout: Layout,
  { by, paging, accesses }: Touching,
  quantity: string,
): readonly number[] {
  const known = lastTouched.get(by)
  const isKnown = known?.layout === layout && known.paging === paging
  if (isKnown && touchAlike(known.accesses, accesses)) return known.pages
  const pages = basePagesTouched(layout, paging, accesses, quantity)
  lastTouched.set(by, { layout, paging, accesses, pages })
  return pages
}

interface Touched extends Omit<Touching, 'by'> {
  readonly layout: Layout
  readonly pages: readonly number[]
}

const lastTouched = new WeakMap<object, Touched>()
