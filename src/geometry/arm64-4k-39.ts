import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm644k39: Layout = arm64Layout({
  id: 'arm64-4k-39',
  title: 'arm64, 4 KiB pages, VA_BITS=39: 3 levels',
  pageShift: 12,
  addressBits: 39,
  autoBits: 38,
})
