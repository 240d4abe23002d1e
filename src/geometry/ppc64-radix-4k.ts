import type { Layout } from './layout.ts'
import { ppc64RadixLayout } from './ppc64-radix.ts'

export const ppc64radix4k: Layout = ppc64RadixLayout({
  id: 'ppc64-radix-4k',
  title: 'ppc64, radix MMU, 4 KiB pages',
  pageShift: 12,
  // RADIX_PTE_INDEX_SIZE 9: arch/powerpc/include/asm/book3s/64/radix-4k.h.
  pteBits: 9,
  // TASK_SIZE_USER64: arch/powerpc/include/asm/task_size_64.h.
  userBits: 46,
  autoBits: 45,
})
