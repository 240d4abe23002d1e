import type { Layout } from './layout.ts'
import { x86Layout } from './x86.ts'

export const x8664: Layout = x86Layout(
  'x86-64',
  'x86-64, 4-level paging',
  ['pte', 'pmd', 'pud', 'pgd'],
  47,
)
