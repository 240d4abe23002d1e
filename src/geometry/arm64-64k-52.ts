import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6464k52: Layout = arm64Layout({
  id: 'arm64-64k-52',
  title: 'arm64, 64 KiB pages, VA_BITS=52: 3 levels',
  pageShift: 16,
  addressBits: 52,
  autoBits: 47,
})
