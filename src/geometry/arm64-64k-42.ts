import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6464k42: Layout = arm64Layout({
  id: 'arm64-64k-42',
  title: 'arm64, 64 KiB pages, VA_BITS=42: 2 levels',
  pageShift: 16,
  addressBits: 42,
  autoBits: 41,
})
