import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6464k48: Layout = arm64Layout({
  id: 'arm64-64k-48',
  title: 'arm64, 64 KiB pages, VA_BITS=48: 3 levels',
  pageShift: 16,
  addressBits: 48,
  autoBits: 47,
})
