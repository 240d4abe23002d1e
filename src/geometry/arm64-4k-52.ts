import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm644k52: Layout = arm64Layout({
  id: 'arm64-4k-52',
  title: 'arm64, 4 KiB pages, VA_BITS=52 with LPA2: 5 levels',
  pageShift: 12,
  addressBits: 52,
  autoBits: 47,
})
