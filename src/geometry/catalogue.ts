import { arm644k39 } from './arm64-4k-39.ts'
import { arm644k48 } from './arm64-4k-48.ts'
import { arm644k52 } from './arm64-4k-52.ts'
import { arm6416k36 } from './arm64-16k-36.ts'
import { arm6416k47 } from './arm64-16k-47.ts'
import { arm6416k48 } from './arm64-16k-48.ts'
import { arm6416k52 } from './arm64-16k-52.ts'
import { arm6464k42 } from './arm64-64k-42.ts'
import { arm6464k48 } from './arm64-64k-48.ts'
import { arm6464k52 } from './arm64-64k-52.ts'
import type { Layout } from './layout.ts'
import { ppc64radix4k } from './ppc64-radix-4k.ts'
import { ppc64radix64k } from './ppc64-radix-64k.ts'
import { riscv64sv39 } from './riscv64-sv39.ts'
import { riscv64sv48 } from './riscv64-sv48.ts'
import { riscv64sv57 } from './riscv64-sv57.ts'
import { s390x } from './s390x.ts'
import { x8664 } from './x86-64.ts'
import { x86645level } from './x86-64-5level.ts'

/** Every layout that can be planned. To add one: a file beside this, and a line here. */
export const layouts: readonly Layout[] = [
  x8664,
  x86645level,
  arm644k39,
  arm644k48,
  arm644k52,
  arm6416k36,
  arm6416k47,
  arm6416k48,
  arm6416k52,
  arm6464k42,
  arm6464k48,
  arm6464k52,
  riscv64sv39,
  riscv64sv48,
  riscv64sv57,
  ppc64radix64k,
  ppc64radix4k,
  s390x,
]

export const layoutIds: readonly string[] = layouts.map((layout) => layout.id)

/** The layout with that id, or `undefined`. */
export function findLayout(id: string): Layout | undefined {
  return layouts.find((layout) => layout.id === id)
}
