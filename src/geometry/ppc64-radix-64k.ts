import type { Layout } from './layout.ts'
import { ppc64RadixLayout } from './ppc64-radix.ts'

export const ppc64radix64k: Layout = ppc64RadixLayout({
  id: 'ppc64-radix-64k',
  title: 'ppc64, radix MMU, 64 KiB pages',
  pageShift: 16,
  // RADIX_PTE_INDEX_SIZE 5: arch/powerpc/include/asm/book3s/64/radix-64k.h.
  pteBits: 5,
  // TASK_SIZE_USER64: arch/powerpc/include/asm/task_size_64.h.
  userBits: 52,
  autoBits: 46,
})
