import type { Layout } from './layout.ts'
import { riscv64Layout } from './riscv64.ts'

export const riscv64sv39: Layout = riscv64Layout({
  id: 'riscv64-sv39',
  title: 'riscv64, sv39: 3 levels',
  names: ['pte', 'pmd', 'pgd'],
  userBits: 38,
  autoBits: 37,
})
