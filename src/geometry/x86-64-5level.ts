import type { Layout } from './layout.ts'
import { x86Layout } from './x86.ts'

export const x86645level: Layout = x86Layout(
  'x86-64-5level',
  'x86-64, 5-level paging (la57)',
  ['pte', 'pmd', 'pud', 'p4d', 'pgd'],
  56,
)
