import type { Layout } from './layout.ts'
import { riscv64Layout } from './riscv64.ts'

export const riscv64sv48: Layout = riscv64Layout({
  id: 'riscv64-sv48',
  title: 'riscv64, sv48: 4 levels',
  names: ['pte', 'pmd', 'pud', 'pgd'],
  userBits: 47,
  autoBits: 46,
})
