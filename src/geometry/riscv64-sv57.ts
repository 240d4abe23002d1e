import type { Layout } from './layout.ts'
import { riscv64Layout } from './riscv64.ts'

export const riscv64sv57: Layout = riscv64Layout({
  id: 'riscv64-sv57',
  title: 'riscv64, sv57: 5 levels',
  names: ['pte', 'pmd', 'pud', 'p4d', 'pgd'],
  userBits: 56,
  autoBits: 46,
})
