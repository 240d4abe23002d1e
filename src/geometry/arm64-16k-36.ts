import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6416k36: Layout = arm64Layout({
  id: 'arm64-16k-36',
  title: 'arm64, 16 KiB pages, VA_BITS=36: 2 levels',
  pageShift: 14,
  addressBits: 36,
  autoBits: 35,
})
